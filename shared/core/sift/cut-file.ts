// A chat file without the struck records: a row of its own pieces, and the few characters that its format needs to stay whole.
// Nothing that is kept is rewritten. What is given is only a plan; `provesCut` tells whether what comes of it reads as it should.
//
//   WhatsApp   the lines of the record go.
//   SMS        the element goes; `count` in the root is lowered by what went.
//   Telegram   the item goes with its comma; the item that is now the last loses its own. Of an account only the chats that stay are
//              taken over, in a list of their own: contacts, sessions and personal data of the account go.
import type { StruckRange } from '#core/model/sift.ts';
import type { Bytes, ChatFileMap, MappedConversation } from './chat-file-map.ts';

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

export const cuttableFormats: ReadonlySet<string> = new Set(['whatsapp', 'sms-backup', 'telegram']);

/** Null: out of this file no part can be taken. */
export function cutFile(map: ChatFileMap, size: number, selection: FileSelection): FileCut | null {
  switch (map.format) {
    case 'whatsapp':
      return cutLines(map, size, selection);
    case 'sms-backup':
      return cutElements(map, size, selection);
    case 'telegram':
      return cutItems(map, size, selection);
    default:
      return null;
  }
}

/** Does what came of a cut read as the untouched file without the struck records: the same records, in the same order, and no others? */
export function provesCut(map: ChatFileMap, selection: FileSelection, cut: FileCut, reread: ChatFileMap): boolean {
  if (reread.conversations.length !== cut.keys.size) return false;
  return reread.conversations.every((now) => {
    const place = cut.keys.get(now.key);
    const before = place === undefined ? undefined : map.conversations[place];
    const ranges = place === undefined ? undefined : selection[place];
    if (before === undefined || ranges === undefined || ranges === 'left-out') return false;
    let at = 0;
    for (const ordinal of keptOrdinals(before, ranges)) if (now.print.at(at++) !== before.print.at(ordinal)) return false;
    return at === now.print.count();
  });
}

export function countOf(conversation: MappedConversation): number {
  return conversation.from.count();
}

function* keptOrdinals(conversation: MappedConversation, ranges: readonly StruckRange[]): Generator<number> {
  let next = 0;
  for (let ordinal = 0; ordinal < countOf(conversation); ordinal++) {
    while ((ranges[next]?.to ?? Number.POSITIVE_INFINITY) < ordinal) next++;
    if ((ranges[next]?.from ?? Number.POSITIVE_INFINITY) > ordinal) yield ordinal;
  }
}

function struckOf(conversation: MappedConversation, ranges: FileSelection[number]): readonly (readonly [number, number])[] {
  if (ranges !== 'left-out') return ranges.map(({ from, to }) => [from, to]);
  return countOf(conversation) === 0 ? [] : [[0, countOf(conversation) - 1]];
}

/** Each struck record by itself: in between may stand records of others. */
function editsOf(conversation: MappedConversation, ranges: FileSelection[number]): Edit[] {
  return struckOf(conversation, ranges).flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, i): Edit => ({ from: conversation.from.at(from + i), to: conversation.to.at(from + i) })),
  );
}

function isKept(conversation: MappedConversation, ranges: FileSelection[number] | undefined): boolean {
  if (ranges === undefined || ranges === 'left-out') return false;
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0) < countOf(conversation);
}

/** Places in the map of the conversations of which something is left. */
function keptPlaces(map: ChatFileMap, selection: FileSelection): readonly number[] {
  return map.conversations.flatMap((conversation, place) => (isKept(conversation, selection[place]) ? [place] : []));
}

function piecesOf([from, to]: Bytes, edits: readonly Edit[]): readonly KeptPiece[] {
  const pieces: KeptPiece[] = [];
  let at = from;
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    if (edit.from > at) pieces.push([at, edit.from]);
    if (edit.text !== undefined) pieces.push(edit.text);
    at = Math.max(at, edit.to);
  }
  if (at < to) pieces.push([at, to]);
  return pieces;
}

function cutLines(map: ChatFileMap, size: number, selection: FileSelection): FileCut {
  const { bom } = map.opening();
  const edits = map.conversations.flatMap((conversation, place) => editsOf(conversation, selection[place] ?? 'left-out'));
  // The mark tells the encoding of all that is left.
  const kept = edits.map((edit) => (edit.from < bom ? { ...edit, from: bom } : edit));
  return { pieces: piecesOf([0, size], kept), keys: new Map(keptPlaces(map, selection).map((place) => [map.conversations[place]?.key, place])) };
}

function cutElements(map: ChatFileMap, size: number, selection: FileSelection): FileCut {
  const edits = map.conversations.flatMap((conversation, place) => editsOf(conversation, selection[place] ?? 'left-out'));
  const { bom } = map.opening();
  const gone = edits.map((edit) => (edit.from < bom ? { ...edit, from: bom } : edit));
  const counts = map.roots.map(({ digits: [from, to], declared }, at): Edit => {
    const end = map.roots[at + 1]?.digits[0] ?? size;
    const struck = gone.filter((edit) => edit.from >= to && edit.from < end).length;
    return { from, to, text: String(Math.max(0, declared - struck)) };
  });
  const keys = new Map(keptPlaces(map, selection).map((place) => [map.conversations[place]?.key, place]));
  return { pieces: piecesOf([0, size], [...gone, ...counts]), keys };
}

function cutItems(map: ChatFileMap, size: number, selection: FileSelection): FileCut | null {
  const { conversations } = map;
  const [first] = conversations;
  const places = keptPlaces(map, selection);
  const keys = new Map(places.map((place, at) => [String(at), place]));
  // A file that was cut off tells no more where its last chat ends, nor whether it holds an account.
  if (first === undefined || conversations.some(({ bytes }) => bytes === null)) return null;
  if (conversations.length === 1 && (first.bytes?.[0] ?? 0) <= map.opening().blank)
    return { pieces: piecesOf([0, size], itemEdits(first, selection[0] ?? [])), keys };
  const chats = places.map((place) => {
    const conversation = conversations[place];
    return conversation?.bytes == null ? [] : piecesOf(conversation.bytes, itemEdits(conversation, selection[place] ?? []));
  });
  return { pieces: ['{"chats":{"list":[', ...chats.flatMap((chat, at) => (at === 0 ? chat : [',', ...chat])), ']}}'], keys };
}

function itemEdits(conversation: MappedConversation, ranges: FileSelection[number]): readonly Edit[] {
  const edits = editsOf(conversation, ranges);
  const last = countOf(conversation) - 1;
  if (ranges === 'left-out' || ranges.at(-1)?.to !== last) return edits;
  let end = last;
  for (const range of [...ranges].reverse()) if (range.to === end) end = range.from - 1;
  const comma = end < 0 ? 0 : conversation.comma.at(end);
  if (comma === 0) return edits;
  const from = conversation.to.at(end) - comma;
  return [...edits, { from, to: from + 1 }];
}
