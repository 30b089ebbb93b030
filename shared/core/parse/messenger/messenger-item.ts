// One message of a Messenger or Instagram export → what it says, when, with what. Two shapes: the download of an account
// (`sender_name`, texts as bytes) and that of end-to-end encrypted chats (`senderName`, texts as they are). FORMATS: section 1.8.
import type { AttachmentRef, CallOutcome, Reaction, RecordKind } from '#core/model/chat.ts';
import { noTime, type RecordTime, readEpochMs } from '../exact-time.ts';
import { isObject, type Json, listOf } from '../json-value.ts';
import { attachmentKind, type FindPresence } from '../whatsapp/attachment.ts';
import { readMetaText } from './meta-text.ts';

export interface ReadMessage {
  readonly kind: RecordKind;
  readonly sender: string | null;
  readonly time: RecordTime;
  /** The number was no time in the unit that belongs here. */
  readonly unitAssumed: boolean;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly reactions: readonly Reaction[];
  readonly call: { readonly outcome: CallOutcome; readonly seconds?: number } | null;
  readonly system: { readonly event: string; readonly target?: string } | null;
  readonly unsent: boolean;
  /** Says nothing at all: the export leaves out what it cannot show. */
  readonly empty: boolean;
  readonly strange: boolean;
  /** Texts that were written as bytes and are repaired; texts beyond ASCII that were not written so. */
  readonly repaired: number;
  readonly kept: number;
}

export function readMessage(item: Json, presence: FindPresence): ReadMessage {
  const asBytes = item['senderName'] === undefined;
  let repaired = 0;
  let kept = 0;

  /** Null for what is no text, and for none. */
  function textOf(value: unknown): string | null {
    if (typeof value !== 'string' || value === '') return null;
    if (!asBytes) return value;
    const { text, found } = readMetaText(value);
    if (found === 'repaired') repaired++;
    if (found === 'kept') kept++;
    return text;
  }

  const sender = textOf(item[asBytes ? 'sender_name' : 'senderName']);
  const type = typeof item['type'] === 'string' ? item['type'] : '';
  const { time, unitAssumed } = timeOf(item[asBytes ? 'timestamp_ms' : 'timestamp'] ?? item['timestamp']);
  const attachments = attachmentsOf(item, presence, textOf);
  const call = type === 'Call' || item['call_duration'] !== undefined ? callOf(item) : null;
  const users = listOf(item['users']).filter(isObject);
  const moved = type === 'Subscribe' ? 'member-added' : type === 'Unsubscribe' ? 'member-removed' : null;
  const target = users.map((user) => textOf(user['name']) ?? '').filter((name) => name !== '');
  const text = [textOf(item[asBytes ? 'content' : 'text']), ...sharedOf(item, textOf)].filter((part) => part !== null && part !== '').join('\n');
  const unsent = item['is_unsent'] === true || item['isUnsent'] === true;
  const empty = text === '' && attachments.length === 0 && call === null && moved === null && !unsent;
  const reactions = listOf(item['reactions']).flatMap((one): Reaction[] =>
    isObject(one) ? [{ emoji: textOf(one['reaction']) ?? '', sender: textOf(one['actor']) }] : [],
  );
  const kind: RecordKind =
    moved !== null ? 'system' : call !== null ? 'call' : empty || sender === null ? 'unknown' : attachments.length === 0 ? 'text' : kindOf(attachments);
  return {
    kind,
    sender: moved === null ? sender : null,
    time,
    unitAssumed,
    text,
    attachments,
    reactions,
    call,
    system:
      moved === null ? null : { event: moved, ...(sender === null ? {} : { actor: sender }), ...(target.length === 0 ? {} : { target: target.join(', ') }) },
    unsent,
    empty,
    strange: sender === null,
    repaired,
    kept,
  };
}

function timeOf(value: unknown): { readonly time: RecordTime; readonly unitAssumed: boolean } {
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^\d{1,17}$/.test(value) ? Number(value) : null;
  if (number === null || number === 0) return { time: noTime, unitAssumed: false };
  const time = readEpochMs(number);
  if (time !== null) return { time, unitAssumed: false };
  const seconds = readEpochMs(number * 1000);
  return { time: seconds === null ? noTime : { ...seconds, certainty: 'assumed' }, unitAssumed: seconds !== null };
}

/** What was passed on, where it does not stand in the text already. */
function sharedOf(item: Json, textOf: (value: unknown) => string | null): readonly (string | null)[] {
  const share = item['share'];
  if (!isObject(share)) return [];
  const content = typeof item['content'] === 'string' ? item['content'] : '';
  const link = textOf(share['link']);
  return [textOf(share['share_text']), textOf(share['original_content_owner']), link !== null && content.includes(link) ? null : link];
}

const mediaLists: Readonly<Record<string, AttachmentRef['kind'] | null>> = {
  photos: 'image',
  videos: 'video',
  audio_files: 'audio',
  gifs: 'gif',
  files: null,
  media: null,
};

function attachmentsOf(item: Json, presence: FindPresence, textOf: (value: unknown) => string | null): readonly AttachmentRef[] {
  const found: AttachmentRef[] = [];
  const add = (one: unknown, kind: AttachmentRef['kind'] | null) => {
    const uri = isObject(one) ? textOf(one['uri']) : null;
    if (uri === null) return;
    const name = uri.slice(uri.lastIndexOf('/') + 1);
    // An address on the internet: the export holds no file.
    const remote = /^https?:/i.test(uri);
    const path = remote ? name : pathOf(uri);
    found.push({
      name: remote ? '' : name,
      ...(remote ? ({ presence: 'omitted', absence: 'remote-only' } as const) : { presence: presence(name) }),
      kind: kind ?? attachmentKind(name),
      ...(path === name ? {} : { path }),
    });
  };
  for (const [key, kind] of Object.entries(mediaLists)) for (const one of listOf(item[key])) add(one, kind);
  add(item['sticker'], 'sticker');
  return found;
}

/** `…/messages/inbox/sanne_123/photos/1.jpg` → `photos/1.jpg`, seen from the chat's own folder. */
function pathOf(uri: string): string {
  return /(?:^|\/)messages\/(?:inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover)\/[^/]+\/(.+)$/.exec(uri)?.[1] ?? uri.replace(/^\.\//, '');
}

function kindOf(attachments: readonly AttachmentRef[]): RecordKind {
  return attachments.every(({ kind }) => kind === 'sticker') ? 'sticker' : 'media';
}

function callOf(item: Json): NonNullable<ReadMessage['call']> {
  const seconds = typeof item['call_duration'] === 'number' ? item['call_duration'] : null;
  const outcome: CallOutcome = item['missed'] === true ? 'missed' : seconds !== null && seconds > 0 ? 'answered' : 'unknown';
  return { outcome, ...(seconds === null || seconds === 0 ? {} : { seconds }) };
}
