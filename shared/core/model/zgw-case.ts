// What archiving needs of a case in a case system (ZGW Zaken, Catalogi and Besluiten API), freed of addresses and pages.
import type { ProcessTerm } from './process-term.ts';
import type { CalendarDate, Period } from './time.ts';

/** A value as it stands in the case system: a date, a date with a time, or something else. */
export type Characteristic = string;

export interface ZgwResultType {
  readonly nomination: 'destroy' | 'keep' | null;
  /** `archiefactietermijn`; null: none. */
  readonly period: Period | null;
  /** Its selection-list result, where the list's own API is known and answers. */
  readonly selection: { readonly number: string; readonly processTerm: ProcessTerm | null } | null;
  /** null: the result type says nothing of it. */
  readonly derivation: {
    readonly kind: string;
    readonly characteristic: string;
    readonly objectType: string;
    readonly processPeriod: Period | null;
  } | null;
}

/** Lists are filled only where the derivation needs them. */
export interface ZgwCase {
  readonly url: string;
  readonly number: string;
  readonly title: string | null;
  readonly closedOn: CalendarDate | null;
  readonly nomination: 'destroy' | 'keep' | null;
  readonly actionDate: CalendarDate | null;
  /** `startdatumBewaartermijn`: when it is there, it is the start (Open Zaak, zrc-026). */
  readonly startDate: CalendarDate | null;
  readonly archiveStatus: 'to-archive' | 'archived' | 'archived-process-term-unknown' | 'transferred';
  readonly resultType: ZgwResultType | null;
  readonly mainCase: { readonly closedOn: CalendarDate | null } | null;
  readonly partCaseUrls: readonly string[];
  readonly properties: readonly { readonly name: string; readonly value: Characteristic }[];
  /** Of each object of the asked kind: the asked characteristic, or null when it has none. */
  readonly objects: readonly (Characteristic | null)[];
  readonly related: readonly { readonly closedOn: CalendarDate | null }[];
  readonly decisions: readonly { readonly effectiveOn: CalendarDate | null; readonly lapsesOn: CalendarDate | null }[];
}
