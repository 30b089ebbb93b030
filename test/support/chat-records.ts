// Records for tests, made from a few words: raw text, byte range and lines as a reader would give them.
import type { RecordKind } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { FiledRecord } from '#core/search/segment.ts';

export interface PlainMessage {
  readonly sender: string | null;
  readonly local: string;
  readonly text: string;
  readonly kind?: RecordKind;
  readonly attachment?: string;
}

export function toRecords(messages: readonly PlainMessage[]): FiledRecord[] {
  let byte = 0;
  let line = 1;
  return messages.map(({ sender, local, text, kind, attachment }) => {
    const raw = `${local} - ${sender === null ? '' : `${sender}: `}${text}\n`;
    const lines = raw.split('\n').length - 2;
    const record: FiledRecord = {
      kind: kind ?? (sender === null ? 'system' : attachment === undefined ? 'text' : 'media'),
      sender,
      local: local as LocalTime,
      certainty: 'assumed',
      text,
      ...(attachment === undefined ? {} : { attachments: [{ name: attachment, presence: 'present', kind: 'document' }] }),
      raw,
      bytes: [byte, byte + Buffer.byteLength(raw)],
      lines: [line, line + lines],
    };
    byte += Buffer.byteLength(raw);
    line += lines + 1;
    return record;
  });
}
