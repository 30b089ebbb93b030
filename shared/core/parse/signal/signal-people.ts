// Who is who in a Signal backup: recipients come before what they said. Labels are names as the phone had them; two people of one name stay two.
import { isObject, type Json, stringOf } from '../json-value.ts';

/** The backup calls its owner `self`; the name is the account's. */
const ownerWithoutName = 'Houder van dit account';
const nobody = 'Onbekend';

export interface SignalPeople {
  readonly account: (account: Json) => void;
  /** A frame `recipient`. */
  readonly recipient: (recipient: Json) => void;
  readonly label: (recipientId: string | null) => string;
  /** By service id (base64), as updates of groups name people. */
  readonly labelOfService: (service: string | null) => string | null;
  readonly isSelf: (recipientId: string | null) => boolean;
  readonly kind: (recipientId: string | null) => 'direct' | 'group' | 'unknown';
  /** Labels of a group's members; of a direct conversation the other party. */
  readonly members: (recipientId: string | null) => readonly string[];
}

interface Person {
  readonly label: string;
  readonly kind: 'direct' | 'group' | 'unknown';
  readonly members: readonly string[];
}

export function makeSignalPeople(): SignalPeople {
  const people = new Map<string, Person>();
  const services = new Map<string, string>();
  const taken = new Set<string>();
  let own = ownerWithoutName;
  let self: string | null = null;

  function add(id: string, person: Omit<Person, 'label'>, name: string, detail: string): string {
    const label = taken.has(name) ? `${name} (${detail === '' || detail === name ? id : detail})` : name;
    taken.add(label);
    people.set(id, { ...person, label });
    return label;
  }

  function recipient(frame: Json): void {
    const id = stringOf(frame['id']);
    if (id === null) return;
    const { contact, group, self: isSelf, distributionList, callLink } = frame;
    if (isObject(contact)) {
      const phone = phoneOf(contact['e164']);
      const label = add(id, { kind: 'direct', members: [] }, contactName(contact, phone), phone ?? stringOf(contact['username']) ?? '');
      for (const key of ['aci', 'pni']) {
        const service = stringOf(contact[key]);
        if (service !== null) services.set(service, label);
      }
    } else if (isObject(group)) {
      const snapshot = isObject(group['snapshot']) ? group['snapshot'] : {};
      const title = isObject(snapshot['title']) ? stringOf(snapshot['title']['title']) : stringOf(snapshot['title']);
      const members = Array.isArray(snapshot['members']) ? snapshot['members'] : [];
      const named = members.flatMap((member) => (isObject(member) ? (stringOf(member['userId']) ?? []) : []));
      add(id, { kind: 'group', members: named }, title ?? 'Groep', '');
    } else if (isObject(isSelf)) {
      self = id;
      people.set(id, { label: own, kind: 'direct', members: [] });
      taken.add(own);
    } else if (isObject(distributionList)) {
      const list = distributionList['distributionList'];
      add(id, { kind: 'group', members: [] }, (isObject(list) ? stringOf(list['name']) : null) ?? 'Verzendlijst', '');
    } else if (isObject(callLink)) add(id, { kind: 'group', members: [] }, stringOf(callLink['name']) ?? 'Oproeplink', '');
    else if (frame['releaseNotes'] !== undefined) add(id, { kind: 'direct', members: [] }, 'Signal', '');
    else add(id, { kind: 'unknown', members: [] }, nobody, '');
  }

  function label(id: string | null): string {
    return (id === null ? undefined : people.get(id)?.label) ?? (id === null ? nobody : `${nobody} (${id})`);
  }

  return {
    account: (account) => {
      const name = joined([account['givenName'], account['familyName']]);
      if (name !== '') own = name;
    },
    recipient,
    label,
    labelOfService: (service) => (service === null ? null : (services.get(service) ?? null)),
    isSelf: (id) => id !== null && id === self,
    kind: (id) => (id === null ? 'unknown' : (people.get(id)?.kind ?? 'unknown')),
    members: (id) => {
      const person = id === null ? undefined : people.get(id);
      if (person === undefined) return [];
      return person.kind === 'group' ? person.members.flatMap((service) => services.get(service) ?? []) : [person.label];
    },
  };
}

function joined(parts: readonly unknown[]): string {
  return parts
    .map(stringOf)
    .filter((part) => part !== null && part !== '')
    .join(' ');
}

function phoneOf(value: unknown): string | null {
  const digits = stringOf(value);
  return digits === null || digits === '0' || digits === '' ? null : `+${digits.replace(/^\+/, '')}`;
}

/** As Signal shows it: the nickname that the owner gave, the phone's own address book, the person's own profile, the number. */
function contactName(contact: Json, phone: string | null): string {
  const nickname = isObject(contact['nickname']) ? joined([contact['nickname']['given'], contact['nickname']['family']]) : '';
  const system = joined([contact['systemGivenName'], contact['systemFamilyName']]) || joined([contact['systemNickname']]);
  const profile = joined([contact['profileGivenName'], contact['profileFamilyName']]);
  return nickname || system || profile || phone || stringOf(contact['username']) || nobody;
}
