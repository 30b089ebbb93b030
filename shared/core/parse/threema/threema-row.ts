// One row of Threema's messages: what it says, with what, whether it went out. FORMATS: section 1.8; names of columns as the app's backup has them.
import type { AttachmentRef, CallOutcome, ChatRecord, RecordKind } from '#core/model/chat.ts';
import { noTime, type RecordTime, readEpochMs } from '../exact-time.ts';
import { readIsoTime } from '../iso-time.ts';
import { readJson } from '../json-pieces.ts';
import { isObject, stringOf } from '../json-value.ts';
import { attachmentKind, type FindPresence } from '../whatsapp/attachment.ts';

export type ThreemaFields = ReadonlyMap<string, string>;

export interface ThreemaRow {
  readonly kind: RecordKind;
  /** Threema id of the one who says it; null: the other party of the conversation, or the owner. */
  readonly identity: string | null;
  readonly outgoing: boolean;
  readonly time: RecordTime;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly status: NonNullable<ChatRecord['status']> | null;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly call: { readonly outcome: CallOutcome } | null;
  readonly id: string | null;
  readonly answers: string | null;
  readonly known: boolean;
}

const mediaTypes: Readonly<Record<string, AttachmentRef['kind']>> = { IMAGE: 'image', VIDEO: 'video', VOICEMESSAGE: 'audio', FILE: 'document' };
const statusTypes: ReadonlySet<string> = new Set(['GROUP_CALL_STATUS', 'GROUP_STATUS', 'DATE_SEPARATOR', 'STATUS']);
const otherTypes: ReadonlySet<string> = new Set(['TEXT', 'LOCATION', 'CONTACT', 'BALLOT', 'VOIP_STATUS', '']);

export function readThreemaRow(fields: ThreemaFields, presence: FindPresence): ThreemaRow {
  const given = (name: string) => {
    const value = fields.get(name) ?? '';
    return value === '' || value === 'null' ? null : value;
  };
  const type = (given('type') ?? '').toUpperCase();
  const body = fields.get('body') ?? '';
  const isStatus = isYes(fields.get('isstatusmessage')) || statusTypes.has(type);
  const media = Object.hasOwn(mediaTypes, type) ? mediaTypes[type] : undefined;
  const file = media === undefined ? null : fileOf(body);
  const caption = given('caption') ?? file?.caption ?? null;
  const words = media === undefined ? wordsOf(type, body) : (caption ?? '');
  return {
    kind: isStatus ? 'system' : media !== undefined ? 'media' : kindOf(type),
    identity: given('identity'),
    outgoing: isYes(fields.get('isoutbox')),
    time: timeOf(given('posted_at')) ?? timeOf(given('created_at')) ?? noTime,
    text: words,
    attachments: media === undefined ? [] : [attachmentOf(media, file, given('uid'), presence)],
    status: statusOf(given('messagestae') ?? given('messagestate')),
    edited: given('edited_at') !== null,
    deleted: given('deleted_at') !== null,
    call: type === 'VOIP_STATUS' ? { outcome: callOutcome(body) } : null,
    id: given('apiid') ?? given('uid'),
    answers: given('quoted_message_apiid'),
    known: media !== undefined || otherTypes.has(type) || statusTypes.has(type),
  };
}

function isYes(value: string | undefined): boolean {
  return value === '1' || value?.toLowerCase() === 'true';
}

/** Milliseconds in the app's own backups; ISO where another tool wrote them. */
function timeOf(written: string | null): RecordTime | null {
  if (written === null) return null;
  return /^\d{10,14}$/.test(written) ? readEpochMs(Number(written) * (written.length === 10 ? 1000 : 1)) : readIsoTime(written, 'Europe/Amsterdam');
}

function kindOf(type: string): RecordKind {
  if (type === 'LOCATION') return 'location';
  if (type === 'CONTACT') return 'contact';
  if (type === 'BALLOT') return 'poll';
  return type === 'VOIP_STATUS' ? 'call' : 'text';
}

/** Bodies of other kinds than text are lists in JSON. */
function wordsOf(type: string, body: string): string {
  if (type === 'LOCATION') {
    const place = readJson(body);
    return Array.isArray(place) ? place.map(stringOf).filter(Boolean).join(', ') : body;
  }
  if (type === 'BALLOT') return 'Peiling';
  return type === 'VOIP_STATUS' ? 'Spraakoproep' : body;
}

interface ThreemaFile {
  readonly name: string | null;
  readonly mediaType: string | null;
  readonly fetched: boolean;
  readonly caption: string | null;
}

/** `[blob, key, media type, size, name, rendering, downloaded, caption, …]`; older kinds name nothing. */
function fileOf(body: string): ThreemaFile | null {
  const list = readJson(body);
  if (!Array.isArray(list)) return null;
  const [, , mediaType, , name, , fetched, caption] = list;
  const type = stringOf(mediaType);
  if (type === null || !/^[\w.+-]+\/[\w.+-]+$/.test(type)) return null;
  return { mediaType: type, name: stringOf(name), fetched: fetched !== false, caption: stringOf(caption) };
}

/** In the backup a file lies under the number of its message. */
function attachmentOf(kind: AttachmentRef['kind'], file: ThreemaFile | null, uid: string | null, presence: FindPresence): AttachmentRef {
  const paths = uid === null ? [] : [`message_media_${uid}`, `group_message_media_${uid}`];
  const path = paths.find((one) => presence(one) === 'present');
  const name = file?.name ?? '';
  const isThere = path !== undefined || (name !== '' && presence(name) === 'present');
  const family = file?.mediaType?.split('/')[0];
  const byType = family === 'image' || family === 'video' || family === 'audio' ? family : null;
  return {
    name: name === '' && path !== undefined ? path : name,
    presence: isThere ? 'present' : 'missing',
    ...(!isThere && file?.fetched === false ? ({ absence: 'never-downloaded' } as const) : {}),
    kind: kind === 'document' ? (byType ?? (name === '' ? 'document' : attachmentKind(name))) : kind,
    ...(path === undefined ? {} : { path }),
    ...(file?.mediaType == null ? {} : { mediaType: file.mediaType }),
  };
}

function statusOf(state: string | null): NonNullable<ChatRecord['status']> | null {
  if (state === 'SENDFAILED' || state === 'FS_KEY_MISMATCH') return 'failed';
  return state === 'PENDING' || state === 'SENDING' ? 'pending' : null;
}

/** `[1,{"status":2,…}]`: missed 1, finished 2, rejected 3, aborted 4. */
function callOutcome(body: string): CallOutcome {
  const list = readJson(body);
  const fields: unknown = Array.isArray(list) ? list[1] : null;
  const status = isObject(fields) ? stringOf(fields['status']) : null;
  return status === '1' || status === '4' ? 'missed' : status === '2' ? 'answered' : status === '3' ? 'rejected' : 'unknown';
}

const fileTypes: ReadonlySet<string> = new Set(Object.keys(mediaTypes));

/** The key that a file was sent under stands in its row: 32 bytes in hex. It is no part of what was said (decision 0011). */
export function withoutThreemaSecrets(raw: string, type: string): { readonly text: string; readonly removed: number } {
  if (!fileTypes.has(type.toUpperCase())) return { text: raw, removed: 0 };
  let removed = 0;
  const text = raw.replace(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gi, () => {
    removed++;
    return '…';
  });
  return { text, removed };
}
