// Hits that are the same message in several exports become one, for this answer only: which is shown, where else it stands, and which
// exports of the chat lack it. Reads the whole of the conversations that hold a hit, and the texts of the hits that stand in several.
import { alignExports } from '#core/search/align-exports.ts';
import { isShelf } from '#core/search/attachment-shelf.ts';
import { clearBit, countBits, eachBit } from '#core/search/bits.ts';
import type { FoundSegment } from '#core/search/count-answer.ts';
import { type Chat, cellsOf, chatsOf, messagesOfCell, type Place } from '#core/search/same-message.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { type ReadExport, readPhoneExports, readTexts } from './phone-exports.ts';
import type { People } from './search-people.ts';

export interface DuplicatePlace {
  readonly bundleId: string;
  readonly n: number;
  readonly ordinal: number;
  readonly sender: string;
}

export interface SourcesOfHit {
  /** Where else it stands. */
  readonly duplicates: readonly DuplicatePlace[];
  /** Exports of the same chat that cover that moment and do not hold it. */
  readonly lackedBy: readonly { readonly bundleId: string; readonly n: number }[];
}

export interface CollapsedHits {
  readonly holding: readonly FoundSegment[];
  /** Hits with every source counted. */
  readonly uncollapsed: number;
  /** By `<bundleId>.<n>.<ordinal>` of the hit that is shown. */
  readonly sources: ReadonlyMap<string, SourcesOfHit>;
}

type Needs = Parameters<typeof readPhoneExports>[0] & Pick<IndexStore, 'readSegmentBlocks'>;

function placeName({ bundleId, n }: { readonly bundleId: string; readonly n: number }, ordinal: number): string {
  return `${bundleId}.${n}.${ordinal}`;
}

function phoneOf({ members }: Chat, { member }: Place): ReadExport {
  return members[member]?.phone as ReadExport;
}

/** First and last minute that an export covers, on the chat's clock. */
function coverOf({ members }: Chat): readonly (readonly [first: number, last: number])[] {
  return members.map(({ phone, ahead }) => {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const minute of phone.minutes) {
      if (minute < first) first = minute;
      if (minute > last) last = minute;
    }
    return [first - ahead, last - ahead];
  });
}

/** Null: something of it is gone, the search begins again. */
export async function collapseHits(index: Needs, holding: readonly FoundSegment[], people: People): Promise<CollapsedHits | null> {
  const uncollapsed = holding.reduce((sum, { bits }) => sum + countBits(bits), 0);
  const inMessages = holding.filter(({ head }) => !isShelf(head.n));
  const places = new Map(inMessages.map(({ head }) => [`${head.bundleId}/${head.n}`, { bundleId: head.bundleId, n: head.n }]));
  if (places.size < 2) return { holding, uncollapsed, sources: new Map() };
  const phones = await readPhoneExports(index, [...places.values()]);
  if (phones === null) return null;
  const hits = new Map<string, Set<number>>();
  for (const { head, bits } of inMessages) {
    const key = `${head.bundleId}/${head.n}`;
    const ordinals = hits.get(key) ?? new Set();
    hits.set(key, ordinals);
    eachBit(bits, (record) => ordinals.add(head.base + record));
  }
  const cells = chatsOf(phones, alignExports(phones, people.personOf)).flatMap((chat) => {
    const isHit = (place: Place) => hits.get(phoneOf(chat, place).id)?.has(place.at) === true;
    const prints = new Set(chat.members.flatMap(({ phone }) => [...(hits.get(phone.id) ?? [])].map((at) => phone.prints[at] ?? 0)));
    const found = [...cellsOf(chat, (print) => prints.has(print)).values()].filter((cell) => cell.some(isHit));
    return [{ chat, isHit, found, covers: coverOf(chat) }];
  });
  const several = cells.flatMap(({ chat, found }) =>
    found
      .filter(isOfSeveral)
      .flat()
      .map((place) => ({ phone: phoneOf(chat, place), at: place.at })),
  );
  const textOf = await readTexts(index, several);
  if (textOf === null) return null;

  const hidden = new Map<string, Set<number>>();
  const sources = new Map<string, SourcesOfHit>();
  for (const { chat, isHit, found, covers } of cells) {
    for (const cell of found) {
      const messages = isOfSeveral(cell)
        ? messagesOfCell(cell, ({ member, at }) => textOf({ phone: phoneOf(chat, { member, at }), at }))
        : cell.map((place) => [place]);
      for (const message of messages) {
        const ordered = message.toSorted((a, b) => (phoneOf(chat, a).id < phoneOf(chat, b).id ? -1 : 1));
        const shown = ordered.find(isHit);
        if (shown === undefined) continue;
        const others = ordered.filter((place) => place !== shown);
        for (const place of others.filter(isHit)) {
          const { id } = phoneOf(chat, place);
          hidden.set(id, (hidden.get(id) ?? new Set()).add(place.at));
        }
        sources.set(placeName(phoneOf(chat, shown), shown.at), {
          duplicates: others.map((place) => placeOf(phoneOf(chat, place), place.at)),
          lackedBy: lackedBy(chat, covers, message),
        });
      }
    }
  }
  return { holding: holding.flatMap((segment) => without(segment, hidden)), uncollapsed, sources };
}

function isOfSeveral(cell: readonly Place[]): boolean {
  return cell.some(({ member }) => member !== cell[0]?.member);
}

function placeOf({ bundleId, n, labels, senders }: ReadExport, at: number): DuplicatePlace {
  return { bundleId, n, ordinal: at, sender: labels[senders[at] ?? 0] ?? '' };
}

function lackedBy(chat: Chat, covers: ReturnType<typeof coverOf>, message: readonly Place[]): SourcesOfHit['lackedBy'] {
  const [{ member, at } = { member: 0, at: 0 }] = message;
  const one = chat.members[member];
  const minute = (one?.phone.minutes[at] ?? 0) - (one?.ahead ?? 0);
  return chat.members.flatMap((_, other) => {
    const [first, last] = covers[other] ?? [0, 0];
    if (message.some((place) => place.member === other) || minute < first || minute > last) return [];
    const { bundleId, n } = phoneOf(chat, { member: other, at: 0 });
    return [{ bundleId, n }];
  });
}

/** The segment without the hits that another stands for; none when nothing is left of it. */
function without(segment: FoundSegment, hidden: ReadonlyMap<string, ReadonlySet<number>>): readonly FoundSegment[] {
  const { head, bits } = segment;
  const ordinals = hidden.get(`${head.bundleId}/${head.n}`);
  if (ordinals === undefined) return [segment];
  const left = bits.slice();
  eachBit(bits, (record) => {
    if (ordinals.has(head.base + record)) clearBit(left, record);
  });
  return countBits(left) === 0 ? [] : [{ ...segment, bits: left }];
}
