// Who and what an rsmf_manifest.json speaks of: participants by id, conversations by id. They may stand before or after the events.
import { type Platform, platforms } from '#core/model/chat.ts';
import { isObject, type Json, listOf, wordsOf } from '../json-value.ts';

export interface RsmfConversation {
  readonly title: string | null;
  readonly kind: 'direct' | 'group' | 'unknown';
  readonly platform: Platform;
  readonly participants: readonly string[];
}

export interface RsmfParties {
  readonly addParticipant: (value: unknown) => void;
  readonly addConversation: (value: unknown) => void;
  /** The display name; two of one name stay two. */
  readonly label: (id: string) => string;
  readonly conversation: (id: string) => RsmfConversation | null;
  readonly conversationIds: () => readonly string[];
}

export function makeRsmfParties(): RsmfParties {
  const labels = new Map<string, string>();
  const owners = new Map<string, string>();
  const conversations = new Map<string, RsmfConversation>();
  return {
    addParticipant: (value) => {
      const id = isObject(value) ? wordsOf(value['id']) : null;
      if (!isObject(value) || id === null || labels.has(id)) return;
      const name = wordsOf(value['display']) ?? wordsOf(value['email']) ?? wordsOf(value['account_id']) ?? id;
      const label = owners.has(name) ? `${name} (${id})` : name;
      owners.set(label, id);
      labels.set(id, label);
    },
    addConversation: (value) => {
      const id = isObject(value) ? wordsOf(value['id']) : null;
      if (isObject(value) && id !== null && !conversations.has(id)) conversations.set(id, readConversation(value));
    },
    label: (id) => labels.get(id) ?? id,
    conversation: (id) => conversations.get(id) ?? null,
    conversationIds: () => [...conversations.keys()],
  };
}

function readConversation(value: Json): RsmfConversation {
  const type = wordsOf(value['type']);
  const participants = listOf(value['participants']).flatMap((one) => wordsOf(one) ?? []);
  return {
    title: wordsOf(value['display']),
    kind: type === 'direct' ? 'direct' : type === 'channel' || participants.length > 2 ? 'group' : 'unknown',
    platform: platformOf(wordsOf(value['platform']) ?? ''),
    participants,
  };
}

const otherNames: Readonly<Record<string, Platform>> = { facebook: 'messenger', 'facebook messenger': 'messenger', 'text message': 'sms', mms: 'sms' };

/** Any word may stand here; what is none of ours is `other`, and its own word stays in the file. */
function platformOf(written: string): Platform {
  const plain = written.trim().toLowerCase();
  return platforms.find((one) => one === plain) ?? otherNames[plain] ?? platforms.find((one) => one !== 'other' && plain.includes(one)) ?? 'other';
}
