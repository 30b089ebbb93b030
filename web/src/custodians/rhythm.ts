// A rhythm in words: "elke maand".
import type { CustodianAnswer } from '#contract/custodian.ts';
import { toDutchDate } from '../format/dates.ts';
import { toDutchPeriod } from '../format/numbers.ts';
import { text } from '../text.nl.ts';

export function rhythmWords(rhythm: string | null): string {
  if (rhythm === null) return text.custodians.rhythmNone;
  return text.custodians.rhythms[rhythm] ?? text.custodians.rhythmOther(toDutchPeriod(rhythm));
}

/** The own text of this person, or the general one. */
export function reminderText({ name, rhythm, reminder, standing, leavingOn }: CustodianAnswer): string {
  if (reminder !== '') return reminder;
  const leaving = leavingOn === null ? '' : text.custodians.generalLeaving(toDutchDate(leavingOn));
  if (rhythm === null) return `${text.custodians.generalNone(name)}${leaving}`;
  return `${text.custodians.general(name, rhythmWords(rhythm), standing.dueOn === null ? null : toDutchDate(standing.dueOn))}${leaving}`;
}
