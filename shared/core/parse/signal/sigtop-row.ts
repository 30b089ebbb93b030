// A row of Signal Desktop's database as `sigtop export-messages -f json` writes it: what it says. People are numbers or service ids there.
import type { AttachmentRef, ChatRecord, Reaction, RecordKind, Revision } from '#core/model/chat.ts';
import { noTime, type RecordTime, readEpochMs } from '../exact-time.ts';
import { isObject, type Json, listOf, stringOf } from '../json-value.ts';
import type { FindPresence } from '../whatsapp/attachment.ts';
import { kindOf } from './signal-files.ts';
import { objectOf } from './signal-item.ts';
import { timerWords } from './signal-updates.nl.ts';
import { noticeOfType, type SigtopNotice } from './sigtop-notices.nl.ts';

export interface SigtopRow {
  readonly kind: RecordKind;
  /** Null: the owner of this Signal Desktop, or nobody is named. */
  readonly source: string | null;
  readonly direction: 'incoming' | 'outgoing' | null;
  readonly time: RecordTime;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly reactions: readonly Reaction[];
  readonly revisions: readonly Revision[];
  readonly quote: { readonly sentMs: string | null; readonly author: string | null; readonly text: string | null } | null;
  readonly deleted: NonNullable<ChatRecord['deleted']> | null;
  readonly system: NonNullable<ChatRecord['system']> | null;
  readonly sentMs: string | null;
  readonly timer: boolean;
  /** A message in which nothing was found that could be read (sigtop#85: the text moved elsewhere in the database). */
  readonly empty: boolean;
  readonly known: boolean;
}

export function readSigtopRow(row: Json, presence: FindPresence): SigtopRow {
  const type = stringOf(row['type']) ?? '';
  const isMessage = type === 'incoming' || type === 'outgoing' || type === 'story';
  const timer = objectOf(row['expirationTimerUpdate']);
  const notice = isMessage && timer === null ? null : noticeOf(type, timer);
  const attachments = listOf(row['attachments'])
    .filter(isObject)
    .map((one) => attachmentOf(one, presence));
  const sticker = objectOf(row['sticker']);
  const poll = objectOf(row['poll']);
  const contacts = listOf(row['contact']).filter(isObject);
  const text = lines([mentioned(row), stringOf(sticker?.['emoji']), ...contacts.map(contactText), poll === null ? null : pollText(poll), ...previewsOf(row)]);
  const sentMs = stringOf(row['sent_at']) ?? stringOf(row['timestamp']);
  const deleted = deletionOf(row);
  return {
    kind: notice !== null ? (type === 'call-history' ? 'call' : 'system') : kindOfRow(row, attachments),
    source: type === 'outgoing' ? null : (stringOf(row['source']) ?? serviceOf(row)),
    direction: type === 'outgoing' ? 'outgoing' : type === 'incoming' ? 'incoming' : null,
    time: readEpochMs(Number(sentMs ?? Number.NaN)) ?? receivedTime(row),
    text: lines([notice?.text ?? null, text]),
    attachments:
      row['isViewOnce'] === true && attachments.length === 0 ? [{ name: '', presence: 'omitted', absence: 'cleared', kind: 'unknown' }] : attachments,
    reactions: listOf(row['reactions'])
      .filter(isObject)
      .map((one) => ({ emoji: stringOf(one['emoji']) ?? '', sender: stringOf(one['fromId']) })),
    revisions: revisionsOf(row),
    quote: quoteOf(objectOf(row['quote'])),
    deleted,
    system: notice?.event ?? null,
    sentMs,
    timer: Number(stringOf(row['expireTimer']) ?? '0') > 0 || notice?.event.event === 'timer-on',
    empty: isMessage && text === '' && attachments.length === 0 && deleted === null && row['isViewOnce'] !== true && row['storyReaction'] === undefined,
    known: notice === null || notice.known,
  };
}

function lines(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n');
}

function serviceOf(row: Json): string | null {
  return stringOf(row['sourceServiceId']) ?? stringOf(row['sourceUuid']);
}

/** Without a moment of sending: when it came in, which is near it. */
function receivedTime(row: Json): RecordTime {
  const received = readEpochMs(Number(stringOf(row['received_at_ms']) ?? stringOf(row['serverTimestamp']) ?? Number.NaN));
  return received === null ? noTime : { ...received, certainty: 'assumed' };
}

function noticeOf(type: string, timer: Json | null): SigtopNotice {
  if (timer !== null || type === 'timer-notification') {
    const seconds = Number(stringOf(timer?.['expireTimer']) ?? '0');
    return seconds > 0
      ? { event: { event: 'timer-on' }, text: `Berichten verdwijnen na ${timerWords(seconds * 1000)}`, known: true }
      : { event: { event: 'timer-off' }, text: 'Berichten verdwijnen niet meer', known: true };
  }
  return noticeOfType(type);
}

function kindOfRow(row: Json, attachments: readonly AttachmentRef[]): RecordKind {
  if (isObject(row['poll'])) return 'poll';
  if (isObject(row['sticker'])) return 'sticker';
  if (listOf(row['contact']).length > 0) return 'contact';
  return attachments.length > 0 || row['isViewOnce'] === true ? 'media' : 'text';
}

function deletionOf(row: Json): NonNullable<ChatRecord['deleted']> | null {
  if (row['deletedForEveryone'] !== true) return null;
  return Object.keys(row).some((key) => /^deletedForEveryoneByAdmin/.test(key) && row[key] !== null) ? 'by-admin' : 'by-sender';
}

const voice = 1;
const gif = 8;

function attachmentOf(one: Json, presence: FindPresence): AttachmentRef {
  const name = stringOf(one['fileName']) ?? '';
  const mediaType = stringOf(one['contentType']) ?? '';
  const flags = Number(stringOf(one['flags']) ?? '0');
  const flag = (flags & voice) > 0 ? 'VOICE_MESSAGE' : (flags & gif) > 0 ? 'GIF' : null;
  const gone = one['error'] === true || one['pending'] === true || one['path'] === undefined;
  const found = name === '' ? 'missing' : presence(name);
  return {
    name,
    ...(found === 'present'
      ? ({ presence: 'present' } as const)
      : gone
        ? ({ presence: 'omitted', absence: 'never-downloaded' } as const)
        : ({ presence: 'missing' } as const)),
    kind: kindOf(flag, mediaType, name),
    ...(mediaType === '' ? {} : { mediaType }),
  };
}

/** The placeholder of a mention becomes the name that the row gives it. */
function mentioned(row: Json): string {
  const body = stringOf(row['body']) ?? '';
  const ranges = listOf(row['bodyRanges']).filter(isObject);
  const names = new Map(ranges.map((range) => [Number(stringOf(range['start']) ?? Number.NaN), stringOf(range['replacementText'])]));
  return body.replace(/\ufffc/g, (placeholder, at: number) => {
    const name = names.get(at);
    return name === undefined || name === null ? placeholder : `@${name}`;
  });
}

/** Newest first in the row, and the newest is the message itself. */
function revisionsOf(row: Json): readonly Revision[] {
  return listOf(row['editHistory'])
    .filter(isObject)
    .slice(1)
    .reverse()
    .map((version) => {
      const sent = readEpochMs(Number(stringOf(version['timestamp']) ?? Number.NaN))?.instant;
      return { text: stringOf(version['body']) ?? '', ...(sent === undefined ? {} : { sentInstant: sent }) };
    });
}

function quoteOf(quote: Json | null): SigtopRow['quote'] {
  if (quote === null) return null;
  const text = stringOf(quote['text']);
  return {
    sentMs: stringOf(quote['id']),
    author: stringOf(quote['author']) ?? stringOf(quote['authorAci']) ?? stringOf(quote['authorUuid']),
    text: text === '' ? null : text,
  };
}

function previewsOf(row: Json): readonly (string | null)[] {
  return listOf(row['preview'])
    .filter(isObject)
    .flatMap((preview) => [stringOf(preview['title']), stringOf(preview['description'])]);
}

function contactText(contact: Json): string {
  const name = objectOf(contact['name']);
  const values = (key: string) =>
    listOf(contact[key])
      .filter(isObject)
      .map((one) => stringOf(one['value']));
  const given = lines([stringOf(name?.['givenName']), stringOf(name?.['familyName'])]).replaceAll('\n', ' ');
  return lines([given, stringOf(contact['organization']), ...values('number'), ...values('email')]);
}

function pollText(poll: Json): string {
  const votes = listOf(poll['votes']).filter(isObject);
  const options = listOf(poll['options']).map((option, at) => {
    const count = votes.filter((vote) => listOf(vote['optionIndexes']).includes(at)).length;
    return `- ${stringOf(option) ?? stringOf(objectOf(option)?.['option']) ?? ''}${count === 0 ? '' : ` (${count})`}`;
  });
  return lines([stringOf(poll['question']), ...options]);
}
