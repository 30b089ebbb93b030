// From what a person struck to the file that is sent: the same file without it, put together from slices of the untouched one, and proved
// by reading it again. Media are never read: a zip takes their compressed bytes over as they lie there.
import { recognise } from '#core/intake/recognise.ts';
import type { DateOrder } from '#core/model/chat.ts';
import type { ColumnMappings } from '#core/model/mapping.ts';
import { mostRanges, type Sift, type SiftMode, type SiftReason, type StruckRange, siftReasons } from '#core/model/sift.ts';
import { readTableHead, headBytes as tableHeadBytes } from '#core/parse/generic/propose-mapping.ts';
import { forSameColumns } from '#core/parse/generic/same-columns.ts';
import type { ReaderOptions, ReaderSource } from '#core/parse/reader.ts';
import { readers } from '#core/parse/readers.ts';
import { type WithoutKeys, withoutKeys } from '#core/parse/without-keys.ts';
import { type ChatFileMap, makeChatFileMap } from '#core/sift/chat-file-map.ts';
import { countKeptIn, countOf, cutFile, type FileSelection, type KeptPiece, provesCut } from '#core/sift/cut-file.ts';
import { countStruck, reasonAt } from '#core/sift/strikes.ts';
import type { Archive } from './archive.ts';
import { blobOf, headOf } from './blob-bytes.ts';
import type { OpenedChat, OpenedFile, PickedFile } from './open-picked.ts';
import { packArchive } from './pack-archive.ts';
import type { Placed, ReadChat, SiftSession } from './sift-session.ts';

/** Of one conversation: the struck ranges, or why all of it stays out. */
export type ConversationChoice = readonly StruckRange[] | { readonly leftOut: SiftReason };

export interface SiftChoice {
  readonly mode: SiftMode;
  /** In the order of the session. */
  readonly conversations: readonly ConversationChoice[];
  /** Also files that no message names. */
  readonly unnamedFiles: boolean;
}

/** Hash and size of the untouched file are added by who sends it. */
export type SiftedParts = Omit<Sift, 'originalSha256' | 'originalSize'> & {
  readonly dateOrder?: DateOrder;
  /** What the person saw of tables without a fixed layout, and said to be right. */
  readonly mappings?: ColumnMappings;
};

/**
 * nothing-left: all was struck · too-many: more ranges than are kept · not-here: out of this file no part can be taken ·
 * reads-otherwise: what is left would not read as before.
 */
export type SiftProblem = 'nothing-left' | 'too-many' | 'not-here' | 'reads-otherwise';

export type Sifted = { readonly ok: true; readonly file: Blob; readonly sift: SiftedParts } | { readonly ok: false; readonly problem: SiftProblem };

interface ChatCut extends Pick<ReadChat, 'chat' | 'dateOrder'> {
  /** Null: the chat stays as it is. */
  readonly pieces: readonly KeptPiece[] | null;
  /** Conversations of the session in the order in which they stand in what is left; −1: one without a message of which only the name is left. */
  readonly order: readonly number[];
  /** Records of it that are gone. */
  readonly struck: number;
  /** Of a table without a fixed layout, for what is left of it. */
  readonly mappings?: ColumnMappings | undefined;
}

/** Files of a zip that stay, by their place among the members. */
type KeptMembers = ReadonlySet<number>;

const textInMemory = 64 * 2 ** 20;

interface Made {
  readonly body: Blob;
  readonly keys: number;
}

export async function cutPicked(file: PickedFile, opened: OpenedFile, session: SiftSession, choice: SiftChoice): Promise<Sifted> {
  const { conversations } = choice;
  const ranges = conversations.reduce((sum, one) => sum + (Array.isArray(one) ? one.length : 0), 0);
  if (ranges > mostRanges) return { ok: false, problem: 'too-many' };
  if (choice.mode === 'marked') return marked(file, opened, session, choice);

  const kept = keptMembers(opened, session, choice);
  const chats = session.chats().map((read, at) => ({ read, at, selection: selectionOf(read, at, session, choice) }));
  if (chats.every(({ read, selection }) => countKeptIn(read.map, selection) === 0)) return { ok: false, problem: 'nothing-left' };
  const cuts: ChatCut[] = [];
  for (const { read, at, selection } of chats) {
    const cut = await cutChat(read, selection, session.placed(at), siblingsOf(read.chat, kept));
    if (typeof cut === 'string') return { ok: false, problem: cut };
    if (cut !== null) cuts.push(cut);
  }
  // A conversation in several files appears with the first of them.
  const seen = new Set<number>();
  const order = cuts.flatMap((cut) => cut.order).filter((place) => place < 0 || (!seen.has(place) && seen.add(place)));
  const dateOrder = provenOrder(cuts.map(({ dateOrder: one }) => one));
  const made = await fileOf(file, opened, session, cuts, kept);
  const sift: SiftedParts = {
    mode: 'cut',
    conversations: order.flatMap((place, at) => rangesAs(at + 1, conversations[place])),
    leftOut: leftOut(session, choice),
    files: opened.others.length - opened.others.filter((place) => kept.has(place)).length,
    ...keysAs(made.keys),
    ...(dateOrder === null ? {} : { dateOrder }),
    ...mappingsAs(cuts),
  };
  return { ok: true, file: made.body, sift };
}

function mappingsAs(cuts: readonly ChatCut[]): Pick<SiftedParts, 'mappings'> {
  const mappings = Object.assign({}, ...cuts.map((cut) => cut.mappings ?? {})) as ColumnMappings;
  return Object.keys(mappings).length === 0 ? {} : { mappings };
}

function keysAs(keys: number): Pick<Sift, 'keys'> {
  return keys === 0 ? {} : { keys };
}

/** What is sent, without the keys of the app's account, and how many these were. */
async function fileOf(file: PickedFile, { archive }: OpenedFile, session: SiftSession, cuts: readonly ChatCut[], kept: KeptMembers): Promise<Made> {
  const cleans = session.progress().keys > 0;
  const [alone] = cuts;
  if (archive !== null) return archiveOf(archive, cuts, kept, cleans);
  const without = alone === undefined ? null : contentOf(alone, cleans);
  return without?.clean !== undefined
    ? { body: await blobOf(without.bytes), keys: without.clean.removed() }
    : { body: await plainFile(file, alone?.pieces ?? null), keys: 0 };
}

/** Null: the chat goes as it is. */
function contentOf({ chat, pieces }: ChatCut, cleans: boolean): { readonly bytes: AsyncIterable<Uint8Array>; readonly clean?: WithoutKeys } | null {
  const bytes = () => (pieces === null ? chat.source.open() : applied(chat.source.open(), pieces));
  const clean = cleans ? withoutKeys(chat.reader.format, bytes, { withFiles: chat.files.length > 0 }) : null;
  if (clean !== null) return { bytes: clean.bytes, clean };
  return pieces === null ? null : { bytes: bytes() };
}

async function marked(file: PickedFile, opened: OpenedFile, session: SiftSession, { conversations }: SiftChoice): Promise<Sifted> {
  const { conversations: known, keys } = session.progress();
  const all = conversations.map((one, place): readonly StruckRange[] =>
    'leftOut' in one ? [{ from: 0, to: Math.max(0, (known[place]?.records ?? 1) - 1), reason: one.leftOut }] : one,
  );
  const whole = session
    .chats()
    .map((read): ChatCut => ({ ...read, pieces: null, order: [], struck: 0, mappings: mappingsFor(read.chat, read.chat.head) ?? {} }));
  const made =
    keys === 0 ? { body: file, keys } : await fileOf(file, opened, session, whole, new Set(Array.from({ length: opened.members }, (_, number) => number)));
  const sift: SiftedParts = {
    mode: 'marked',
    conversations: all.flatMap((ranges, at) => rangesAs(at + 1, ranges)),
    leftOut: [],
    files: 0,
    ...keysAs(made.keys),
    ...mappingsAs(whole),
  };
  return { ok: true, file: made.body, sift };
}

function rangesAs(n: number, choice: ConversationChoice | undefined): Sift['conversations'] {
  return choice === undefined || 'leftOut' in choice || choice.length === 0 ? [] : [{ n, ranges: choice }];
}

/** Conversations of which nothing was sent, by the reason that most of their messages have. */
function leftOut(session: SiftSession, { conversations }: SiftChoice): Sift['leftOut'] {
  const out = session.progress().conversations.flatMap(({ records }, place) => {
    const one = conversations[place] ?? [];
    if ('leftOut' in one) return [{ reason: one.leftOut, records }];
    const [most] = [...one].sort((a, b) => countStruck([b]) - countStruck([a]));
    return most === undefined || countStruck(one) < records ? [] : [{ reason: most.reason, records }];
  });
  return siftReasons.flatMap((reason) => {
    const own = out.filter((one) => one.reason === reason);
    return own.length === 0 ? [] : [{ reason, conversations: own.length, records: own.reduce((sum, { records }) => sum + records, 0) }];
  });
}

/** A file that a message names which stays; of those that no message names, none or all. */
function keptMembers(opened: OpenedFile, session: SiftSession, choice: SiftChoice): KeptMembers {
  const named = new Set<number>();
  const kept = new Set<number>();
  for (const [at, { mentions }] of session.chats().entries()) {
    const own = choicesOf(session, choice, at);
    for (const { place, ordinal, member } of mentions) {
      named.add(member);
      const one = own[place];
      if (one !== undefined && !('leftOut' in one) && reasonAt(one, ordinal) === null) kept.add(member);
    }
  }
  if (choice.unnamedFiles) for (const place of opened.others) if (!named.has(place)) kept.add(place);
  return kept;
}

/** Files that no message names. */
export function unnamedFiles(opened: OpenedFile, session: SiftSession): number {
  const named = new Set(session.chats().flatMap(({ mentions }) => mentions.map(({ member }) => member)));
  return opened.others.filter((place) => !named.has(place)).length;
}

/** In the order of the chat's own map. */
function choicesOf(session: SiftSession, choice: SiftChoice, chat: number): readonly ConversationChoice[] {
  return session.placed(chat).map(({ number }) => choice.conversations[number] ?? []);
}

/** What is struck of one file, by the ordinals that its records have there. */
function selectionOf({ map }: ReadChat, chat: number, session: SiftSession, choice: SiftChoice): FileSelection {
  return session.placed(chat).map(({ number, first }, place) => {
    const one = choice.conversations[number] ?? [];
    const conversation = map.conversations[place];
    if ('leftOut' in one) return 'left-out';
    const last = (conversation === undefined ? 0 : countOf(conversation)) - 1;
    return one.flatMap(({ from, to, reason }) => {
      const own = { from: Math.max(0, from - first), to: Math.min(last, to - first), reason };
      return own.from > own.to ? [] : [own];
    });
  });
}

function siblingsOf({ files }: OpenedChat, kept: KeptMembers): ReadonlySet<string> {
  return new Set(files.filter(({ n }) => kept.has(n - 1)).map(({ name }) => name));
}

async function cutChat(
  { chat, map, dateOrder }: ReadChat,
  selection: FileSelection,
  placed: readonly Placed[],
  siblings: ReadonlySet<string>,
): Promise<ChatCut | null | SiftProblem> {
  if (selection.every((one) => one.length === 0))
    return { chat, pieces: null, order: placed.map(({ number }) => number), struck: 0, dateOrder, mappings: mappingsFor(chat, chat.head) ?? undefined };
  if (countKeptIn(map, selection) === 0) return null;
  const cut = cutFile(map, chat.size, selection);
  if (cut === null) return 'not-here';
  const open = () => applied(chat.source.open(), cut.pieces);
  const head = await headOf(open());
  const seen = recognise(head, chat.source.name, readers);
  const mappings = mappingsFor(chat, head);
  // What is left may no longer be known as what it is.
  if (seen.kind !== 'read' || seen.reader !== chat.reader || mappings === null) return 'reads-otherwise';
  const order = provenOrder([dateOrder]);
  const options = { ...(order === null ? {} : { dateOrder: order }), ...(mappings === undefined ? {} : { mappings }) };
  const again = await mapAgain(chat, head, { ...chat.source, siblings, open }, options);
  if (!provesCut(map, selection, cut, again)) return 'reads-otherwise';
  const numbers = again.conversations.map(({ key }) => placed[cut.keys.get(key) ?? -1]?.number ?? -1);
  const struck = map.conversations.reduce((sum, one) => sum + countOf(one), 0) - countKeptIn(map, selection);
  return { chat, pieces: cut.pieces, order: numbers, struck, dateOrder, mappings };
}

async function mapAgain({ reader }: OpenedChat, head: Uint8Array, source: ReaderSource, options: ReaderOptions): Promise<ChatFileMap> {
  const again = makeChatFileMap(reader.format, head);
  for await (const event of reader.read(source, options)) {
    if (event.type === 'records') again.addRecords(event.conversation, event.records);
    else if (event.type === 'conversation') again.end(event.conversation, event.bytes);
  }
  return again;
}

/** As the untouched file was read, for a file that starts with `head`; null: it lacks a column; undefined: no table without a fixed layout. */
function mappingsFor({ reader, head }: OpenedChat, now: Uint8Array): ColumnMappings | null | undefined {
  const kind = reader.format === 'generic-csv' ? 'csv' : reader.format === 'generic-json' ? 'json' : null;
  if (kind === null) return undefined;
  const [before, after] = [head, now].map((bytes) => readTableHead(kind, bytes.subarray(0, tableHeadBytes)));
  const mapping = before === undefined || after === undefined ? null : forSameColumns(before.proposal, before, after);
  return mapping === null || after === undefined ? null : { [after.layout]: mapping };
}

/** One order for all files that have one: an answer settles a bundle as a whole. */
function provenOrder(orders: readonly ReadChat['dateOrder'][]): DateOrder | null {
  const given = [...new Set(orders.filter((order) => order !== 'none'))];
  const [only] = given;
  return given.length === 1 && only !== undefined && only !== 'unproven' ? only : null;
}

/** The kept pieces of a stream, in order. */
async function* applied(stream: AsyncIterable<Uint8Array>, pieces: readonly KeptPiece[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let next = 0;
  let at = 0;
  const words = function* () {
    for (let piece = pieces[next]; typeof piece === 'string'; piece = pieces[++next]) yield encoder.encode(piece);
  };
  yield* words();
  for await (const chunk of stream) {
    const end = at + chunk.length;
    for (let piece = pieces[next]; piece !== undefined && typeof piece !== 'string' && piece[0] < end; piece = pieces[next]) {
      const part = chunk.subarray(Math.max(0, piece[0] - at), Math.min(chunk.length, piece[1] - at));
      if (part.length > 0) yield part;
      if (piece[1] > end) break;
      next++;
      yield* words();
    }
    at = end;
    if (next >= pieces.length) return;
  }
}

/** Slices of the picked file are references; a small file goes as bytes, since thousands of slices are slow to send. */
async function plainFile(file: PickedFile, pieces: readonly KeptPiece[] | null): Promise<Blob> {
  if (pieces === null) return file;
  const slices = new Blob(pieces.map((piece) => (typeof piece === 'string' ? piece : file.slice(...piece))));
  return slices.size <= textInMemory ? new Blob([await slices.arrayBuffer()]) : slices;
}

async function archiveOf(archive: Archive, cuts: readonly ChatCut[], kept: KeptMembers, cleans: boolean): Promise<Made> {
  const chatOf = new Map(cuts.map((cut) => [cut.chat.member, cut]));
  const cleaned: WithoutKeys[] = [];
  const body = await packArchive(archive, {
    stays: (number) => kept.has(number) || chatOf.has(number),
    fresh: (number) => {
      const cut = chatOf.get(number);
      const made = cut === undefined ? null : contentOf(cut, cleans);
      if (made?.clean !== undefined) cleaned.push(made.clean);
      return made?.bytes ?? null;
    },
    struck: (number) => chatOf.get(number)?.struck ?? 0,
  });
  return { body, keys: cleaned.reduce((sum, { removed }) => sum + removed(), 0) };
}
