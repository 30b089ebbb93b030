// Standing authorisation (doorlopende machtiging): a decision by which short terms need no list-by-list approval (DOMAIN 2.1).
import type { StandingAuthorisation } from '#core/model/settings.ts';
import type { CalendarDate } from '#core/model/time.ts';

/** The one that covers destruction on this selection result on this day; the narrower before `*`. */
export function coveringAuthorisation(
  authorisations: readonly StandingAuthorisation[],
  selection: string | null,
  day: CalendarDate,
): StandingAuthorisation | null {
  const valid = authorisations.filter(({ from, until }) => from <= day && day <= until);
  return valid.find((one) => one.selection === selection) ?? valid.find((one) => one.selection === '*') ?? null;
}

/** false once it has been withdrawn: what it had authorised does not start. */
export function stillStands(authorisations: readonly StandingAuthorisation[], decisionReference: string, selection: string | null, day: CalendarDate): boolean {
  return authorisations.some(
    (one) => one.decisionReference === decisionReference && (one.selection === selection || one.selection === '*') && one.from <= day && day <= one.until,
  );
}
