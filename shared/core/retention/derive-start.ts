// First day of the period (brondatum) by each of the nine ZGW afleidingswijzen, with the source's own rules for what is missing:
// postponed (may come later) or wrong (should have been there). ZGW zrc-021; DOMAIN 3.2.
import { type Case, derivationKinds } from '#core/model/case.ts';
import { CalendarDate } from '#core/model/time.ts';
import type { ZgwCase } from '#core/model/zgw-case.ts';
import { addPeriod } from './calendar.ts';

/** The day that a moment (`2026-12-31T23:30:00Z`) is in the archive's zone; null: no moment. */
export type DayIn = (moment: string) => CalendarDate | null;

export type DerivationKind = Case['derivation']['kind'];

export type Start =
  | { readonly kind: 'date'; readonly date: CalendarDate }
  /** Not there yet; the source lets the case close without it. */
  | { readonly kind: 'postponed' }
  /** The source would not have let the case close without it. */
  | { readonly kind: 'missing' };

const postponed: Start = { kind: 'postponed' };
const missing: Start = { kind: 'missing' };

export function derivationKindOf(word: string): DerivationKind | null {
  return derivationKinds.find((kind) => kind === word) ?? null;
}

/**
 * `2026-05-31`, `20260531`, or a date with a time. A time with a zone is a moment: the day it is in the archive's zone (2026-12-31T23:30Z is
 * New Year's Day in Amsterdam). Null: not a date that exists.
 */
export function dayOf(value: string, dayIn: DayIn): CalendarDate | null {
  const found = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(value.trim());
  if (found === null) return null;
  const [, year, month, day, time, offset] = found;
  const date = CalendarDate.safeParse(`${year}-${month}-${day}`);
  if (!date.success) return null;
  if (time === undefined || offset === undefined) return date.data;
  return dayIn(`${date.data}T${time}${offset}`);
}

/** The last of them, when all are there. */
function latest(dates: readonly (CalendarDate | null)[], otherwise: Start): Start {
  let last: CalendarDate | null = null;
  for (const date of dates) {
    if (date === null) return otherwise;
    if (last === null || date > last) last = date;
  }
  return last === null ? otherwise : { kind: 'date', date: last };
}

/** Of a closed case. A start that was set in the case system goes before all else, as in the source. */
export function deriveStart(one: ZgwCase, kind: DerivationKind, closedOn: CalendarDate, dayIn: DayIn): Start {
  if (one.startDate !== null) return { kind: 'date', date: one.startDate };
  const { characteristic = '', processPeriod = null } = one.resultType?.derivation ?? {};
  switch (kind) {
    case 'afgehandeld':
      return { kind: 'date', date: closedOn };
    case 'hoofdzaak':
      // A main case that is still open gives its date when it closes.
      return one.mainCase === null ? missing : latest([one.mainCase.closedOn], postponed);
    case 'eigenschap': {
      const values = one.properties.filter(({ name }) => name === characteristic && characteristic !== '').map(({ value }) => dayOf(value, dayIn));
      return values.length === 0 ? postponed : latest(values, missing);
    }
    case 'ander_datumkenmerk':
      return postponed;
    case 'zaakobject':
      return latest(
        one.objects.map((value) => (value === null ? null : dayOf(value, dayIn))),
        missing,
      );
    case 'termijn': {
      const date = processPeriod === null ? null : addPeriod(closedOn, processPeriod);
      return date === null ? missing : { kind: 'date', date };
    }
    case 'gerelateerde_zaak':
      // An open related case has no end yet: whatever the source makes of it, the last one is not known.
      return one.related.length === 0
        ? missing
        : latest(
            one.related.map((other) => other.closedOn),
            postponed,
          );
    case 'ingangsdatum_besluit':
      return latest(
        one.decisions.map((decision) => decision.effectiveOn),
        missing,
      );
    case 'vervaldatum_besluit':
      // A decision without a day of lapsing may get one; the others do not speak for it.
      return latest(
        one.decisions.map((decision) => decision.lapsesOn),
        postponed,
      );
  }
}
