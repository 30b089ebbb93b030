// Whether two states of a case say the same of it: then nothing is written, and no event either.
import type { Case } from '#core/model/case.ts';

const compared = ['title', 'verified', 'state', 'closedOn', 'selection', 'nomination', 'period'] as const;

export function isSameCase(a: Case, b: Case): boolean {
  return (
    compared.every((field) => (a[field] ?? null) === (b[field] ?? null)) &&
    a.derivation.kind === b.derivation.kind &&
    a.derivation.startDate === b.derivation.startDate &&
    a.retention.explanation === b.retention.explanation
  );
}
