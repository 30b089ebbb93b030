// One `chatItem` of Signal's own export: what it says, with what, in answer to what. FORMATS: section 1.3 (a).
import type { AttachmentRef, ChatRecord, Reaction, RecordKind, Revision } from '#core/model/chat.ts';
import { type RecordTime, readEpochMs } from '../exact-time.ts';
import { isObject, type Json, listOf, stringOf } from '../json-value.ts';
import { readPointer, type SignalFiles } from './signal-files.ts';
import type { SignalPeople } from './signal-people.ts';
import { type SignalNotice, signalNotice } from './signal-updates.nl.ts';

export interface SignalSaid {
  readonly kind: RecordKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly reactions: readonly Reaction[];
  readonly quote: { readonly author: string | null; readonly sentMs: string | null; readonly text: string | null } | null;
  readonly deleted?: NonNullable<ChatRecord['deleted']>;
  /** Of a message that an administrator took away. */
  readonly deletedBy?: string;
  readonly notice?: SignalNotice;
  /** A long text of which the rest stands in a file. */
  readonly continues: boolean;
  /** Nothing that we know. */
  readonly strange: boolean;
}

export interface SignalContext {
  readonly people: SignalPeople;
  readonly files: SignalFiles;
}

export function objectOf(value: unknown): Json | null {
  return isObject(value) ? value : null;
}

const nothing: SignalSaid = { kind: 'text', text: '', attachments: [], reactions: [], quote: null, continues: false, strange: false };

export function readChatItem(item: Json, context: SignalContext): SignalSaid {
  const { people, files } = context;
  const message = objectOf(item['standardMessage']);
  if (message !== null) return standard(message, context);
  const update = objectOf(item['updateMessage']);
  if (update !== null) {
    const author = people.label(stringOf(item['authorId']));
    const notice = signalNotice(update, { author, service: people.labelOfService, recipient: people.label });
    return { ...nothing, kind: notice.call === undefined ? 'system' : 'call', text: notice.text, notice };
  }
  if (item['remoteDeletedMessage'] !== undefined) return { ...nothing, deleted: 'by-sender' };
  const byAdmin = objectOf(item['adminDeletedMessage']);
  if (byAdmin !== null) return { ...nothing, deleted: 'by-admin', deletedBy: people.label(stringOf(byAdmin['adminId'])) };
  const contact = objectOf(item['contactMessage']);
  if (contact !== null) return { ...nothing, kind: 'contact', text: contactText(objectOf(contact['contact'])), reactions: reactionsOf(contact, people) };
  const sticker = objectOf(item['stickerMessage']);
  if (sticker !== null) {
    const emoji = stringOf(objectOf(sticker['sticker'])?.['emoji']) ?? '';
    return { ...nothing, kind: 'sticker', text: emoji, reactions: reactionsOf(sticker, people) };
  }
  const poll = objectOf(item['poll']);
  if (poll !== null) return { ...nothing, kind: 'poll', text: pollText(poll, people), reactions: reactionsOf(poll, people) };
  const once = objectOf(item['viewOnceMessage']);
  if (once !== null) {
    const file = objectOf(once['attachment']);
    const attachment = file === null ? viewed : { ...readPointer(file, files), presence: 'omitted' as const, absence: 'cleared' as const };
    return { ...nothing, kind: 'media', attachments: [attachment], reactions: reactionsOf(once, people) };
  }
  const story = objectOf(item['directStoryReplyMessage']);
  if (story !== null) {
    const reply = objectOf(story['textReply']);
    const body = reply === null ? null : (stringOf(objectOf(reply['text'])?.['body']) ?? null);
    return { ...nothing, text: body ?? stringOf(story['emoji']) ?? '', reactions: reactionsOf(story, people), continues: reply?.['longText'] !== undefined };
  }
  const payment = objectOf(item['paymentNotification']);
  if (payment !== null) {
    const amount = stringOf(payment['amountMob']);
    return { ...nothing, text: lines(['Betaling', amount === null ? null : `${amount} MOB`, stringOf(payment['note'])]) };
  }
  if (item['giftBadge'] !== undefined) return { ...nothing, text: 'Gift aan Signal namens een ander' };
  return { ...nothing, kind: 'unknown', strange: true };
}

/** A file that may be seen once is never in the export. */
const viewed: AttachmentRef = { name: '', presence: 'omitted', absence: 'cleared', kind: 'unknown' };

function lines(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n');
}

function standard(message: Json, { people, files }: SignalContext): SignalSaid {
  const text = objectOf(message['text']);
  const attached = listOf(message['attachments']).filter(isObject);
  const captions = attached.map((one) => stringOf(objectOf(one['pointer'])?.['caption']));
  const previews = listOf(message['linkPreview']).filter(isObject);
  const shown = previews.flatMap((preview) => [stringOf(preview['title']), stringOf(preview['description'])]);
  const long = objectOf(message['longText']);
  const attachments = attached.map((one) => readPointer(one, files));
  const rest = long === null ? [] : [{ ...readPointer({ pointer: long }, files), kind: 'document' as const }];
  return {
    ...nothing,
    kind: attachments.length > 0 ? 'media' : 'text',
    text: lines([bodyOf(text, people), ...captions, ...shown]),
    attachments: [...attachments, ...rest],
    reactions: reactionsOf(message, people),
    quote: quoteOf(objectOf(message['quote']), people),
    continues: long !== null,
  };
}

/** A mention is a placeholder character in the text, with beside it who is meant. */
function bodyOf(text: Json | null, people: SignalPeople): string {
  const body = stringOf(text?.['body']) ?? '';
  const mentions = listOf(text?.['bodyRanges'])
    .filter(isObject)
    .flatMap((range) => {
      const name = people.labelOfService(stringOf(range['mentionAci']));
      return name === null ? [] : [{ name, start: Number(stringOf(range['start']) ?? 0), length: Number(stringOf(range['length']) ?? 0) }];
    })
    .filter(({ start, length }) => length === 1 && body[start] === '\ufffc')
    .sort((a, b) => a.start - b.start);
  let at = 0;
  let whole = '';
  for (const { name, start } of mentions) {
    if (start < at) continue;
    whole += `${body.slice(at, start)}@${name}`;
    at = start + 1;
  }
  return whole + body.slice(at);
}

function quoteOf(quote: Json | null, people: SignalPeople): SignalSaid['quote'] {
  if (quote === null) return null;
  const sent = stringOf(quote['targetSentTimestamp']);
  const body = bodyOf(objectOf(quote['text']), people);
  const names = listOf(quote['attachments'])
    .filter(isObject)
    .map((one) => stringOf(one['fileName']));
  const text = lines([body, ...names]);
  return { author: stringOf(quote['authorId']), sentMs: sent === '0' ? null : sent, text: text === '' ? null : text };
}

function reactionsOf(message: Json, people: SignalPeople): readonly Reaction[] {
  return listOf(message['reactions'])
    .filter(isObject)
    .map((one) => ({ emoji: stringOf(one['emoji']) ?? '', sender: people.label(stringOf(one['authorId'])) }));
}

function pollText(poll: Json, people: SignalPeople): string {
  const options = listOf(poll['options'])
    .filter(isObject)
    .map((option) => {
      const voters = listOf(option['votes'])
        .filter(isObject)
        .map((vote) => people.label(stringOf(vote['voterId'])));
      return `- ${stringOf(option['option']) ?? ''}${voters.length === 0 ? '' : ` (${voters.join(', ')})`}`;
    });
  return lines([stringOf(poll['question']), ...options, poll['hasEnded'] === true ? 'De peiling is beëindigd.' : null]);
}

function contactText(contact: Json | null): string {
  const name = objectOf(contact?.['name']);
  const names = ['prefix', 'givenName', 'middleName', 'familyName', 'suffix'].map((key) => stringOf(name?.[key])).filter((part) => part !== null);
  const values = (key: string) =>
    listOf(contact?.[key])
      .filter(isObject)
      .map((one) => stringOf(one['value']));
  const addresses = listOf(contact?.['address'])
    .filter(isObject)
    .map((one) => lines(['street', 'postcode', 'city', 'region', 'country'].map((key) => stringOf(one[key]))).replaceAll('\n', ', '));
  return lines([names.join(' '), stringOf(contact?.['organization']), ...values('number'), ...values('email'), ...addresses]);
}

/** Signal keeps the newest version on top and the older ones under it. */
export function readRevisions(item: Json, context: SignalContext): readonly Revision[] {
  return listOf(item['revisions'])
    .filter(isObject)
    .map((older) => {
      const { text } = readChatItem(older, context);
      const sent = sentTime(older)?.instant;
      return sent === undefined ? { text } : { text, sentInstant: sent };
    })
    .sort((a, b) => (a.sentInstant === undefined || b.sentInstant === undefined ? 0 : a.sentInstant < b.sentInstant ? -1 : 1));
}

/** An answer names a message by when it was first sent, whatever became of it. */
export function earlierMoments(item: Json): readonly (string | null)[] {
  return listOf(item['revisions'])
    .filter(isObject)
    .map((older) => stringOf(older['dateSent']));
}

export function sentTime(item: Json): RecordTime | null {
  return readEpochMs(Number(stringOf(item['dateSent']) ?? Number.NaN));
}

/** It never went out to anybody, or of that nothing is known yet. */
export function statusOf(outgoing: Json | null): ChatRecord['status'] | null {
  const states = listOf(outgoing?.['sendStatus']).filter(isObject);
  if (states.length === 0) return null;
  if (states.every((state) => state['failed'] !== undefined)) return 'failed';
  return states.every((state) => state['pending'] !== undefined) ? 'pending' : null;
}
