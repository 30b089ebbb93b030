// A case of a case system with everything in order; a test says what is otherwise.
import type { CalendarDate, Period } from '#core/model/time.ts';
import type { ZgwCase, ZgwResultType } from '#core/model/zgw-case.ts';

export const day = (text: string) => text as CalendarDate;
export const term = (text: string) => text as Period;

export function zgwCase(given: Partial<ZgwCase> = {}): ZgwCase {
  return {
    url: 'https://zaken.voorbeeld.example/zaken/1',
    number: 'ZAAK-2026-0042',
    title: 'Aanvraag evenement',
    closedOn: day('2026-02-28'),
    nomination: null,
    actionDate: null,
    startDate: null,
    archiveStatus: 'to-archive',
    resultType: resultType(),
    mainCase: null,
    partCaseUrls: [],
    properties: [],
    objects: [],
    related: [],
    decisions: [],
    ...given,
  };
}

export function resultType(given: Partial<ZgwResultType> = {}, derivation: Partial<NonNullable<ZgwResultType['derivation']>> = {}): ZgwResultType {
  return {
    nomination: 'destroy',
    period: term('P5Y'),
    selection: null,
    derivation: { kind: 'afgehandeld', characteristic: '', objectType: '', processPeriod: null, ...derivation },
    ...given,
  };
}
