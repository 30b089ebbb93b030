// Events of Teams carry no text of their own, only a kind with names: here they become a sentence that can be read and found.
// The kinds are those of eventMessageDetail in Microsoft Graph and of ThreadActivity in the personal export.
import type { ChatRecord } from '#core/model/chat.ts';

export interface TeamsEvent {
  readonly event: NonNullable<ChatRecord['system']>;
  readonly text: string;
  /** A kind that is not in the table: named as the export names it. */
  readonly known: boolean;
}

export interface EventFacts {
  readonly actor: string | null;
  readonly members: readonly string[];
  /** The new name, description, or what the event is about. */
  readonly title: string;
  readonly duration: string;
}

interface Wording {
  readonly event: string;
  readonly say: (facts: { readonly who: string; readonly members: string; readonly title: string; readonly duration: string }) => string;
}

const colon = (title: string) => (title === '' ? '' : `: ${title}`);

const added: Wording = { event: 'member-added', say: ({ who, members }) => `${who} heeft toegevoegd${colon(members)}` };
const removed: Wording = { event: 'member-removed', say: ({ who, members }) => `${who} heeft verwijderd${colon(members)}` };
const joined: Wording = { event: 'member-joined', say: ({ who, members }) => `${members === '' ? who : members} doet nu mee` };
const renamed: Wording = { event: 'subject-changed', say: ({ who, title }) => `${who} heeft de naam veranderd in: ${title}` };
const photo: Wording = { event: 'icon-changed', say: ({ who }) => `${who} heeft de groepsfoto veranderd` };
const setting = (what: string): Wording => ({ event: 'settings-changed', say: ({ who }) => `${who} ${what}` });
const app = (what: string): Wording => ({ event: 'settings-changed', say: ({ who, title }) => `${who} heeft een app ${what}${colon(title)}` });

const wordings: Readonly<Record<string, Wording>> = {
  callstarted: { event: 'call-in-group', say: ({ who }) => `${who} is een gesprek begonnen` },
  callended: { event: 'call-in-group', say: ({ members, duration }) => `Het gesprek is afgelopen${duration === '' ? '' : ` na ${duration}`}${colon(members)}` },
  callrecording: { event: 'call-in-group', say: ({ title }) => `Van het gesprek is een opname${colon(title)}` },
  calltranscript: { event: 'call-in-group', say: () => 'Van het gesprek is een transcript' },
  channeladded: { event: 'topic-changed', say: ({ who, title }) => `${who} heeft een kanaal gemaakt${colon(title)}` },
  channeldeleted: { event: 'topic-changed', say: ({ who, title }) => `${who} heeft een kanaal verwijderd${colon(title)}` },
  channeldescriptionupdated: { event: 'description-changed', say: ({ who, title }) => `${who} heeft de omschrijving van het kanaal veranderd${colon(title)}` },
  channelrenamed: renamed,
  channelsetasfavoritebydefault: setting('heeft het kanaal voor iedereen zichtbaar gemaakt'),
  channelunsetasfavoritebydefault: setting('heeft het kanaal niet meer voor iedereen zichtbaar gemaakt'),
  chatrenamed: renamed,
  conversationmemberroleupdated: {
    event: 'admin-changed',
    say: ({ who, members, title }) => `${who} heeft een rol veranderd${colon([members, title].filter(Boolean).join(', '))}`,
  },
  meetingpolicyupdated: setting('heeft de chat bij de vergadering aan of uit gezet'),
  membersadded: added,
  membersdeleted: removed,
  membersjoined: joined,
  membersleft: { event: 'member-left', say: ({ who, members }) => `${members === '' ? who : members} heeft de groep verlaten` },
  messagepinned: { event: 'message-pinned', say: ({ who }) => `${who} heeft een bericht vastgezet` },
  messageunpinned: { event: 'message-pinned', say: ({ who }) => `${who} heeft een bericht losgemaakt` },
  tabupdated: setting('heeft een tabblad veranderd'),
  teamarchived: setting('heeft het team gearchiveerd'),
  teamunarchived: setting('heeft het team weer actief gemaakt'),
  teamcreated: { event: 'group-created', say: ({ who, title }) => `${who} heeft het team gemaakt${colon(title)}` },
  teamdescriptionupdated: { event: 'description-changed', say: ({ who, title }) => `${who} heeft de omschrijving van het team veranderd${colon(title)}` },
  teamjoiningdisabled: setting('laat geen nieuwe leden meer toe'),
  teamjoiningenabled: setting('laat nieuwe leden toe'),
  teamrenamed: renamed,
  teamsappinstalled: app('toegevoegd'),
  teamsappremoved: app('verwijderd'),
  teamsappupgraded: app('bijgewerkt'),
  addmember: added,
  deletemember: removed,
  memberjoined: joined,
  memberleft: { event: 'member-left', say: ({ who, members }) => `${members === '' ? who : members} heeft de groep verlaten` },
  topicupdate: renamed,
  pictureupdate: photo,
  historydisclosedupdate: setting('heeft veranderd of nieuwe leden oude berichten zien'),
  joiningenabledupdate: setting('heeft veranderd of anderen via een link mee mogen doen'),
  roleupdate: { event: 'admin-changed', say: ({ who, members }) => `${who} heeft een rol veranderd${colon(members)}` },
};

export function teamsEvent(kind: string, { actor, members, title, duration }: EventFacts): TeamsEvent {
  const key = kind.toLowerCase();
  const wording = Object.hasOwn(wordings, key) ? wordings[key] : undefined;
  const names = members.join(', ');
  const text = wording?.say({ who: actor ?? 'Iemand', members: names, title, duration }) ?? [actor, kind, title, names].filter(Boolean).join(' · ');
  return {
    event: {
      event: wording?.event ?? 'unknown',
      ...(actor === null ? {} : { actor }),
      ...(names === '' ? {} : { target: names }),
      ...(title === '' ? {} : { to: title }),
    },
    text,
    known: wording !== undefined,
  };
}

/** ISO 8601 duration as words: `PT1H2M3S` → 1 uur, 2 minuten. Empty for what is none. */
export function durationWords(value: string): string {
  const match = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/.exec(value);
  if (match === null) return '';
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const said = (n: number, one: string, many: string) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]);
  return [...said(days, 'dag', 'dagen'), ...said(hours, 'uur', 'uur'), ...said(minutes, 'minuut', 'minuten'), ...said(seconds, 'seconde', 'seconden')].join(
    ', ',
  );
}
