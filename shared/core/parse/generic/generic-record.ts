// One record of a table, by the mapping that a person confirmed. Used by the reader, and by the window for the sample records.
import type { AttachmentRef, ChatRecord, RecordKind } from '#core/model/chat.ts';
import type { ColumnMapping } from '#core/model/mapping.ts';
import { noTime, type RecordTime } from '../exact-time.ts';
import { attachmentKind, type FindPresence } from '../whatsapp/attachment.ts';
import { readGenericTime } from './generic-time.ts';

export interface GenericRecord {
  readonly kind: RecordKind;
  readonly sender: string | null;
  readonly time: RecordTime;
  readonly text: string;
  readonly conversation: string | null;
  readonly nativeId: string | null;
  readonly attachments: readonly AttachmentRef[];
}

const kinds: Readonly<Record<string, RecordKind>> = {
  system: 'system',
  systeem: 'system',
  notification: 'system',
  melding: 'system',
  status: 'system',
  event: 'system',
  call: 'call',
  gesprek: 'call',
  oproep: 'call',
  poll: 'poll',
  peiling: 'poll',
  location: 'location',
  locatie: 'location',
  contact: 'contact',
  sticker: 'sticker',
};

export function readGenericRecord(cells: readonly string[], mapping: ColumnMapping, presence: FindPresence): GenericRecord {
  const cell = (i: number | null) => {
    const value = i === null ? '' : (cells[i] ?? '').trim();
    return value === '' ? null : value;
  };
  const when = mapping.time
    .map((i) => cell(i) ?? '')
    .join(' ')
    .trim();
  const files = (cell(mapping.attachment) ?? '')
    .split(/,\s+|;|\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const attachments = files.map((path): AttachmentRef => {
    const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return {
      name,
      presence: presence(name),
      kind: attachmentKind(name),
      ...(path === name || /^[a-z]+:/i.test(path) ? {} : { path: path.replace(/^\.\//, '') }),
    };
  });
  const word = (cell(mapping.kind) ?? '').toLowerCase();
  const named = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  const text = mapping.text
    .map((i) => cells[i] ?? '')
    .filter((one) => one.trim() !== '')
    .join('\n');
  return {
    kind: named ?? (attachments.length > 0 ? 'media' : 'text'),
    sender: named === 'system' ? null : cell(mapping.sender),
    time: readGenericTime(when, mapping) ?? noTime,
    text,
    conversation: cell(mapping.conversation),
    nativeId: cell(mapping.id),
    attachments,
  };
}

export type GenericSample = Pick<GenericRecord, 'kind' | 'sender' | 'text' | 'conversation'> & { readonly local: ChatRecord['local'] | null };

/** What a sample record becomes: a time that cannot be read is null. */
export function readSample(cells: readonly string[], mapping: ColumnMapping): GenericSample {
  const { kind, sender, text, conversation, time } = readGenericRecord(cells, mapping, () => 'missing');
  return { kind, sender, text, conversation, local: time === noTime ? null : time.local };
}
