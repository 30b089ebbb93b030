// Conversations of a bundle and their messages, read by range.
import * as z from 'zod';
import { absences, presences, recordKinds } from '#core/model/chat.ts';
import { doubtCodes } from '#core/model/doubt.ts';
import { BundleId } from '#core/model/id.ts';
import { Instant, LocalTime } from '#core/model/time.ts';
import { ChatPeriod, Counts } from './bundle.ts';
import { Cursor, listOf, numberInAddress, pageLimit, pageOf } from './page.ts';
import { GapAnswer, SiftReason } from './sift.ts';

export const ConversationParams = z.object({ id: BundleId, n: numberInAddress(1, 999_999_999) });

const ConversationAnswer = z
  .object({
    n: z.int().meta({ description: 'Number within the bundle, from 1' }),
    title: z.string().nullable(),
    platform: z.string(),
    kind: z.enum(['direct', 'group', 'unknown']),
    participants: listOf(z.object({ label: z.string(), records: z.int() })),
    counts: Counts.omit({ conversations: true }),
    period: ChatPeriod.nullable(),
    order: z.literal('newest-first').optional().meta({ description: 'How the export orders its messages, where that is not from old to new' }),
  })
  .meta({ id: 'Conversation', description: 'One conversation of a bundle' });

export const ListConversations = z.strictObject({ limit: pageLimit(100, 500), next: Cursor.optional() });
export const ConversationPage = pageOf('ConversationPage', ConversationAnswer);
export type ConversationPage = z.infer<typeof ConversationPage>;

export const AttachmentAnswer = z
  .object({
    n: z.int().optional().meta({ description: 'Number within the bundle: `attachments/{n}` gives its bytes' }),
    name: z.string(),
    presence: z.enum(presences),
    absence: z
      .enum(absences)
      .optional()
      .meta({ description: 'Why it is not there, where the export tells: it stands on the internet, was never fetched, or could be seen once and is wiped' }),
    mediaType: z.string().optional(),
    size: z.int().optional(),
    sha256: z.string().optional(),
  })
  .meta({ id: 'Attachment', description: 'A file that a message names; `present`: it is in the archive' });
export type AttachmentAnswer = z.infer<typeof AttachmentAnswer>;

export const MessageAnswer = z
  .object({
    id: z.string(),
    ordinal: z.int().meta({ description: 'Place in the conversation from 0, in file order, system records included' }),
    kind: z.enum(recordKinds),
    sender: z.string().nullable(),
    sentAt: z.object({
      local: LocalTime,
      instant: Instant.optional(),
      zone: z.string().optional(),
      certainty: z.enum(['given', 'assumed', 'ambiguous', 'impossible']),
    }),
    text: z.string(),
    edited: z.boolean().optional(),
    revisions: listOf(z.object({ text: z.string(), sentInstant: Instant.optional() }))
      .optional()
      .meta({ description: 'What it said before it was changed, oldest first' }),
    deleted: z.enum(['by-sender', 'by-admin', 'by-exporter', 'unknown']).optional(),
    attachments: listOf(AttachmentAnswer),
    direction: z.enum(['incoming', 'outgoing']).optional(),
    status: z.enum(['draft', 'pending', 'failed']).optional().meta({ description: 'It never went out, or that is not known' }),
    replyTo: z.string().optional().meta({ description: 'Id of the message that is answered' }),
    quoted: z.object({ text: z.string().optional(), sender: z.string().optional() }).optional(),
    reactions: listOf(z.object({ emoji: z.string(), sender: z.string().nullable(), count: z.int().optional() })).optional(),
    forwarded: z.object({ from: z.string().nullable() }).optional(),
    call: z.object({ outcome: z.enum(['answered', 'missed', 'rejected', 'voicemail', 'unknown']), seconds: z.number().optional() }).optional(),
    system: z
      .object({ event: z.string(), actor: z.string().optional(), target: z.string().optional(), from: z.string().optional(), to: z.string().optional() })
      .optional(),
    leftOutBefore: listOf(GapAnswer).optional().meta({ description: 'Left out right before this record by who handed it in; absent: nothing' }),
    leftOutAfter: listOf(GapAnswer).optional().meta({ description: 'On the last record: left out after it' }),
    markedPrivate: SiftReason.optional().meta({ description: 'Marked by who handed it in, and sent all the same' }),
    source: z
      .object({ file: z.int(), lines: z.tuple([z.int(), z.int()]) })
      .optional()
      .meta({ description: 'Where it stands in the original' }),
  })
  .meta({ id: 'Message', description: 'One record of a conversation' });
export type MessageAnswer = z.infer<typeof MessageAnswer>;

export const ListMessages = z.strictObject({
  from: numberInAddress(0, 999_999_999).optional().meta({ description: 'First ordinal' }),
  limit: pageLimit(100, 1000),
  next: Cursor.optional(),
});
export type ListMessages = z.infer<typeof ListMessages>;

export const MessagePage = z
  .object({ items: listOf(MessageAnswer), next: Cursor.nullable(), records: z.int().meta({ description: 'Records of the whole conversation' }) })
  .meta({ id: 'MessagePage', description: 'A range of a conversation; `next` is null at its end' });
export type MessagePage = z.infer<typeof MessagePage>;

export const SimilarConversations = z
  .object({
    items: listOf(
      z.object({
        bundleId: BundleId,
        n: z.int(),
        title: z.string().nullable(),
        shared: z.int().meta({ description: 'Messages that stand in both' }),
        inCommonTime: z.tuple([z.int(), z.int()]).readonly().meta({ description: 'Messages of this and of the other in the time that both cover' }),
        clockShift: z.int().meta({ description: 'Minutes that the other clock is ahead' }),
      }),
    ),
  })
  .meta({ id: 'SimilarConversations', description: 'Other conversations that are exports of the same chat' });
export type SimilarConversations = z.infer<typeof SimilarConversations>;

export const ReadGaps = z
  .strictObject({
    conversations: z
      .array(z.strictObject({ bundleId: BundleId, n: z.int().min(1).max(999_999_999) }))
      .min(1)
      .max(50),
  })
  .meta({ id: 'ReadGaps', description: 'Conversations of which the gaps are asked' });
export type ReadGaps = z.infer<typeof ReadGaps>;

export const ConversationGaps = z
  .object({
    items: listOf(
      z.object({
        bundleId: BundleId,
        n: z.int(),
        months: listOf(
          z.object({
            value: z.string(),
            records: z.int(),
            deleted: z.int().meta({ description: 'Taken back' }),
            timer: z.boolean().meta({ description: 'Messages were set to disappear in a part of this month' }),
          }),
        ).meta({ description: 'From the first to the last, also months in which nothing was said' }),
        suspected: listOf(z.enum(doubtCodes)).meta({ description: 'What was suspected of the whole bundle: cut off at the start, a timer' }),
      }),
    ),
  })
  .meta({ id: 'ConversationGaps', description: 'Where messages may be missing, month by month; conversations that the asker may not see are left out' });
export type ConversationGaps = z.infer<typeof ConversationGaps>;
