// Service notices of Telegram carry no text of their own, only an action with names: here they become a sentence that can be read and found.
import type { ChatRecord } from '#core/model/chat.ts';

type Json = Readonly<Record<string, unknown>>;

export interface ServiceNotice {
  readonly event: NonNullable<ChatRecord['system']>;
  readonly text: string;
  /** An action that is not in the table: named as the export names it. */
  readonly known: boolean;
}

interface Facts {
  readonly who: string;
  readonly members: string;
  readonly title: string;
  readonly seconds: number;
}

interface Wording {
  readonly event: string;
  readonly say: (facts: Facts) => string;
}

const wordings: Readonly<Record<string, Wording>> = {
  create_group: { event: 'group-created', say: ({ who, title, members }) => `${who} heeft de groep gemaakt: ${title}${members === '' ? '' : ` (${members})`}` },
  create_channel: { event: 'group-created', say: ({ who, title }) => `${who} heeft het kanaal gemaakt: ${title}` },
  edit_group_title: { event: 'subject-changed', say: ({ who, title }) => `${who} heeft de naam veranderd in: ${title}` },
  edit_group_photo: { event: 'icon-changed', say: ({ who }) => `${who} heeft de groepsfoto veranderd` },
  delete_group_photo: { event: 'icon-changed', say: ({ who }) => `${who} heeft de groepsfoto verwijderd` },
  invite_members: { event: 'member-added', say: ({ who, members }) => `${who} heeft toegevoegd: ${members}` },
  remove_members: { event: 'member-removed', say: ({ who, members }) => `${who} heeft verwijderd: ${members}` },
  join_group_by_link: { event: 'member-joined-by-link', say: ({ who }) => `${who} kwam erbij via een link` },
  join_group_by_request: { event: 'member-joined', say: ({ who }) => `${who} is toegelaten` },
  migrate_to_supergroup: { event: 'group-migrated', say: () => 'De groep is omgezet in een supergroep' },
  migrate_from_group: { event: 'group-migrated', say: ({ title }) => `De groep is omgezet in een supergroep: ${title}` },
  pin_message: { event: 'message-pinned', say: ({ who }) => `${who} heeft een bericht vastgezet` },
  clear_history: { event: 'history-cleared', say: () => 'De geschiedenis is gewist' },
  take_screenshot: { event: 'screenshot-taken', say: ({ who }) => `${who} heeft een schermafdruk gemaakt` },
  joined_telegram: { event: 'contact-notice', say: ({ who }) => `${who} gebruikt nu Telegram` },
  group_call: { event: 'call-in-group', say: ({ who }) => `${who} heeft een groepsgesprek gevoerd` },
  group_call_scheduled: { event: 'call-in-group', say: ({ who }) => `${who} heeft een groepsgesprek gepland` },
  invite_to_group_call: { event: 'call-in-group', say: ({ who, members }) => `${who} heeft voor een groepsgesprek uitgenodigd: ${members}` },
  set_messages_ttl: {
    event: 'timer-on',
    say: ({ who, seconds }) => (seconds > 0 ? `${who} laat berichten verdwijnen na ${duration(seconds)}` : `${who} laat berichten niet meer verdwijnen`),
  },
  topic_created: { event: 'topic-changed', say: ({ who, title }) => `${who} heeft het onderwerp gemaakt: ${title}` },
  topic_edit: { event: 'topic-changed', say: ({ who, title }) => `${who} heeft het onderwerp veranderd: ${title}` },
};

function duration(seconds: number): string {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? '1 dag' : `${seconds / 86_400} dagen`;
  if (seconds % 3600 === 0) return `${seconds / 3600} uur`;
  return `${seconds} seconden`;
}

/** Members that no longer have an account are null in the export. */
function membersOf(item: Json): readonly string[] {
  const members = item['members'];
  return Array.isArray(members) ? members.map((name) => (typeof name === 'string' && name !== '' ? name : 'verwijderd account')) : [];
}

export function serviceNotice(item: Json): ServiceNotice {
  const action = typeof item['action'] === 'string' ? item['action'] : '';
  const actor = typeof item['actor'] === 'string' ? item['actor'] : null;
  const title = typeof item['title'] === 'string' ? item['title'] : typeof item['new_title'] === 'string' ? item['new_title'] : '';
  const members = membersOf(item);
  const seconds = typeof item['period'] === 'number' ? item['period'] : 0;
  const facts: Facts = { who: actor ?? 'Iemand', members: members.join(', '), title, seconds };
  const wording = Object.hasOwn(wordings, action) ? wordings[action] : undefined;
  const own = typeof item['text'] === 'string' ? item['text'] : '';
  const event = leaves(action, actor, members) ? 'member-left' : action === 'set_messages_ttl' && seconds === 0 ? 'timer-off' : (wording?.event ?? 'unknown');
  const said =
    event === 'member-left' ? `${facts.who} heeft de groep verlaten` : (wording?.say(facts) ?? [actor, action, title, ...members].filter(Boolean).join(' · '));
  return {
    event: {
      event,
      ...(actor === null ? {} : { actor }),
      ...(members.length === 0 ? {} : { target: members.join(', ') }),
      ...(title === '' ? {} : { to: title }),
    },
    text: own === '' ? said : `${said}\n${own}`,
    known: wording !== undefined,
  };
}

/** Who takes himself out leaves. */
function leaves(action: string, actor: string | null, members: readonly string[]): boolean {
  return action === 'remove_members' && members.length === 1 && members[0] === actor;
}
