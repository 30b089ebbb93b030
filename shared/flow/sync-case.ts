// One case is read in the case system (ZGW) and kept as it is there: closed, reopened, valued. What a person put by hand stays, save that a
// case that is open there is open here. Safe to repeat: a notification may come twice, or never.
import type { Acting } from '#core/audit/audited.ts';
import type { Case, CaseAttention } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import type { ZgwCase } from '#core/model/zgw-case.ts';
import { deriveCaseRetention } from '#core/retention/derive-case-retention.ts';
import type { DayIn } from '#core/retention/derive-start.ts';
import { isSameCase } from '#core/retention/is-same-case.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';
import { valueZgwCase } from '#core/retention/value-zgw-case.ts';
import type { ZgwClient, ZgwFound } from '#store/zgw/zgw-client.ts';
import { type ZgwTroubleCode, zgwTroubles } from '#store/zgw/zgw-http.ts';
import { finishCase, keepCase, type NeedsKeepCase } from './keep-case.ts';

export interface NeedsSyncCase extends NeedsKeepCase {
  readonly zgw: ZgwClient | null;
  readonly dayIn: DayIn;
}

export type SyncOutcome = 'changed' | 'unchanged' | 'not-ours' | 'no-case-system' | ZgwTroubleCode;

const attempts = 5;
/** A case that stays the same is written again after so many days, so that it can be seen to have been read. */
const readMarkMs = 7 * 24 * 60 * 60 * 1000;

export async function syncCase(needs: NeedsSyncCase, acting: Acting, id: CaseId): Promise<SyncOutcome> {
  const { zgw } = needs;
  if (zgw === null) return 'no-case-system';
  for (let attempt = 1; ; attempt++) {
    const existing = await needs.cases.get(id);
    if (existing === null) return 'not-ours';
    const found = await look(zgw, existing);
    const next = found.ok ? asFound(needs, existing, found.value) : withTrouble(existing, found.trouble);
    const same = isSame(existing, next);
    const readLately = found.ok ? existing.zgw?.readAt != null && needs.clock.epochMs() - Date.parse(existing.zgw.readAt) < readMarkMs : true;
    if (!same || !readLately) {
      const kept = await keepCase(needs, acting, next, existing, 'case.sync');
      if (!kept.ok && attempt < attempts) continue;
      if (!kept.ok) throw new Error('sync: the case keeps changing');
    } else await finishCase(needs, acting, id);
    if (!found.ok) return found.trouble;
    // Part cases that start at the closing of this one follow it (DOMAIN 3.2).
    if (!same) await followParts(needs, zgw, found.value);
    return same ? 'unchanged' : 'changed';
  }
}

async function look(zgw: ZgwClient, existing: Case): Promise<ZgwFound> {
  const url = existing.zgw?.url ?? null;
  if (url !== null) {
    const found = await zgw.readCase(url);
    if (!found.ok && found.trouble !== 'zgw-not-found') return found;
    if (found.ok && found.value.number === existing.id) return found;
  }
  return zgw.findCase(existing.id);
}

function asFound(needs: NeedsSyncCase, existing: Case, found: ZgwCase): Case {
  const { attention, ...valued } = valueZgwCase(found, selectionList2020, needs.dayIn);
  const facts = { id: existing.id, ...valued };
  const retention = deriveCaseRetention(facts, selectionList2020);
  const seen = (extra: readonly CaseAttention[]) => ({ url: found.url, readAt: needs.clock.now(), attention: [...attention, ...extra] });
  if (!isByHand(existing)) return { ...existing, ...facts, verified: true, source: 'zgw', reason: null, retention, zgw: seen([]) };

  const differs =
    existing.state !== valued.state || existing.retention.nomination !== retention.nomination || existing.retention.actionDate !== retention.actionDate;
  const zgw = { ...seen([]), attention: differs ? (['hand-differs'] as const) : [] };
  if (existing.state === 'open' || valued.state === 'closed') return { ...existing, zgw };
  const reopened = { ...existing, state: 'open' as const, closedOn: null };
  return { ...reopened, retention: deriveCaseRetention(reopened, selectionList2020), zgw };
}

/** Cases of before sources were kept were put by hand. */
function isByHand({ source, verified }: Case): boolean {
  return source === 'hand' || (source === undefined && verified);
}

/** What we knew stays; a number that the case system never knew says nothing of a case that came by hand or import. */
function withTrouble(existing: Case, trouble: ZgwTroubleCode): Case {
  const known = (existing.zgw?.attention ?? []).filter((one) => !(zgwTroubles as readonly string[]).includes(one));
  const elsewhere = trouble === 'zgw-not-found' && existing.zgw === undefined && existing.verified;
  return { ...existing, zgw: { url: existing.zgw?.url ?? null, readAt: existing.zgw?.readAt ?? null, attention: elsewhere ? known : [...known, trouble] } };
}

/** Also what only the case system says. */
function isSame(a: Case, b: Case): boolean {
  const attention = (one: Case) => [...(one.zgw?.attention ?? [])].sort().join(' ');
  return (
    isSameCase(a, b) &&
    (a.actionDateInSource ?? null) === (b.actionDateInSource ?? null) &&
    a.source === b.source &&
    (a.zgw?.url ?? null) === (b.zgw?.url ?? null) &&
    attention(a) === attention(b)
  );
}

async function followParts(needs: NeedsSyncCase, zgw: ZgwClient, found: ZgwCase): Promise<void> {
  for (const url of found.partCaseUrls) {
    const number = await zgw.numberOf(url);
    // A part that cannot be read now is read at night.
    if (number.ok && (await needs.cases.get(number.value)) !== null) await needs.queue.send('sync-cases', { caseId: number.value });
  }
}
