// A doubt is data: what could not be settled by reading, with its place. It is stored and shown; a person settles it.
import * as z from 'zod';

export const doubtCodes = [
  'date-order.ambiguous',
  'date-order.likely',
  'date-order.changes',
  'date.impossible',
  'time.does-not-exist',
  'time.ambiguous',
  'time.jumps-back',
  'line.not-understood',
  'line.pasted-header',
  'line.too-long',
  'preamble.present',
  'system-line.unknown',
  'encoding.guessed',
  'encoding.replaced',
  'media-counter.jumps',
  'attachment.missing',
  'attachment.omitted',
  'attachment.type-differs',
  'attachment.not-extracted',
  'attachment.too-large-to-read',
  'attachment.encrypted',
  'attachment.damaged',
  'attachment.no-text',
  'attachment.text-not-read',
  'attachment.reading-stopped',
  'truncation.suspected',
  'entry.skipped',
  'entry.nested-zip',
  'entry.name-cleaned',
  'several-chats.found',
  'timer.on',
  'sender.looks-like-subject',
  'file.cut-off',
  'count.differs',
  'record.duplicate',
  'reference.repaired',
  'time.unit-assumed',
  'edit.uncertain',
  'order.newest-first',
  'page.continues',
  'mapping.needed',
  'column.not-used',
  'message.empty',
  'encoding.repaired',
  'version.differs',
  'secrets.present',
  'text.in-file',
  'format.lossy',
] as const;
export const DoubtCode = z.enum(doubtCodes);
export type DoubtCode = z.infer<typeof DoubtCode>;

/** note: worth knowing · warning: something may be missing or misread · question: nothing goes on before a person chooses. */
export const DoubtSeverity = z.enum(['note', 'warning', 'question']);
export type DoubtSeverity = z.infer<typeof DoubtSeverity>;

export interface Doubt {
  readonly code: DoubtCode;
  readonly severity: DoubtSeverity;
  /** Number of the source file within the bundle (1 = first; its name stands in the index) and the line, from 1. */
  readonly place?: { readonly file: number; readonly line?: number };
  /** How often the same doubt was found; `places` of the first are kept line by line in the doubt pages. */
  readonly count?: number;
  /** Numbers, dates and codes only; never a word out of a chat. */
  readonly evidence?: Readonly<Record<string, string | number | boolean>>;
  readonly choices?: readonly string[];
}
