// One event of rsmf_manifest.json → what it says, when, with what. RSMF 1.0 and 2.0; FORMATS: section 1.7.
import type { AttachmentRef, Reaction, RecordKind, Revision } from '#core/model/chat.ts';
import { noTime, type RecordTime } from '../exact-time.ts';
import { readIsoTime } from '../iso-time.ts';
import { isObject, type Json, listOf, wordsOf } from '../json-value.ts';
import { attachmentKind, type FindPresence } from '../whatsapp/attachment.ts';
import { eventOf, eventText } from './event-text.nl.ts';

export interface ReadEvent {
  readonly kind: RecordKind;
  readonly sender: string | null;
  readonly time: RecordTime;
  readonly direction: 'incoming' | 'outgoing' | null;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly reactions: readonly Reaction[];
  readonly revisions: readonly Revision[];
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly system: { readonly event: string; readonly actor?: string } | null;
  readonly id: string | null;
  readonly parent: string | null;
  readonly conversation: string;
  /** Of no type that we know, or a message without anybody who says it. */
  readonly strange: boolean;
}

export function conversationOf(event: Json): string {
  return wordsOf(event['conversation']) ?? '';
}

/** `label`: what a participant's id is called. */
export function readEvent(event: Json, label: (id: string) => string, presence: FindPresence): ReadEvent {
  const type = wordsOf(event['type']) ?? '';
  const id = wordsOf(event['participant']);
  const who = id === null ? null : label(id);
  const body = typeof event['body'] === 'string' ? event['body'] : '';
  const notice = eventOf[type] ?? null;
  const isMessage = type === 'message';
  const attachments = attachmentsOf(event, presence);
  const edits = listOf(event['edits']).filter(isObject);
  const written = wordsOf(event['timestamp']);
  const direction = event['direction'];
  return {
    kind: notice !== null ? 'system' : !isMessage ? 'unknown' : attachments.length > 0 ? 'media' : 'text',
    sender: notice === null ? who : null,
    time: (written === null ? null : readIsoTime(written, 'Europe/Amsterdam')) ?? noTime,
    direction: direction === 'incoming' || direction === 'outgoing' ? direction : null,
    text: body === '' && notice !== null ? eventText(type, who) : body,
    attachments,
    reactions: reactionsOf(event, label),
    revisions: revisionsOf(event, edits, body),
    edited: edits.length > 0,
    deleted: event['deleted'] === true,
    system: notice === null ? null : { event: notice, ...(who === null ? {} : { actor: who }) },
    id: wordsOf(event['id']),
    parent: wordsOf(event['parent']),
    conversation: conversationOf(event),
    strange: (notice === null && !isMessage) || (isMessage && who === null),
  };
}

/** The id is the file's name beside the manifest; `display` is what people see. */
function attachmentsOf(event: Json, presence: FindPresence): readonly AttachmentRef[] {
  return listOf(event['attachments']).flatMap((one): AttachmentRef[] => {
    const id = isObject(one) ? wordsOf(one['id']) : null;
    if (!isObject(one) || id === null) return [];
    const name = wordsOf(one['display']) ?? id;
    const base = id.slice(id.lastIndexOf('/') + 1);
    const kind = attachmentKind(name);
    return [{ name, presence: presence(base), kind: kind === 'unknown' ? attachmentKind(base) : kind, ...(id === name ? {} : { path: id }) }];
  });
}

function reactionsOf(event: Json, label: (id: string) => string): readonly Reaction[] {
  return listOf(event['reactions']).flatMap((one): Reaction[] => {
    if (!isObject(one)) return [];
    const emoji = wordsOf(one['value']) ?? '';
    const named = listOf(one['participants']).flatMap((who): Reaction[] => {
      const id = wordsOf(who);
      return id === null ? [] : [{ emoji, sender: label(id) }];
    });
    const count = typeof one['count'] === 'number' && Number.isSafeInteger(one['count']) ? one['count'] : named.length;
    const rest = Math.max(count - named.length, named.length === 0 ? 1 : 0);
    return rest === 0 ? named : [...named, { emoji, sender: null, ...(rest === 1 ? {} : { count: rest }) }];
  });
}

/** What stood there before. Where edits do not say it, exporters put it in custom values named `Edit1`, `Edit2`. */
function revisionsOf(event: Json, edits: readonly Json[], body: string): readonly Revision[] {
  const earlier = edits.flatMap((edit): string[] => (typeof edit['previous'] === 'string' ? [edit['previous']] : []));
  const custom = listOf(event['custom']).flatMap((one): string[] =>
    isObject(one) && /^Edit ?\d+$/i.test(wordsOf(one['name']) ?? '') && typeof one['value'] === 'string' ? [one['value']] : [],
  );
  const texts = earlier.length > 0 ? earlier : custom;
  return texts.filter((text) => text !== '' && text !== body).map((text) => ({ text }));
}
