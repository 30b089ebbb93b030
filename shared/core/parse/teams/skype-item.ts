// An item of the personal export of Teams (messages.json, the shape Skype had) → what it says. FORMATS: section 1.6 (3).
import type { Reaction } from '#core/model/chat.ts';
import { noTime } from '../exact-time.ts';
import { readIsoTime } from '../iso-time.ts';
import { readJson } from '../json-pieces.ts';
import { type Json, listOf, objectOf, wordsOf } from '../json-value.ts';
import type { FindPresence } from '../whatsapp/attachment.ts';
import { type TeamsEvent, teamsEvent } from './event-text.nl.ts';
import { readTeamsHtml, type TeamsBody } from './teams-html.ts';
import { joinedLines, type KnownName, reactionEmoji, type TeamsItem } from './teams-item.ts';

export function readSkypeItem(item: Json, presence: FindPresence, known: KnownName): TeamsItem {
  const type = wordsOf(item['messagetype']) ?? '';
  const content = wordsOf(item['content']) ?? '';
  const read: TeamsBody = type === 'Text' ? { ...readTeamsHtml('', presence), text: content } : readTeamsHtml(content, presence);
  const properties = objectOf(item['properties']);
  const from = accountOf(wordsOf(item['from']));
  const isCall = type === 'Event/Call' || read.call !== null;
  const notice = type.startsWith('ThreadActivity/') ? activityOf(type.slice('ThreadActivity/'.length), read, known) : null;
  const deleted = wordsOf(properties['deletetime']) !== null;
  const isFile = type.startsWith('RichText/UriObject') || type.startsWith('RichText/Media');
  const nativeId = wordsOf(item['id']);
  return {
    kind: notice !== null ? 'system' : isCall ? 'call' : type === 'RichText/Contacts' ? 'contact' : isFile || read.attachments.length > 0 ? 'media' : 'text',
    sender: notice === null ? { name: wordsOf(item['displayName']), id: from } : null,
    time: readIsoTime(wordsOf(item['originalarrivaltime']) ?? wordsOf(item['composetime']) ?? '', 'UTC') ?? noTime,
    text: notice?.text ?? joinedLines([wordsOf(properties['subject']), read.text]),
    attachments: isFile && read.attachments.length === 0 ? [{ name: '', presence: 'omitted', absence: 'remote-only', kind: 'unknown' }] : read.attachments,
    edited: read.edited || wordsOf(properties['edittime']) !== null,
    deleted: deleted ? 'unknown' : null,
    reactions: reactionsOf(properties['emotions'], known),
    replyTo: read.replyTo,
    forwarded: null,
    call: isCall ? (read.call ?? { outcome: 'unknown' }) : null,
    notice,
    nativeId,
    conversation: null,
    renamed: notice?.event.event === 'subject-changed' ? (notice.event.to ?? null) : null,
    strange: !('messagetype' in item) || !('content' in item),
  };
}

/** The account may be an address: `https://…/contacts/8:orgid:…`. */
function accountOf(from: string | null): string | null {
  return from === null ? null : (from.split('/').at(-1) ?? from);
}

function activityOf(kind: string, { tags }: TeamsBody, known: KnownName): TeamsEvent {
  const of = (name: string) => tags.get(name) ?? [];
  const name = (id: string) => known(id.trim()) ?? id.trim();
  const [initiator] = of('initiator');
  return teamsEvent(kind, {
    actor: initiator === undefined ? null : name(initiator),
    members: [...of('target'), ...of('friendlyname')].map(name).filter((one) => one !== ''),
    title: (of('value')[0] ?? '').trim(),
    duration: '',
  });
}

/** A list, or that list as text: `[{key: "like", users: [{mri, time}]}]`. */
function reactionsOf(value: unknown, known: KnownName): readonly Reaction[] {
  return listOf(typeof value === 'string' ? readJson(value) : value).flatMap((one) => {
    const emotion = objectOf(one);
    const kind = wordsOf(emotion['key']);
    if (kind === null) return [];
    return listOf(emotion['users']).map((user) => {
      const account = wordsOf(objectOf(user)['mri']);
      return { emoji: reactionEmoji(kind), sender: known(account) ?? account };
    });
  });
}
