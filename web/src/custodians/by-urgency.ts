// Who is behind stands first.
import type { CustodianAnswer } from '#contract/custodian.ts';

const urgency: Readonly<Record<CustodianAnswer['standing']['punctuality'], number>> = { behind: 0, 'due-soon': 1, 'on-time': 2, 'no-rhythm': 3, left: 4 };

/** Who is behind the longest stands first; then who is due first. */
export function byUrgency(custodians: readonly CustodianAnswer[]): readonly CustodianAnswer[] {
  return custodians.toSorted(
    (a, b) =>
      urgency[a.standing.punctuality] - urgency[b.standing.punctuality] ||
      b.standing.daysBehind - a.standing.daysBehind ||
      (a.standing.dueOn ?? '~').localeCompare(b.standing.dueOn ?? '~') ||
      a.name.localeCompare(b.name, 'nl'),
  );
}
