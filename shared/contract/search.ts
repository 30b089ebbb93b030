// Search: POST, because names and numbers of persons may not stand in an address. Totals are exact.
import * as z from 'zod';
import { attachmentUnits } from '#core/model/attachment-text.ts';
import { BundleId, CaseId, CustodianId } from '#core/model/id.ts';
import { CalendarDate } from '#core/model/time.ts';
import { searchOrders } from '#core/search/page.ts';
import { facetKinds } from '#core/search/question.ts';
import { MessageAnswer } from './conversation.ts';
import { Cursor, listOf } from './page.ts';

export const SearchFilters = z
  .strictObject({
    caseIds: z.array(CaseId).max(500).default([]),
    bundleIds: z.array(BundleId).max(500).default([]),
    conversations: z
      .array(z.strictObject({ bundleId: BundleId, n: z.int().min(1).max(999_999_999) }))
      .max(500)
      .default([])
      .meta({ description: 'Single conversations, with the attachments that are filed beside them' }),
    custodianIds: z.array(CustodianId).max(500).default([]).meta({ description: 'Key people whose chats these are' }),
    senders: z.array(z.string().min(1).max(200)).max(100).default([]),
    platforms: z.array(z.string().min(1).max(40)).max(20).default([]),
    kinds: z.array(z.string().min(1).max(40)).max(20).default([]).meta({ description: 'As `type:` names them: `tekst`, `systeem`, `bijlage`, …' }),
    from: CalendarDate.nullable().default(null).meta({ description: 'First day, local' }),
    to: CalendarDate.nullable().default(null).meta({ description: 'Last day, local' }),
  })
  .superRefine(({ from, to }, context) => {
    if (from !== null && to !== null && from > to) context.addIssue({ code: 'custom', path: ['to'], message: 'de einddatum ligt voor de begindatum' });
  })
  .prefault({});

export const SwitchedOff = z
  .array(z.strictObject({ leaf: z.string().min(1).max(2000), terms: z.array(z.string().min(1).max(200)).max(2000) }))
  .max(64)
  .default([])
  .meta({ description: 'Words that a leaf of the query (as typed) must not stand for: they are counted, and not found' });

export const SearchMessages = z
  .strictObject({
    query: z.string().max(2000),
    filters: SearchFilters,
    order: z.enum(searchOrders).default('newest'),
    limit: z.int().min(1).max(200).default(50),
    next: Cursor.nullable().default(null),
    switchedOff: SwitchedOff,
    facets: z.array(z.enum(facetKinds)).max(facetKinds.length).default([]),
    collapseDuplicates: z.boolean().default(false),
  })
  .meta({ id: 'SearchMessages', description: 'A search over every chat the asker may see' });
export type SearchMessages = z.infer<typeof SearchMessages>;

const TermCount = z
  .object({ term: z.string(), messages: z.int(), off: z.literal(true).optional() })
  .meta({ id: 'TermCount', description: 'A word as it stands in the archive' });
export const SearchExpansions = listOf(z.object({ leaf: z.string(), terms: listOf(TermCount) }));
const FacetCount = z
  .object({ value: z.string().meta({ description: 'Of a conversation `<bundleId>/<n>`' }), label: z.string().optional(), messages: z.int() })
  .meta({ id: 'FacetCount' });

const AttachmentHit = z
  .object({
    id: z.string().meta({ description: 'Names this page, or this piece of a long one' }),
    n: z.int().meta({ description: 'Number within the bundle: `attachments/{n}` gives its bytes, `attachments/{n}/text` its text' }),
    name: z.string(),
    unit: z.enum(attachmentUnits),
    number: z.int().meta({ description: 'Page, slide or sheet, from 1' }),
    part: z.string().optional().meta({ description: 'Name of the sheet, or of the file within an e-mail' }),
    snippet: z.string(),
    before: z.boolean().meta({ description: 'The page has words before the snippet' }),
    after: z.boolean(),
    highlights: listOf(z.tuple([z.int(), z.int()]).readonly()).meta({ description: '[start, end) in `snippet`' }),
    confidence: z.number().optional().meta({ description: 'Read from a picture: how sure, 0 to 100' }),
    carried: z.boolean().meta({ description: 'false: no message names this file' }),
  })
  .meta({ id: 'AttachmentHit', description: 'The page of an attachment on which the words stand' });

export const SearchHit = z
  .object({
    kind: z.enum(['message', 'attachment']).meta({ description: '`attachment`: the words stand in a file; `message` is the one that carries it' }),
    message: MessageAnswer,
    attachment: AttachmentHit.optional(),
    conversation: z.object({ bundleId: BundleId, n: z.int(), title: z.string().nullable() }),
    caseIds: listOf(CaseId),
    highlights: listOf(z.tuple([z.int(), z.int()]).readonly()).meta({ description: '[start, end) in `message.text`, UTF-16 units' }),
    matched: listOf(z.string()),
    duplicates: listOf(z.object({ bundleId: BundleId, n: z.int(), ordinal: z.int(), sender: z.string() }))
      .optional()
      .meta({ description: 'With `collapseDuplicates`: where the same message stands in other exports of the chat' }),
    lackedBy: listOf(z.object({ bundleId: BundleId, n: z.int() }))
      .optional()
      .meta({ description: 'With `collapseDuplicates`: exports of the chat that cover that moment and do not hold it' }),
  })
  .meta({ id: 'SearchHit', description: 'A message that matches, and why' });
export type SearchHit = z.infer<typeof SearchHit>;

export const SearchAnswer = z
  .object({
    total: z.int().meta({ description: 'Exact: messages, and pages of attachments; with `collapseDuplicates` the same message counts once' }),
    uncollapsed: z.int().optional().meta({ description: 'With `collapseDuplicates`: every export counted, as facets count' }),
    inAttachments: z.int().meta({ description: 'How many of them are pages of attachments' }),
    items: listOf(SearchHit),
    expansions: SearchExpansions,
    facets: z.partialRecord(z.enum(facetKinds), listOf(FacetCount)).optional(),
    next: Cursor.nullable(),
  })
  .meta({ id: 'SearchAnswer', description: 'A page of matches with the exact total' });
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const ExpandTerm = z.strictObject({ leaf: z.string().min(1).max(200) }).meta({ id: 'ExpandTerm', description: 'A word or pattern, e.g. `vergunning*`' });
export type ExpandTerm = z.infer<typeof ExpandTerm>;

export const TermExpansion = z
  .object({
    terms: listOf(TermCount),
    offers: listOf(z.object({ kind: z.enum(['compound', 'spelling']), terms: listOf(TermCount), tooMany: z.boolean() })).meta({
      description: 'Not searched for unless asked: words that hold this word, and words that differ by a slip',
    }),
  })
  .meta({ id: 'TermExpansion', description: 'Words of the archive that the pattern stands for' });
export type TermExpansion = z.infer<typeof TermExpansion>;

export const CountTerms = z
  .strictObject({ query: z.string().max(8000).meta({ description: 'Terms, one a line' }), filters: SearchFilters, switchedOff: SwitchedOff })
  .meta({ id: 'CountTerms', description: 'A list of terms, each line counted by itself' });
export type CountTerms = z.infer<typeof CountTerms>;

const TermRow = z
  .object({
    line: z.string().meta({ description: 'As understood; one word or phrase stands as it was typed' }),
    hits: z.int().meta({ description: 'Messages and pages of attachments' }),
    messages: z.int(),
    inAttachments: z.int(),
    conversations: z.int(),
    unique: z.int().meta({ description: 'Hits that no other line finds' }),
    first: z.string().nullable().meta({ description: 'Day of the earliest hit, as it stands in the export' }),
    last: z.string().nullable(),
    months: listOf(z.object({ value: z.string(), hits: z.int() })),
    custodians: listOf(z.object({ value: CustodianId, label: z.string(), hits: z.int() })),
  })
  .meta({ id: 'TermRow', description: 'What one line of a list finds' });

export const TermCounts = z
  .object({ total: z.int(), inAttachments: z.int(), rows: listOf(TermRow), expansions: SearchExpansions })
  .meta({ id: 'TermCounts', description: 'Every line of the list, also those that find nothing; `total` counts each hit once' });
export type TermCounts = z.infer<typeof TermCounts>;
