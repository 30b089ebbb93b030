// One item of a Telegram chat: message or service notice → what it says, when, with what. FORMATS: section 1.4.
import type { AttachmentRef, CallOutcome, Reaction, RecordKind } from '#core/model/chat.ts';
import { noTime, type RecordTime, readEpochMs, readWallTime } from '../exact-time.ts';
import { isObject, type Json, listOf, stringOf } from '../json-value.ts';
import { attachmentKind, type FindPresence } from '../whatsapp/attachment.ts';
import { type ServiceNotice, serviceNotice } from './service-text.nl.ts';

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export interface ReadItem {
  readonly kind: RecordKind;
  /** Null: a deleted account, or nobody is named. */
  readonly senderName: string | null;
  /** `user123`; before 2021 a bare number. */
  readonly senderId: string | null;
  readonly time: RecordTime;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly edited: boolean;
  readonly reactions: readonly Reaction[];
  readonly forwarded: { readonly from: string | null } | null;
  readonly call: { readonly outcome: CallOutcome; readonly seconds?: number } | null;
  readonly notice: ServiceNotice | null;
  readonly id: number | null;
  readonly replyTo: { readonly id: number; readonly elsewhere: boolean } | null;
  /** Neither message nor a notice that we know: the text is what could be read of it. */
  readonly strange: boolean;
}

export function readItem(item: Json, presence: FindPresence): ReadItem {
  const type = item['type'];
  const isCall = type === 'service' && item['action'] === 'phone_call';
  const isService = type === 'service' && !isCall;
  const notice = isService ? serviceNotice(item) : null;
  const who = isService || isCall ? 'actor' : 'from';
  const replied = numberOf(item['reply_to_message_id']);
  const attachments = isService ? [] : attachmentsOf(item, presence);
  return {
    kind: isService ? 'system' : isCall ? 'call' : kindOf(item, attachments),
    senderName: stringOf(item[who]),
    senderId: accountOf(item[`${who}_id`]),
    time: timeOf(item),
    text: notice?.text ?? joined([bodyOf(item), ...extrasOf(item)]),
    attachments,
    edited: isEdited(item),
    reactions: reactionsOf(item),
    forwarded: 'forwarded_from' in item ? { from: stringOf(item['forwarded_from']) } : null,
    call: isCall ? callOf(item) : null,
    notice,
    id: numberOf(item['id']),
    replyTo: replied === null ? null : { id: replied, elsewhere: item['reply_to_peer_id'] !== undefined },
    strange: type !== 'message' && type !== 'service',
  };
}

/** Numbers are written as text in newer exports; `user` is what they stood for. */
function accountOf(value: unknown): string | null {
  return typeof value === 'number' ? `user${value}` : typeof value === 'string' && value !== '' ? value : null;
}

/** `date_unixtime` decides; older exports have only the wall time of the computer that exported. */
function timeOf(item: Json): RecordTime {
  const seconds = numberOf(item['date_unixtime']);
  const exact = seconds === null ? null : readEpochMs(seconds * 1000);
  if (exact !== null) return exact;
  const wall = stringOf(item['date']);
  return (wall === null ? null : readWallTime(wall)) ?? noTime;
}

/** Old exports write 1970 for "never". */
function isEdited(item: Json): boolean {
  const seconds = numberOf(item['edited_unixtime']);
  if (seconds !== null) return seconds > 0;
  const wall = stringOf(item['edited']);
  return wall !== null && !wall.startsWith('1970-01-01');
}

/** Text is a string, or a row of strings and marked stretches; marks such as bold are left out. */
function bodyOf(item: Json): string {
  const entities = listOf(item['text_entities']);
  return plainOf(entities.length > 0 ? entities : item['text']);
}

function plainOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return listOf(value)
    .map((part) => (typeof part === 'string' ? part : isObject(part) ? stretchOf(part) : ''))
    .join('');
}

/** Where a word hides an address, the address was sent as well: it must be seen and found. */
function stretchOf(part: Json): string {
  const text = stringOf(part['text']) ?? '';
  const target = part['type'] === 'text_link' ? stringOf(part['href']) : null;
  return target === null || target === text ? text : `${text} (${target})`;
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n');
}

/** Words that stand elsewhere than in the text: a poll's question and answers, a contact, a place, a list of tasks. */
function extrasOf(item: Json): readonly (string | null)[] {
  const extras: (string | null)[] = [];
  const poll = item['poll'];
  if (isObject(poll)) {
    extras.push(plainOf(poll['question']));
    for (const answer of listOf(poll['answers'])) if (isObject(answer)) extras.push(`- ${plainOf(answer['text'])}`);
  }
  const contact = item['contact_information'];
  if (isObject(contact)) {
    const name = [contact['first_name'], contact['last_name']].map(stringOf).filter((part) => part !== null && part !== '');
    extras.push([...name, stringOf(contact['phone_number'])].filter((part) => part !== null && part !== '').join(' '));
  }
  const place = item['location_information'];
  extras.push(stringOf(item['place_name']), stringOf(item['address']));
  if (isObject(place)) extras.push(`${stringOf(place['latitude']) ?? ''}, ${stringOf(place['longitude']) ?? ''}`);
  const tasks = item['todo_list'];
  if (isObject(tasks)) {
    extras.push(plainOf(tasks['title']));
    for (const task of listOf(tasks['answers'] ?? tasks['items'])) if (isObject(task)) extras.push(`- ${plainOf(task['text'])}`);
  }
  for (const key of ['game_title', 'game_description']) extras.push(stringOf(item[key]));
  const invoice = item['invoice_information'];
  if (isObject(invoice)) extras.push(stringOf(invoice['title']), stringOf(invoice['description']));
  return extras;
}

const kindOfMedia: Readonly<Record<string, AttachmentRef['kind']>> = {
  sticker: 'sticker',
  video_message: 'video',
  video_file: 'video',
  voice_message: 'audio',
  audio_file: 'audio',
  animation: 'gif',
};

/** In place of a path: "(File not included. Change data exporting settings to download.)" and its like. */
function isPlaceholder(path: string): boolean {
  return path.startsWith('(') && path.endsWith(')') && !path.includes('/');
}

function attachmentsOf(item: Json, presence: FindPresence): readonly AttachmentRef[] {
  const found: AttachmentRef[] = [];
  const add = (value: unknown, kind: AttachmentRef['kind'], named: string | null, mediaType: string | null) => {
    const path = stringOf(value);
    if (path === null || path === '') return;
    const absent = isPlaceholder(path);
    const base = path.slice(path.lastIndexOf('/') + 1);
    found.push({
      name: absent ? (named ?? '') : base,
      presence: absent ? 'omitted' : presence(base),
      ...(absent && path.startsWith('(File unavailable') ? ({ absence: 'remote-only' } as const) : {}),
      kind,
      ...(absent ? {} : { path }),
      ...(mediaType === null ? {} : { mediaType }),
    });
  };
  add(item['photo'], 'image', null, null);
  const path = stringOf(item['file']);
  if (path !== null) {
    const media = kindOfMedia[stringOf(item['media_type']) ?? ''];
    const named = stringOf(item['file_name']);
    const mediaType = stringOf(item['mime_type']);
    const family = mediaType?.split('/')[0];
    const byType = family === 'image' || family === 'video' || family === 'audio' ? family : null;
    add(path, media ?? byType ?? attachmentKind(named ?? path), named, mediaType);
  }
  add(item['contact_vcard'], 'contact', null, 'text/vcard');
  return found;
}

function kindOf(item: Json, attachments: readonly AttachmentRef[]): RecordKind {
  if (item['type'] !== 'message') return 'unknown';
  if (item['poll'] !== undefined) return 'poll';
  if (item['contact_information'] !== undefined) return 'contact';
  if (item['location_information'] !== undefined) return 'location';
  if (item['media_type'] === 'sticker') return 'sticker';
  return attachments.length > 0 ? 'media' : 'text';
}

/** Those who reacted lately are named; the rest are only counted. */
function reactionsOf(item: Json): readonly Reaction[] {
  const reactions: Reaction[] = [];
  for (const one of listOf(item['reactions'])) {
    if (!isObject(one)) continue;
    const emoji = stringOf(one['emoji']) ?? stringOf(one['document_id']) ?? stringOf(one['type']) ?? '';
    const recent = listOf(one['recent']).filter(isObject);
    for (const { from } of recent) reactions.push({ emoji, sender: stringOf(from) });
    const rest = (numberOf(one['count']) ?? recent.length) - recent.length;
    if (rest > 0) reactions.push({ emoji, sender: null, ...(rest === 1 ? {} : { count: rest }) });
  }
  return reactions;
}

function callOf(item: Json): NonNullable<ReadItem['call']> {
  const seconds = numberOf(item['duration_seconds']);
  const reason = stringOf(item['discard_reason']);
  const outcome: CallOutcome =
    seconds !== null && seconds > 0 ? 'answered' : reason === 'missed' ? 'missed' : reason === 'busy' ? 'rejected' : reason === 'hangup' ? 'missed' : 'unknown';
  return { outcome, ...(seconds === null ? {} : { seconds }) };
}
