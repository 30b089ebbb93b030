// What was left out of a file, or marked in it, before it was sent: part of `POST /v1/bundles`, and told again with the bundle.
import * as z from 'zod';
import { ColumnMapping } from '#core/model/mapping.ts';
import { mostRanges, siftModes, siftReasons } from '#core/model/sift.ts';
import { listOf } from './page.ts';

export const SiftReason = z.enum(siftReasons);

const ordinal = z.int().min(0).max(999_999_999);
const hash = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'geef de SHA-256 als 64 hexadecimale tekens');

const Ranges = z
  .array(z.strictObject({ from: ordinal, to: ordinal, reason: SiftReason }))
  .min(1)
  .superRefine((ranges, context) => {
    let last = -1;
    for (const [at, { from, to }] of ranges.entries()) {
      if (from > to || from <= last) {
        context.addIssue({ code: 'custom', path: [at], message: 'geef de stukken op volgorde, zonder overlap' });
        return;
      }
      last = to;
    }
  });

export const SiftInput = z
  .strictObject({
    mode: z.enum(siftModes).meta({ description: '`cut`: the records were never sent; `marked`: all was sent, with these marks' }),
    originalSha256: hash.meta({ description: 'Of the untouched file; the same export may come again with another selection' }),
    originalSize: z.int().min(0),
    conversations: z
      .array(z.strictObject({ n: z.int().min(1).max(999_999), ranges: Ranges }))
      .default([])
      .meta({ description: 'By number in the file that is sent; ordinals are those of the untouched conversation' }),
    leftOut: z
      .array(z.strictObject({ reason: SiftReason, conversations: z.int().min(1), records: z.int().min(0) }))
      .max(10)
      .default([])
      .meta({ description: 'Conversations that stayed out as a whole' }),
    files: z.int().min(0).default(0).meta({ description: 'Files that stayed out with their messages' }),
    keys: z.int().min(1).optional().meta({ description: "Keys of an app's account that were taken out of the file before it was sent" }),
    mappings: z
      .record(z.string().max(64), ColumnMapping)
      .optional()
      .meta({ description: 'Which column is what in a table without a fixed layout, by its layout: as the person saw it' }),
    dateOrder: z.enum(['dmy', 'mdy', 'ymd', 'ydm']).optional().meta({ description: 'What the untouched file proves of its dates' }),
  })
  .superRefine((sift, context) => {
    const { conversations, leftOut, files, keys = 0 } = sift;
    const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    const ranges = conversations.reduce((sum, one) => sum + one.ranges.length, 0);
    if (ranges > mostRanges) wrong('conversations', `geef ten hoogste ${mostRanges} stukken op`);
    if (new Set(conversations.map(({ n }) => n)).size < conversations.length) wrong('conversations', 'noem elk gesprek een keer');
    if (ranges + leftOut.length + files + keys === 0) wrong('conversations', 'noem wat is weggelaten of gemerkt');
    if (sift.mode === 'marked' && leftOut.length + files > 0) wrong('leftOut', 'bij merken gaat alles mee');
  })
  .meta({ id: 'SiftInput', description: 'What the person left out or marked before sending: places, counts and reasons, never words' });

export const SiftAnswer = z
  .object({
    mode: z.enum(siftModes),
    originalSha256: z.string(),
    originalSize: z.int(),
    records: z.int().meta({ description: 'Left out of (or marked in) the conversations that were sent' }),
    reasons: listOf(z.object({ reason: SiftReason, records: z.int() })),
    leftOut: listOf(z.object({ reason: SiftReason, conversations: z.int(), records: z.int() })),
    files: z.int(),
    keys: z.int().optional().meta({ description: "Keys of an app's account that were taken out before it was sent" }),
  })
  .meta({ id: 'Sift', description: 'What was left out or marked by who handed it in' });
export type SiftAnswer = z.infer<typeof SiftAnswer>;

export const GapAnswer = z.object({ reason: SiftReason, records: z.int() }).meta({ id: 'Gap', description: 'Records that were left out here, and why' });
export type GapAnswer = z.infer<typeof GapAnswer>;
