// Searches saved by name. Each run keeps the same hits for as long as their bundles exist; the next run says what is new, gone or destroyed.
import * as z from 'zod';
import { bundleStates } from '#core/model/bundle.ts';
import { BundleId, CertificateId, SearchId } from '#core/model/id.ts';
import { closeReasons, goneReasons } from '#core/model/saved-search.ts';
import { Instant } from '#core/model/time.ts';
import { Cursor, listOf, numberInAddress, pageLimit, pageOf } from './page.ts';
import { SearchExpansions, SearchFilters, SearchHit, SwitchedOff } from './search.ts';

export const SearchParams = z.object({ id: SearchId });
export const RunParams = z.object({ id: SearchId, n: numberInAddress(1, 999_999) });

export const SaveSearch = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    query: z.string().max(2000),
    filters: SearchFilters,
    switchedOff: SwitchedOff,
  })
  .meta({ id: 'SaveSearch', description: 'A search to keep by name; it is run at once' });
export type SaveSearch = z.infer<typeof SaveSearch>;

export const RunSearch = z.strictObject({}).meta({ id: 'RunSearch', description: 'Nothing: the question stands as it was saved' });
export const CloseSearch = z.strictObject({ reason: z.enum(closeReasons) }).meta({ id: 'CloseSearch', description: 'Why it is not run any more' });

export const RunSummaryAnswer = z
  .object({
    n: z.int(),
    at: Instant,
    by: z.string(),
    total: z.int().meta({ description: 'Exact: messages, and pages of attachments' }),
    inAttachments: z.int(),
    conversations: z.int(),
    bundles: z.int().meta({ description: 'Bundles with a hit' }),
  })
  .meta({ id: 'RunSummary', description: 'A run as it was' });

export const SavedSearchAnswer = z
  .object({
    id: SearchId,
    name: z.string(),
    query: z.string(),
    filters: SearchFilters.unwrap(),
    switchedOff: SwitchedOff.unwrap().readonly(),
    createdAt: Instant,
    createdBy: z.string(),
    state: z.enum(['open', 'closed']),
    closed: z.object({ at: Instant, reason: z.enum(closeReasons) }).nullable(),
    last: RunSummaryAnswer,
  })
  .meta({ id: 'SavedSearch', description: 'A search kept by name, with its newest run' });
export type SavedSearchAnswer = z.infer<typeof SavedSearchAnswer>;

export const ListSearches = z.strictObject({ limit: pageLimit(50, 200), next: Cursor.optional() });
export const SavedSearchPage = pageOf('SavedSearchPage', SavedSearchAnswer);
export const RunPage = pageOf('RunPage', RunSummaryAnswer);

const DestroyedHits = z
  .object({
    certificateId: CertificateId.nullable(),
    number: z.string().nullable().meta({ description: 'Null until the certificate is drawn up' }),
    bundles: z.int(),
    hits: z.int(),
  })
  .meta({ id: 'DestroyedHits', description: 'Hits of which only the number is left, by certificate' });

const LostHits = z.object({ reason: z.enum(goneReasons), bundles: z.int(), hits: z.int() }).meta({ id: 'LostHits' });

export const WatermarkAnswer = z
  .object({
    epoch: z.int(),
    words: z.int(),
    tokenizer: z.int(),
    boundaries: z.int(),
    bundles: z.record(z.enum(bundleStates), z.int()).meta({ description: 'Bundles by state; only those indexed were searched' }),
  })
  .meta({ id: 'Watermark', description: 'How far the archive was when it was asked' });

export const SearchRunAnswer = z
  .object({
    ...RunSummaryAnswer.shape,
    parsed: z.string().meta({ description: 'The query as it was understood' }),
    watermark: WatermarkAnswer,
    expansions: SearchExpansions.meta({ description: 'Of bundles that still stand as they were' }),
    standing: z.object({
      shown: z.int().meta({ description: 'Hits that can still be shown' }),
      destroyed: listOf(DestroyedHits),
      lost: listOf(LostHits),
    }),
    difference: z
      .object({
        with: z.int().meta({ description: 'The run before' }),
        new: z.int(),
        gone: listOf(LostHits),
        destroyed: listOf(DestroyedHits),
      })
      .nullable(),
  })
  .meta({ id: 'SearchRun', description: 'A run: what it found, what of it still stands, and how it differs from the run before' });
export type SearchRunAnswer = z.infer<typeof SearchRunAnswer>;

export const ListRunHits = z.strictObject({
  show: z.enum(['all', 'new', 'gone']).default('all').meta({ description: '`new`, `gone`: against the run before' }),
  order: z.enum(['newest', 'oldest']).default('newest'),
  limit: pageLimit(50, 200),
  next: Cursor.optional(),
});
export const RunHitPage = pageOf('RunHitPage', SearchHit);

export const ListRunBundles = z.strictObject({ limit: pageLimit(200, 1000), next: Cursor.optional() });
export const RunBundlePage = pageOf(
  'RunBundlePage',
  z
    .object({
      bundleId: BundleId,
      hits: z.int(),
      inAttachments: z.int(),
      state: z.enum(['shown', 'destroyed', 'read-again', 'not-indexed']),
      certificateId: CertificateId.nullable(),
      number: z.string().nullable(),
    })
    .meta({ id: 'RunBundle', description: 'Hits of one bundle in a run' }),
);
