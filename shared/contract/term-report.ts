// The search-term report: what each term finds, with the settings that were actually used. POST, for terms name people.
import * as z from 'zod';
import { bundleStates } from '#core/model/bundle.ts';
import { BundleId, CustodianId, SearchId } from '#core/model/id.ts';
import { CalendarDate, Instant } from '#core/model/time.ts';
import { listOf } from './page.ts';
import { WatermarkAnswer } from './saved-search.ts';
import { SearchExpansions, SearchFilters, SwitchedOff } from './search.ts';

export const mostReportTerms = 200;

export const ReportTerms = z
  .strictObject({
    terms: z
      .array(
        z
          .string()
          .trim()
          .min(1)
          .max(200)
          .regex(/^[^\r\n]*$/, 'geef één regel'),
      )
      .min(1)
      .max(mostReportTerms)
      .optional()
      .meta({ description: 'Each its own row' }),
    query: z.string().trim().min(1).max(2000).optional().meta({ description: 'Its words are the rows; several lines are a list of terms' }),
    searchId: SearchId.optional().meta({ description: 'The question of a saved search, with its own filters' }),
    filters: SearchFilters.unwrap().optional(),
    switchedOff: SwitchedOff.unwrap().optional(),
  })
  .superRefine(({ terms, query, searchId, filters, switchedOff }, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    const given = [terms, query, searchId].filter((one) => one !== undefined).length;
    if (given !== 1) refuse('terms', 'geef termen, een zoekvraag of een bewaarde zoekvraag: een van de drie');
    if (searchId === undefined) return;
    if (filters !== undefined) refuse('filters', 'een bewaarde zoekvraag heeft haar eigen filters');
    if (switchedOff !== undefined) refuse('switchedOff', 'een bewaarde zoekvraag heeft haar eigen woorden');
  })
  .meta({ id: 'ReportTerms', description: 'What to report: terms, a query, or a saved search' });
export type ReportTerms = z.infer<typeof ReportTerms>;

const TermHits = z
  .object({
    line: z.string().meta({ description: 'As understood, with every bracket' }),
    hits: z.int().meta({ description: 'Messages and pages of attachments' }),
    messages: z.int(),
    inAttachments: z.int(),
    conversations: z.int(),
    first: z.string().nullable().meta({ description: 'Day of the earliest hit as the chat gives it: YYYY-MM-DD' }),
    last: z.string().nullable(),
    byCustodian: listOf(z.object({ custodianId: CustodianId.nullable(), name: z.string().nullable(), hits: z.int() })).meta({
      description: 'Null: no key person is known for these bundles',
    }),
    byMonth: listOf(z.object({ month: z.string(), hits: z.int() })),
  })
  .meta({ id: 'TermHits' });

export const TermReportAnswer = z
  .object({
    settings: z.object({
      query: z.string().nullable(),
      searchId: SearchId.nullable(),
      filters: SearchFilters.unwrap(),
      switchedOff: SwitchedOff.unwrap().readonly(),
      at: Instant,
      today: CalendarDate,
      by: z.string(),
      version: z.string().meta({ description: 'Of this API' }),
      watermark: WatermarkAnswer,
    }),
    rows: listOf(
      z
        .object({
          term: z.string().meta({ description: 'As typed' }),
          unique: z.int().meta({ description: 'Hits that no other row finds' }),
          ...TermHits.shape,
        })
        .meta({ id: 'TermReportRow' }),
    ),
    total: TermHits.meta({ description: 'Of a query: the query itself. Of a list: all terms together, each hit once' }),
    expansions: SearchExpansions,
    excluded: listOf(z.object({ bundleId: BundleId, state: z.enum(bundleStates) })).meta({ description: 'Bundles that are not searched' }),
  })
  .meta({ id: 'TermReport', description: 'What each term finds, over one and the same state of the archive' });
export type TermReportAnswer = z.infer<typeof TermReportAnswer>;
