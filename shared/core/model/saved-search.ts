// A search that somebody saved under a name, and its runs: which messages it found, when and for whom (the zoekverantwoording of a Woo
// request). The question is the asker's; what the archive answered lies with each bundle and goes with it (decision 0019).
import type { BundleState } from './bundle.ts';
import type { BundleId, CaseId, CertificateId, CustodianId, SearchId } from './id.ts';
import type { CalendarDate, Instant } from './time.ts';

export const closeReasons = ['mistake', 'double', 'no-longer-needed'] as const;
export type CloseReason = (typeof closeReasons)[number];

/** As typed, and what was filtered and refused with it. */
export interface SearchQuestion {
  readonly query: string;
  readonly filters: {
    readonly caseIds: readonly CaseId[];
    readonly bundleIds: readonly BundleId[];
    readonly conversations: readonly { readonly bundleId: BundleId; readonly n: number }[];
    readonly custodianIds: readonly CustodianId[];
    readonly kinds: readonly string[];
    readonly senders: readonly string[];
    readonly platforms: readonly string[];
    readonly from: CalendarDate | null;
    readonly to: CalendarDate | null;
  };
  readonly switchedOff: readonly { readonly leaf: string; readonly terms: readonly string[] }[];
}

export interface SavedSearch {
  readonly id: SearchId;
  readonly name: string;
  readonly question: SearchQuestion;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly state: 'open' | 'closed';
  readonly closed: { readonly at: Instant; readonly reason: CloseReason } | null;
  /** The newest run that is done. */
  readonly last: RunSummary;
}

export interface RunSummary {
  readonly n: number;
  readonly at: Instant;
  readonly by: string;
  readonly total: number;
  /** How many of them are pages of attachments. */
  readonly inAttachments: number;
  readonly conversations: number;
  /** Bundles with a hit. */
  readonly bundles: number;
}

/** A bundle in a run: with a hit, or only with a word that was searched for. */
export interface RunBundle {
  readonly id: BundleId;
  /** Read anew since then: its messages are numbered anew. */
  readonly indexedAt: Instant;
  readonly hits: number;
  readonly inAttachments: number;
  /** Items in which its hits lie. */
  readonly pages: number;
}

/** How far the archive was when it was asked. */
export interface Watermark {
  /** Counts what was taken out of the index, and what came in. */
  readonly epoch: number;
  readonly words: number;
  /** Versions of how words are cut and filed. */
  readonly tokenizer: number;
  readonly boundaries: number;
  /** Bundles by state: only `indexed` ones are searched. */
  readonly bundles: Readonly<Record<BundleState, number>>;
}

/** What a run keeps of itself; its hits and the archive's words lie with the bundles. */
export interface RunRecord {
  /** The query as it was understood. */
  readonly parsed: string;
  readonly watermark: Watermark;
  /** Leaves of the query that stand for words, in order. */
  readonly leaves: readonly string[];
  readonly bundles: readonly RunBundle[];
}

/** Why a hit of an earlier run is not in a later one, its bundle not being destroyed. */
export const goneReasons = ['read-again', 'not-indexed', 'outside'] as const;
export type GoneReason = (typeof goneReasons)[number];

export interface DestroyedHits {
  /** Null while the bundle is being destroyed, or its certificate is not drawn up yet. */
  readonly certificateId: CertificateId | null;
  readonly number: string | null;
  readonly bundles: number;
  readonly hits: number;
}
