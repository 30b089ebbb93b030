// What keeps a case from being trusted with a date, as groups of the work list (open-archiefbeheer#1032, gemma-zaken#1589: empty is never due).
import type { Case, WorkReason } from '#core/model/case.ts';

export function reasonsForWork({ verified, state, retention, zgw }: Pick<Case, 'verified' | 'state' | 'retention' | 'zgw'>): WorkReason[] {
  const reasons: WorkReason[] = [];
  if (!verified) reasons.push('unverified');
  if (state === 'closed' && retention.nomination === 'unknown') reasons.push('nomination-missing');
  if (state === 'closed' && retention.nomination === 'destroy' && retention.actionDate === null) {
    reasons.push(retention.period === null ? 'period-missing' : 'closed-without-date');
  }
  return [...reasons, ...(zgw?.attention ?? [])];
}
