// A chatMessage of Microsoft Graph → what it says. FORMATS: section 1.6 (1). Times are UTC; the history of edits is not in it.
import type { AttachmentRef, Reaction, ReplyTo } from '#core/model/chat.ts';
import { noTime } from '../exact-time.ts';
import { readIsoTime } from '../iso-time.ts';
import { readJson } from '../json-pieces.ts';
import { type Json, listOf, objectOf, wordsOf } from '../json-value.ts';
import { attachmentKind, type FindPresence } from '../whatsapp/attachment.ts';
import { durationWords, type TeamsEvent, teamsEvent } from './event-text.nl.ts';
import { presenceOnline, readTeamsHtml, type TeamsBody } from './teams-html.ts';
import { joinedLines, type KnownName, reactionEmoji, type TeamsItem, type TeamsPerson } from './teams-item.ts';

export function isGraphItem(item: Json): boolean {
  return 'createdDateTime' in item && ('messageType' in item || 'body' in item);
}

export function readGraphItem(item: Json, presence: FindPresence, known: KnownName): TeamsItem {
  const detail = objectOf(item['eventDetail']);
  const eventKind = wordsOf(detail['@odata.type']);
  const body = objectOf(item['body']);
  const content = wordsOf(body['content']) ?? '';
  const isEvent = eventKind !== null || /^\s*<systemEventMessage\s*\/?>/i.test(content) || item['messageType'] === 'systemEventMessage';
  const read: TeamsBody = body['contentType'] === 'text' ? plain(content) : readTeamsHtml(isEvent ? '' : content, presence);
  const parts = listOf(item['attachments']).map((one) => attachmentOf(objectOf(one), presence));
  const files = [...parts.flatMap(({ files }) => files), ...read.attachments];
  const notice = isEvent ? eventOf(eventKind, detail, known) : null;
  const channel = objectOf(item['channelIdentity']);
  const replyToId = wordsOf(item['replyToId']);
  return {
    kind: notice !== null ? 'system' : files.length > 0 ? 'media' : 'text',
    sender: notice === null ? personOf(item['from']) : null,
    time: readIsoTime(wordsOf(item['createdDateTime']) ?? '', 'UTC') ?? noTime,
    text: notice?.text ?? joinedLines([wordsOf(item['subject']), read.text, ...parts.map(({ text }) => text), ...repliesOf(item, presence)]),
    attachments: files,
    edited: wordsOf(item['lastEditedDateTime']) !== null,
    deleted: wordsOf(item['deletedDateTime']) === null ? null : 'unknown',
    reactions: reactionsOf(item, known),
    replyTo: parts.find(({ quote }) => quote !== null)?.quote ?? read.replyTo ?? (replyToId === null ? null : { nativeId: replyToId }),
    forwarded: parts.find(({ forwarded }) => forwarded !== null)?.forwarded ?? null,
    call: null,
    notice,
    nativeId: wordsOf(item['id']),
    conversation: wordsOf(item['chatId']) ?? wordsOf(channel['channelId']),
    renamed: notice?.event.event === 'subject-changed' ? (notice.event.to ?? null) : null,
    strange: !isGraphItem(item),
  };
}

function plain(text: string): TeamsBody {
  return { text, attachments: [], replyTo: null, call: null, edited: false, tags: new Map() };
}

/** `{user: {id, displayName}}`, or an application or device in its place. */
export function personOf(from: unknown): TeamsPerson | null {
  const set = objectOf(from);
  for (const kind of ['user', 'application', 'device', 'conversation']) {
    const one = objectOf(set[kind]);
    const name = wordsOf(one['displayName']);
    const id = wordsOf(one['id']);
    if (name !== null || id !== null) return { name, id };
  }
  return null;
}

function nameOf(value: unknown, known: KnownName): string | null {
  const person = personOf(value);
  return person === null ? null : (person.name ?? known(person.id) ?? person.id);
}

function eventOf(kind: string | null, detail: Json, known: KnownName): TeamsEvent {
  const bare = (kind ?? 'systemEvent').replace(/^#?microsoft\.graph\./, '').replace(/EventMessageDetail$/, '');
  const people = [...listOf(detail['members']), ...listOf(detail['callParticipants']).map((one) => objectOf(objectOf(one)['participant'])['user'])];
  const members = people.map((one) => nameOf({ user: objectOf(one)['user'] ?? one }, known)).filter((name) => name !== null);
  const titled = [
    'chatDisplayName',
    'channelDisplayName',
    'teamDisplayName',
    'channelDescription',
    'teamDescription',
    'teamsAppDisplayName',
    'callRecordingDisplayName',
  ];
  return teamsEvent(bare, {
    actor: nameOf(detail['initiator'], known),
    members,
    title:
      titled.map((key) => wordsOf(detail[key])).find((value) => value !== null) ??
      listOf(detail['conversationMemberRoles']).map(wordsOf).filter(Boolean).join(', '),
    duration: durationWords(wordsOf(detail['callDuration']) ?? ''),
  });
}

interface Part {
  readonly files: readonly AttachmentRef[];
  readonly text: string | null;
  readonly quote: ReplyTo | null;
  readonly forwarded: { readonly from: string | null } | null;
}

const nothing: Part = { files: [], text: null, quote: null, forwarded: null };

function attachmentOf(one: Json, presence: FindPresence): Part {
  const type = wordsOf(one['contentType']) ?? '';
  const name = wordsOf(one['name']);
  const content = objectOf(typeof one['content'] === 'string' ? readJson(one['content']) : one['content']);
  if (type === 'messageReference') {
    const sender = personOf(content['messageSender'])?.name;
    const nativeId = wordsOf(content['messageId']) ?? wordsOf(one['id']);
    const text = wordsOf(content['messagePreview']);
    return { ...nothing, quote: { ...(nativeId === null ? {} : { nativeId }), ...(text === null ? {} : { text }), ...(sender ? { sender } : {}) } };
  }
  if (type === 'forwardedMessageReference') {
    const from = personOf(content['originalMessageSender'])?.name ?? null;
    const original = readTeamsHtml(wordsOf(content['originalMessageContent']) ?? '', presence);
    return { ...nothing, files: original.attachments, text: original.text, forwarded: { from } };
  }
  if (type === 'reference' || (name !== null && wordsOf(one['contentUrl']) !== null && !/vnd\.microsoft\./.test(type))) {
    const file = name ?? '';
    return { ...nothing, files: [{ name: file, ...presenceOnline(file, presence), kind: attachmentKind(file) }] };
  }
  return { ...nothing, text: joinedLines([name, ...cardWords(content, 0)]) };
}

const saidKeys = new Set(['title', 'subtitle', 'text', 'summary', 'value', 'altText', 'label', 'subject', 'name']);

/** Cards nest: every text that was shown, in the order in which it stands. */
function cardWords(value: unknown, depth: number): readonly string[] {
  if (depth > 12) return [];
  if (Array.isArray(value)) return value.flatMap((one) => cardWords(one, depth + 1));
  return Object.entries(objectOf(value)).flatMap(([key, one]) => {
    if (typeof one === 'string') return saidKeys.has(key) && one !== '' ? [/<[a-z/]/i.test(one) ? readTeamsHtml(one, () => 'missing').text : one] : [];
    return cardWords(one, depth + 1);
  });
}

/** With `$expand=replies` the answers stand inside the item: they are read with it, each with its name and time. */
function repliesOf(item: Json, presence: FindPresence): readonly string[] {
  return listOf(item['replies']).map((one) => {
    const reply = objectOf(one);
    const body = objectOf(reply['body']);
    const content = wordsOf(body['content']) ?? '';
    const said = body['contentType'] === 'text' ? content : readTeamsHtml(content, presence).text;
    return `${personOf(reply['from'])?.name ?? 'Iemand'} (${wordsOf(reply['createdDateTime']) ?? ''}): ${said}`;
  });
}

function reactionsOf(item: Json, known: KnownName): readonly Reaction[] {
  return listOf(item['reactions']).flatMap((one) => {
    const reaction = objectOf(one);
    const kind = wordsOf(reaction['reactionType']);
    if (kind === null) return [];
    const named = kind === 'custom' ? (wordsOf(reaction['displayName']) ?? kind) : reactionEmoji(kind);
    return [{ emoji: named, sender: nameOf(reaction['user'], known) }];
  });
}
