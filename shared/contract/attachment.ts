// An attachment of a bundle: its bytes (a download; pictures, sound and moving pictures in place where asked) and its text.
import * as z from 'zod';
import { attachmentUnits } from '#core/model/attachment-text.ts';
import { Cursor, listOf, pageLimit } from './page.ts';

export const ViewAttachment = z.strictObject({
  view: z.enum(['inline']).optional().meta({ description: '`inline`: a picture, sound or moving picture is shown in place; anything else stays a download' }),
});

export const ReadAttachmentText = z.strictObject({ limit: pageLimit(20, 100), next: Cursor.optional() });

export const AttachmentTextAnswer = z
  .object({
    n: z.int(),
    name: z.string(),
    outcome: z.enum(['waiting', 'read', 'silent', 'too-large', 'encrypted', 'damaged', 'not-read', 'no-text', 'stopped']).meta({
      description: '`read`: its text stands in `pages`; `waiting`: still to be looked at; `silent`: sound or moving pictures; otherwise why there is no text',
    }),
    pages: listOf(
      z.object({
        unit: z.enum(attachmentUnits),
        number: z.int().meta({ description: 'Page, slide or sheet, from 1; a long one comes in several pieces' }),
        part: z.string().optional().meta({ description: 'Name of the sheet, or of the file within an e-mail' }),
        confidence: z.number().optional().meta({ description: 'Read from a picture: how sure, 0 to 100' }),
        text: z.string(),
      }),
    ),
    next: Cursor.nullable(),
  })
  .meta({ id: 'AttachmentText', description: 'The text of an attachment, page by page' });
export type AttachmentTextAnswer = z.infer<typeof AttachmentTextAnswer>;

export const AttachmentReadingAnswer = z
  .object({
    state: z.enum(['reading', 'done']),
    total: z.int().meta({ description: 'Files whose text is looked for' }),
    read: z.int(),
    withText: z.int().meta({ description: 'Files of which text was found' }),
  })
  .meta({ id: 'AttachmentReading', description: 'How far the text of attachments has been read' });
