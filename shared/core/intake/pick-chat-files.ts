// Which entries of an archive are chats. By content: every text that a reader knows by its first lines, whatever its name; several chats
// become several conversations. Twins and droppings of file managers are told apart; an archive inside an archive stays closed.
import type { ProblemCode } from '#core/model/bundle.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { baseName } from './entry-name.ts';
import { type RecognisedKind, recognise, type Sniffer, sureEnough } from './recognise.ts';

export interface ArchiveEntry {
  readonly name: string;
  readonly size: number;
  /** The first 64 KiB, or all of a shorter entry. */
  readonly head: Uint8Array;
}

export interface PickedFiles<R> {
  /** Indexes into the entries, in their order. */
  readonly chats: readonly { readonly index: number; readonly reader: R }[];
  /** Files that came along with the chats: media, documents, closed archives. */
  readonly others: readonly number[];
  /** Droppings of file managers; they hold nothing that anybody sent. */
  readonly droppings: readonly number[];
  readonly doubts: readonly Doubt[];
  /** Null: there is at least one chat. */
  readonly problem: { readonly code: ProblemCode; readonly what: RecognisedKind | 'media-only' } | null;
}

const droppings: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '.localized', 'ehthumbs.db']);

/** `__MACOSX/…`, `._name` twins, `.DS_Store` and the like. */
export function isDropping(name: string): boolean {
  const base = baseName(name);
  return /(?:^|\/)__MACOSX\//.test(name) || base.startsWith('._') || droppings.has(base);
}

function mayBeChat(base: string): boolean {
  return /\.(?:txt|xml|jsonl?|html?|md|csv)$/i.test(base) || !base.includes('.');
}

/** Signal keeps an encrypted backup as a folder: `signal-backup-…/main`, `metadata`, `files`. The readable export has endings. */
function isSignalSnapshot(name: string): boolean {
  return /(?:^|\/)signal-backup-[^/]*\/(?:main|metadata|files)$/.test(name);
}

/** signal-export writes each conversation twice, side by side; `data.json` tells more than `chat.md`. */
function isLesserTwin(name: string, names: ReadonlySet<string>): boolean {
  return /(?:^|\/)chat\.md$/.test(name) && names.has(name.replace(/chat\.md$/, 'data.json'));
}

function isAccountReport(name: string): boolean {
  return /(?:^|\/)(?:whatsapp_connections|whatsapp_account_info\w*|my account info)(?:[/.]|$)/i.test(name);
}

/** The more telling kind wins: an unread chat format before an account report before mere media. */
const telling: readonly RecognisedKind[] = [
  'telegram-html',
  'teams-json',
  'messenger-json',
  'rsmf',
  'imessage-text',
  'imessage-html',
  'threema-csv',
  'imazing-csv',
  'whatsapp-crypt',
  'signal-backup',
  'whatsapp-account-report',
  'itunes-backup',
  'whatsapp-database',
  'imessage-database',
  'android-backup',
  'database',
  'mailbox',
];

export function pickChatFiles<R extends Sniffer>(entries: readonly ArchiveEntry[], readers: readonly R[]): PickedFiles<R> {
  const found: { index: number; reader: R }[] = [];
  const others: number[] = [];
  const dropped: number[] = [];
  const doubts: Doubt[] = [];
  const kinds = new Map<RecognisedKind, ProblemCode>();
  const names = new Set(entries.map(({ name }) => name));
  let nested = 0;
  let accountReport = false;
  for (const [index, { name, size, head }] of entries.entries()) {
    if (name.endsWith('/') && size === 0) continue;
    if (isDropping(name)) {
      dropped.push(index);
      continue;
    }
    if (isAccountReport(name)) accountReport = true;
    if (isSignalSnapshot(name)) kinds.set('signal-backup', 'file.signal-backup');
    const base = baseName(name);
    const seen = recognise(head, base, readers);
    if (seen.kind === 'read' && mayBeChat(base) && !isLesserTwin(name, names) && seen.reader.sniff(head, base) >= sureEnough) {
      found.push({ index, reader: seen.reader });
      continue;
    }
    others.push(index);
    // An envelope that could not be opened holds a zip as well.
    if (seen.kind === 'zip' || (seen.kind === 'problem' && seen.what === 'rsmf')) nested++;
    if (seen.kind === 'problem') kinds.set(seen.what, seen.problem);
  }
  const { chats, sent } = apartFromSent(found.filter(isKnown(found)), entries);
  others.push(...sent, ...found.filter((one) => !isKnown(found)(one)).map(({ index }) => index));
  others.sort((a, b) => a - b);
  if (nested > 0) doubts.push({ code: 'entry.nested-zip', severity: chats.length === 0 ? 'warning' : 'note', count: nested });
  if (dropped.length > 0) doubts.push({ code: 'entry.skipped', severity: 'note', count: dropped.length });
  if (chats.length > 1) doubts.push({ code: 'several-chats.found', severity: 'note', count: chats.length });
  return { chats, others, droppings: dropped, doubts, problem: chats.length > 0 ? null : problemOf(kinds, accountReport) };
}

/** Beside a chat of a known format, a table of any kind is a file that came along with it. */
function isKnown<R extends Sniffer>(found: readonly { readonly reader: R }[]): (one: { readonly reader: R }) => boolean {
  const known = found.some(({ reader }) => reader.lastResort !== true);
  return ({ reader }) => !known || reader.lastResort !== true;
}

/** What was sent along in RSMF may be a chat file itself: an attachment, as the manifest says that lies in the folder. */
function apartFromSent<R extends Sniffer>(
  found: readonly { readonly index: number; readonly reader: R }[],
  entries: readonly ArchiveEntry[],
): { readonly chats: PickedFiles<R>['chats']; readonly sent: readonly number[] } {
  const folderOf = (index: number) => (entries[index]?.name ?? '').replace(/[^/]*$/, '');
  const folders = found.filter(({ reader }) => reader.format === 'rsmf').map(({ index }) => folderOf(index));
  const isSent = ({ index, reader }: { readonly index: number; readonly reader: R }) =>
    reader.format !== 'rsmf' && folders.some((folder) => folderOf(index).startsWith(folder));
  return { chats: found.filter((one) => !isSent(one)), sent: found.filter(isSent).map(({ index }) => index) };
}

function problemOf(kinds: ReadonlyMap<RecognisedKind, ProblemCode>, accountReport: boolean): PickedFiles<never>['problem'] {
  if (accountReport) return { code: 'file.account-report', what: 'whatsapp-account-report' };
  for (const what of telling) {
    const code = kinds.get(what);
    if (code !== undefined) return { code, what };
  }
  return { code: 'zip.no-chat', what: 'media-only' };
}
