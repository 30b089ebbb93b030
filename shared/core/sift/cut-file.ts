// A chat file without the struck records: a row of its own pieces, and the few characters that its format needs to stay whole.
// Nothing that is kept is rewritten. What is given is only a plan; `provesCut` tells whether what comes of it reads as it should.
//
//   lines   the bytes of the record go; the count in the root of an SMS backup is lowered by what went.
//   items   the record goes with its comma; the one that is now the last of its list loses its own. Of several conversations that a file
//           keeps apart only those that stay are taken over; of an account of Telegram nothing else is (contacts, personal data).
//
// Chats and people that are named beside the messages go when nothing that is kept speaks of them; values that show a message once more
// beside the list of them become `null`.
import type { StruckRange } from '#core/model/sift.ts';
import type { Frame } from './account-frames.ts';
import { type Bytes, type ChatFileMap, containerOf, type MappedConversation } from './chat-file-map.ts';
import { reasonAt } from './strikes.ts';

/** Bytes of the untouched file, or characters to put in. */
export type KeptPiece = Bytes | string;

/** Of each conversation of a file, in the order of the map: what is struck, or that it stays out as a whole. */
export type FileSelection = readonly (readonly StruckRange[] | 'left-out')[];

export interface FileCut {
  /** Ascending. */
  readonly pieces: readonly KeptPiece[];
  /** Key in what is left → place of the conversation in the map. */
  readonly keys: ReadonlyMap<string | undefined, number>;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text?: string;
}

/** Something of a list: a record, what is named beside the records, a conversation. */
interface Item {
  readonly from: number;
  readonly to: number;
  /** Place of the comma behind it; null: it is the last of its list. */
  readonly comma: number | null;
  readonly struck: boolean;
}

/** Null: out of this file no part can be taken. */
export function cutFile(map: ChatFileMap, size: number, selection: FileSelection): FileCut | null {
  const container = containerOf(map.format);
  const { bom } = map.opening();
  if (container === null) return null;
  if (!anyStruck(map, selection)) return { pieces: [[0, size]], keys: new Map(map.conversations.map(({ key }, place) => [key, place])) };
  const gone = unneededFrames(map, selection);
  if (container === 'lines') {
    const edits = [...recordEdits(map, selection), ...gone.map(({ bytes: [from, to] }) => ({ from, to }))];
    // The mark tells the encoding of all that is left.
    const within = edits.map((edit) => (edit.from < bom ? { ...edit, from: bom } : edit));
    return { pieces: piecesOf([0, size], [...within, ...countEdits(map, size, within)]), keys: keysOf(map, selection, []) };
  }
  const edits = [...itemEdits(map, selection, gone), ...map.previews.map(toNull)];
  const apart = map.conversations.filter(({ bytes }) => bytes !== null).length;
  if (map.format === 'telegram') return apart < map.conversations.length ? null : cutTelegram(map, size, selection, edits);
  const objects = objectsOut(map, selection);
  return { pieces: piecesOf([0, size], [...edits, ...objectEdits(map, objects)]), keys: keysOf(map, selection, objects) };
}

/** Does what came of a cut read as the untouched file without the struck records: the same records, in the same order, and no others? */
export function provesCut(map: ChatFileMap, selection: FileSelection, cut: FileCut, reread: ChatFileMap): boolean {
  const seen = new Set<number>();
  for (const now of reread.conversations) {
    const place = cut.keys.get(now.key);
    const before = place === undefined ? undefined : map.conversations[place];
    if (place === undefined || before === undefined) {
      // A list of which nothing is left tells nothing of who spoke there.
      if (countOf(now) > 0) return false;
      continue;
    }
    seen.add(place);
    let at = 0;
    for (const ordinal of keptOrdinals(before, selection[place])) if (now.print.at(at++) !== before.print.at(ordinal)) return false;
    if (at !== countOf(now)) return false;
  }
  return [...cut.keys.values()].every((place) => seen.has(place) || countKept(map, selection, place) === 0);
}

export function countOf(conversation: MappedConversation): number {
  return conversation.from.count();
}

/** Records of the file that stay. */
export function countKeptIn(map: ChatFileMap, selection: FileSelection): number {
  return map.conversations.reduce((sum, _, place) => sum + countKept(map, selection, place), 0);
}

function countKept({ conversations }: Pick<ChatFileMap, 'conversations'>, selection: FileSelection, place: number): number {
  const [conversation, ranges] = [conversations[place], selection[place]];
  if (conversation === undefined || ranges === undefined || ranges === 'left-out') return 0;
  return countOf(conversation) - ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

function isStruck(ranges: FileSelection[number] | undefined, ordinal: number): boolean {
  return ranges === undefined || ranges === 'left-out' || reasonAt(ranges, ordinal) !== null;
}

function* keptOrdinals(conversation: MappedConversation, ranges: FileSelection[number] | undefined): Generator<number> {
  for (let ordinal = 0; ordinal < countOf(conversation); ordinal++) if (!isStruck(ranges, ordinal)) yield ordinal;
}

function anyStruck(map: ChatFileMap, selection: FileSelection): boolean {
  return map.conversations.some((_, place) => selection[place] !== undefined && selection[place]?.length !== 0);
}

/** Something of it is left; or it was empty and goes along as it is. */
function isKept(map: Pick<ChatFileMap, 'conversations'>, selection: FileSelection, place: number): boolean {
  const conversation = map.conversations[place];
  if (conversation === undefined || selection[place] === undefined || selection[place] === 'left-out') return false;
  return countOf(conversation) === 0 || countKept(map, selection, place) > 0;
}

function keptPlaces(map: ChatFileMap, selection: FileSelection): readonly number[] {
  return map.conversations.flatMap((_, place) => (isKept(map, selection, place) ? [place] : []));
}

/** A reader numbers the lists of a file: those behind an object that went have a lower number in what is left. */
function keysOf(map: ChatFileMap, selection: FileSelection, out: readonly MappedConversation[]): FileCut['keys'] {
  const number = map.format === 'generic-json' ? /^\d+/ : /\d+$/;
  const gone = out.map(({ key = '' }) => Number(number.exec(key)?.[0] ?? Number.NaN));
  const renumbered = (key: string | undefined) => key?.replace(number, (n) => String(Number(n) - gone.filter((one) => one < Number(n)).length));
  const rename = out.length === 0 ? (key: string | undefined) => key : renumbered;
  return new Map(keptPlaces(map, selection).map((place) => [rename(map.conversations[place]?.key), place]));
}

function unneededFrames({ frames, conversations }: ChatFileMap, selection: FileSelection): readonly Frame[] {
  if (frames === null) return [];
  const places = new Map(conversations.map(({ key }, place) => [key, place]));
  return frames.unneeded((key) => {
    const place = places.get(key);
    if (place === undefined || !isKept({ conversations }, selection, place)) return null;
    return (ordinal) => !isStruck(selection[place], ordinal);
  });
}

/** Each struck record by itself: in between may stand records of others. */
function recordEdits({ conversations }: ChatFileMap, selection: FileSelection): readonly Edit[] {
  return conversations.flatMap((conversation, place) =>
    Array.from({ length: countOf(conversation) }, (_, ordinal) => ordinal)
      .filter((ordinal) => isStruck(selection[place], ordinal))
      .map((ordinal): Edit => ({ from: conversation.from.at(ordinal), to: conversation.to.at(ordinal) })),
  );
}

function countEdits({ roots }: ChatFileMap, size: number, gone: readonly Edit[]): readonly Edit[] {
  return roots.map(({ digits: [from, to], declared }, at): Edit => {
    const end = roots[at + 1]?.digits[0] ?? size;
    const struck = gone.filter((edit) => edit.from >= to && edit.from < end).length;
    return { from, to, text: String(Math.max(0, declared - struck)) };
  });
}

function toNull([from, to]: Bytes): Edit {
  return { from, to, text: 'null' };
}

/** All that stands in lists, in the order of the file. */
function itemsOf(map: ChatFileMap, selection: FileSelection, gone: readonly Frame[]): readonly Item[] {
  const items: Item[] = [];
  const commaBehind = (to: number, own: number) => (own > 0 ? to - own : (map.around.commaAfter.get(to) ?? null));
  for (const [place, { from, to, comma }] of map.conversations.entries()) {
    for (let ordinal = 0; ordinal < from.count(); ordinal++) {
      const [start, end] = [from.at(ordinal), to.at(ordinal)];
      items.push({ from: start, to: end, comma: commaBehind(end, comma.at(ordinal)), struck: isStruck(selection[place], ordinal) });
    }
  }
  const dropped = new Set(gone);
  for (const frame of map.frames?.all ?? []) {
    const [start, end] = frame.bytes;
    items.push({ from: start, to: end, comma: commaBehind(end, frame.comma), struck: dropped.has(frame) });
  }
  return items.sort((a, b) => a.from - b.from);
}

function itemEdits(map: ChatFileMap, selection: FileSelection, gone: readonly Frame[]): readonly Edit[] {
  return withoutStruck(itemsOf(map, selection, gone), (item, before) => {
    const alone = map.around.commaBefore.get(item.from);
    return alone ?? (before?.to === item.from ? before.comma : null);
  });
}

/** Conversations that stay out, of those that are an object of a list. */
function objectsOut({ conversations, around: { objects } }: ChatFileMap, selection: FileSelection): readonly MappedConversation[] {
  return conversations.filter(({ bytes }, place) => bytes !== null && objects.has(bytes[0]) && !isKept({ conversations }, selection, place));
}

function objectEdits({ conversations, around: { commaAfter, objects } }: ChatFileMap, out: readonly MappedConversation[]): readonly Edit[] {
  const struck = new Set(out);
  const items = conversations.flatMap((conversation): Item[] => {
    const { bytes } = conversation;
    return bytes === null ? [] : [{ from: bytes[0], to: bytes[1], comma: commaAfter.get(bytes[1]) ?? null, struck: struck.has(conversation) }];
  });
  return withoutStruck(items, ({ from }) => objects.get(from) ?? null);
}

/**
 * A struck item goes with the comma behind it. One that has none stood last in its list: then the comma before it goes, or before the
 * struck ones that it follows. `commaBefore`: the comma that stands before an item, when it is that of the item before or stands alone.
 */
function withoutStruck(items: readonly Item[], commaBefore: (item: Item, before: Item | null) => number | null): readonly Edit[] {
  const edits: Edit[] = [];
  let before: Item | null = null;
  /** Before the first of the struck ones that follow each other up to here. */
  let dangling: number | null = null;
  for (const item of items) {
    const own = commaBefore(item, before);
    const follows = before?.struck === true && own !== null && own === before.comma;
    before = item;
    if (!item.struck) continue;
    if (!follows) dangling = own;
    edits.push({ from: item.from, to: item.to });
    const comma: number | null = item.comma ?? dangling;
    if (comma !== null) edits.push({ from: comma, to: comma + 1 });
  }
  return edits;
}

function cutTelegram(map: ChatFileMap, size: number, selection: FileSelection, edits: readonly Edit[]): FileCut {
  const { conversations } = map;
  const places = keptPlaces(map, selection);
  const keys = new Map(places.map((place, at) => [String(at), place]));
  if (conversations.length === 1 && (conversations[0]?.bytes?.[0] ?? 0) <= map.opening().blank) return { pieces: piecesOf([0, size], edits), keys };
  const chats = places.map((place) => piecesOf(conversations[place]?.bytes ?? [0, 0], edits));
  return { pieces: ['{"chats":{"list":[', ...chats.flatMap((chat, at) => (at === 0 ? chat : [',', ...chat])), ']}}'], keys };
}

function piecesOf([from, to]: Bytes, edits: readonly Edit[]): readonly KeptPiece[] {
  const pieces: KeptPiece[] = [];
  let at = from;
  for (const edit of edits.filter((one) => one.from >= from && one.to <= to).sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (edit.from >= at) {
      if (edit.from > at) pieces.push([at, edit.from]);
      if (edit.text !== undefined) pieces.push(edit.text);
    }
    at = Math.max(at, edit.to);
  }
  if (at < to) pieces.push([at, to]);
  return pieces;
}
