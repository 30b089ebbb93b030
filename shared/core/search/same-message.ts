// The same message in the exports of several phones. Nothing is merged in storage: groups are made for an answer, and each keeps its sources.
//
// A message is its person, its minute on one clock, its text, and the how-manieth it is of those in its own export: the second "ja" of a
// minute on the one phone is the second on the other, and never the first. So no two messages of one export are ever one.
import type { AlignedPair, PhoneExport } from './align-exports.ts';

/** Exports of one chat. */
export interface Chat {
  readonly members: readonly Member[];
}

export interface Member {
  readonly phone: PhoneExport;
  /** Minutes that its clock is ahead of the chat's. */
  readonly ahead: number;
  /** Person of each label, within the chat. */
  readonly persons: readonly number[];
}

function rootOf(parents: Map<string, string>, of: string): string {
  let root = of;
  for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
  return root;
}

function join(parents: Map<string, string>, one: string, other: string): void {
  const [first = '', last = ''] = [rootOf(parents, one), rootOf(parents, other)].sort();
  if (first !== last) parents.set(last, first);
}

/** Which exports belong together. Where clocks contradict each other, the pair with more messages in common decides. */
export function chatsOf(phones: readonly PhoneExport[], pairs: readonly AlignedPair[]): readonly Chat[] {
  const chats = new Map<string, { members: { phone: PhoneExport; ahead: number }[] }>();
  const chatOf = new Map<string, { members: { phone: PhoneExport; ahead: number }[] }>();
  for (const phone of [...phones].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const chat = { members: [{ phone, ahead: 0 }] };
    chats.set(phone.id, chat);
    chatOf.set(phone.id, chat);
  }
  const aheadOf = (id: string) => chatOf.get(id)?.members.find(({ phone }) => phone.id === id)?.ahead ?? 0;
  for (const { a, b, shift } of pairs) {
    const [one, other] = [chatOf.get(a), chatOf.get(b)];
    if (one === undefined || other === undefined || one === other) continue;
    const move = aheadOf(a) + shift - aheadOf(b);
    for (const { phone, ahead } of other.members) {
      one.members.push({ phone, ahead: ahead + move });
      chatOf.set(phone.id, one);
    }
  }
  const parents = new Map<string, string>();
  for (const { a, b, shift, joins } of pairs) {
    if (chatOf.get(a) === undefined || chatOf.get(a) !== chatOf.get(b) || aheadOf(b) - aheadOf(a) !== shift) continue;
    for (const [la, lb] of joins) join(parents, `${a} ${la}`, `${b} ${lb}`);
  }
  return [...new Set(chatOf.values())]
    .filter(({ members }) => members.length > 1)
    .map(({ members }) => {
      const numbers = new Map<string, number>();
      const personOf = (id: string, label: number) => {
        const root = rootOf(parents, `${id} ${label}`);
        const number = numbers.get(root) ?? numbers.size;
        numbers.set(root, number);
        return number;
      };
      return { members: members.map(({ phone, ahead }) => ({ phone, ahead, persons: phone.labels.map((_, label) => personOf(phone.id, label)) })) };
    });
}

/** A record of a member. */
export interface Place {
  readonly member: number;
  readonly at: number;
}

/** Null where a record is nobody's or cannot be told from others. */
export function cellKeyOf({ phone, ahead, persons }: Member, at: number): string | null {
  const minute = phone.minutes[at];
  return minute === undefined || Number.isNaN(minute) ? null : `${persons[phone.senders[at] ?? 0]} ${minute - ahead} ${phone.prints[at]}`;
}

/** Records that may be the same message: one person, one minute, one print of those wanted. In order of members and of records. */
export function cellsOf({ members }: Chat, isWanted: (print: number) => boolean): ReadonlyMap<string, readonly Place[]> {
  const cells = new Map<string, Place[]>();
  members.forEach((one, member) => {
    for (let at = 0; at < one.phone.minutes.length; at++) {
      if (!isWanted(one.phone.prints[at] ?? 0)) continue;
      const key = cellKeyOf(one, at);
      if (key === null) continue;
      const there = cells.get(key);
      if (there === undefined) cells.set(key, [{ member, at }]);
      else there.push({ member, at });
    }
  });
  return cells;
}

/** Messages of a cell, each with where it stands: texts are compared, since unequal ones may share a print. */
export function messagesOfCell(cell: readonly Place[], textOf: (place: Place) => string): readonly (readonly Place[])[] {
  const messages = new Map<string, Place[]>();
  const times = new Map<string, number>();
  for (const place of cell) {
    const text = sameText(textOf(place));
    const before = times.get(`${place.member} ${text}`) ?? 0;
    times.set(`${place.member} ${text}`, before + 1);
    const key = `${before} ${text}`;
    const there = messages.get(key);
    if (there === undefined) messages.set(key, [place]);
    else there.push(place);
  }
  return [...messages.values()];
}

/** What exports of one message may differ in: spaces, carriage returns, the left-to-right mark; as prints leave them out. */
function sameText(text: string): string {
  return text.replaceAll(/[ \r\u200e]/g, '');
}
