// The search-term report: what each term finds, over one and the same state of the archive, with the settings that were actually used.
import type { BundleState } from './bundle.ts';
import type { BundleId, CustodianId, SearchId } from './id.ts';
import type { SearchQuestion, Watermark } from './saved-search.ts';
import type { CalendarDate, Instant } from './time.ts';

export interface CustodianHits {
  /** Null: no key person is known for these bundles. */
  readonly custodianId: CustodianId | null;
  readonly name: string | null;
  readonly hits: number;
}

export interface TermHits {
  /** As understood, with every bracket. */
  readonly line: string;
  /** Messages and pages of attachments. */
  readonly hits: number;
  readonly messages: number;
  readonly inAttachments: number;
  readonly conversations: number;
  /** Day of the earliest and latest hit as the chats give it, which may be no day of the calendar; null: no hit. */
  readonly first: string | null;
  readonly last: string | null;
  readonly byCustodian: readonly CustodianHits[];
  readonly byMonth: readonly { readonly month: string; readonly hits: number }[];
}

export interface TermReportRow extends TermHits {
  /** As typed. */
  readonly term: string;
  /** Hits that no other term of the report finds. */
  readonly unique: number;
}

export interface TermReport {
  readonly settings: Pick<SearchQuestion, 'filters' | 'switchedOff'> & {
    /** Of a query or a saved search; null: a list of terms. */
    readonly query: string | null;
    readonly searchId: SearchId | null;
    readonly at: Instant;
    /** Day of the archive's calendar. */
    readonly today: CalendarDate;
    readonly by: string;
    readonly watermark: Watermark;
  };
  readonly rows: readonly TermReportRow[];
  /** Of a query: the query itself. Of a list: all terms together, each message once. */
  readonly total: TermHits;
  readonly expansions: readonly {
    readonly leaf: string;
    readonly terms: readonly { readonly term: string; readonly messages: number; readonly off?: true }[];
  }[];
  /** Bundles that are not searched, by state: nothing of them can have been found. */
  readonly excluded: readonly { readonly bundleId: BundleId; readonly state: BundleState }[];
}
