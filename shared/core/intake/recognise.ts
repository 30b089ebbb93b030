// What is this file? By its first bytes, hardly ever by its name: a chat that can be read, a zip to look into, or something else
// that is named as what it is, so that the person hears what to do (FORMATS 1.2–1.8: how the others begin).
import type { ProblemCode } from '#core/model/bundle.ts';
import { headText } from './head-text.ts';

/** As much of a reader as recognising needs. */
export interface Sniffer {
  readonly format?: string;
  /** Takes what no other knows. */
  readonly lastResort?: true;
  readonly sniff: (head: Uint8Array, name: string) => number;
}

export const recognisedKinds = [
  'empty',
  'zip',
  'office',
  'pdf',
  'picture',
  'video',
  'audio',
  '7z',
  'rar',
  'gzip',
  'database',
  'whatsapp-crypt',
  'whatsapp-database',
  'whatsapp-account-report',
  'signal-backup',
  'telegram-html',
  'imessage-text',
  'imessage-html',
  'imessage-database',
  'itunes-backup',
  'android-backup',
  'teams-json',
  'messenger-json',
  'rsmf',
  'rtf',
  'email',
  'mailbox',
  'contacts',
  'calendar',
  'threema-csv',
  'imazing-csv',
  'html',
  'xml',
  'json',
  'csv',
  'plain-text',
  'binary',
] as const;
export type RecognisedKind = (typeof recognisedKinds)[number];

export type Recognition<R> =
  | { readonly kind: 'read'; readonly reader: R }
  /** A container: its entries decide (pickChatFiles). */
  | { readonly kind: 'zip' }
  | { readonly kind: 'problem'; readonly problem: ProblemCode; readonly what: RecognisedKind };

/** How sure a reader must be. */
export const sureEnough = 0.5;

/** `head`: the first 64 KiB, or all of a shorter file. */
export function recognise<R extends Sniffer>(head: Uint8Array, name: string, readers: readonly R[]): Recognition<R> {
  const what = head.length === 0 ? 'empty' : (kindOfMagic(head) ?? kindOfName(head, name));
  if (what === 'zip') return { kind: 'zip' };
  if (what !== null) return problem(what);
  const text = headText(head);
  if (text === null) return problem('binary');
  let best: R | null = null;
  let most = 0;
  for (const reader of readers) {
    const confidence = reader.sniff(head, name);
    if (confidence > most) {
      most = confidence;
      best = reader;
    }
  }
  if (best !== null && most >= sureEnough) return { kind: 'read', reader: best };
  return problem(text.trim() === '' ? 'empty' : kindOfText(text));
}

function problem(what: RecognisedKind): { readonly kind: 'problem'; readonly problem: ProblemCode; readonly what: RecognisedKind } {
  return { kind: 'problem', problem: problemOf(what), what };
}

function problemOf(what: RecognisedKind): ProblemCode {
  switch (what) {
    case 'empty':
      return 'file.empty';
    case 'whatsapp-account-report':
      return 'file.account-report';
    case 'whatsapp-crypt':
      return 'file.encrypted';
    case 'signal-backup':
      return 'file.signal-backup';
    case 'office':
    case 'pdf':
    case 'picture':
    case 'video':
    case 'audio':
    case 'plain-text':
    case 'binary':
    case 'html':
    case 'xml':
    case 'json':
    case 'csv':
    case 'rtf':
    case 'email':
    case 'mailbox':
    case 'contacts':
    case 'calendar':
    case 'itunes-backup':
    case 'android-backup':
    case 'whatsapp-database':
    case 'imessage-database':
    case 'database':
      return 'file.not-a-chat';
    default:
      return 'file.format-not-read-yet';
  }
}

function ascii(head: Uint8Array, from: number, length: number): string {
  let text = '';
  for (let i = from; i < from + length && i < head.length; i++) text += String.fromCharCode(head[i] ?? 0);
  return text;
}

const pictureBrands: ReadonlySet<string> = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'mif1', 'msf1', 'avif', 'avis']);

function kindOfMagic(head: Uint8Array): RecognisedKind | null {
  const [a, b, c, d] = head;
  if (a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6) || (c === 7 && d === 8))) return isOffice(head) ? 'office' : 'zip';
  if (ascii(head, 0, 5) === '%PDF-') return 'pdf';
  if (a === 0xff && b === 0xd8 && c === 0xff) return 'picture';
  if (a === 0x89 && ascii(head, 1, 3) === 'PNG') return 'picture';
  if (ascii(head, 0, 4) === 'GIF8') return 'picture';
  if (ascii(head, 0, 4) === 'RIFF') return ascii(head, 8, 4) === 'WEBP' ? 'picture' : ascii(head, 8, 4) === 'WAVE' ? 'audio' : 'video';
  if (ascii(head, 4, 4) === 'ftyp') return pictureBrands.has(ascii(head, 8, 4)) ? 'picture' : ascii(head, 8, 4).startsWith('M4A') ? 'audio' : 'video';
  if (ascii(head, 0, 4) === 'OggS' || ascii(head, 0, 3) === 'ID3' || ascii(head, 0, 5) === '#!AMR') return 'audio';
  if (a === 0x1a && b === 0x45 && c === 0xdf && d === 0xa3) return 'video';
  if (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0) return 'office';
  if (a === 0x37 && b === 0x7a && c === 0xbc && d === 0xaf) return '7z';
  if (ascii(head, 0, 4) === 'Rar!') return 'rar';
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (ascii(head, 0, 15) === 'SQLite format 3') return kindOfDatabase(head);
  if (ascii(head, 0, 8) === 'bplist00') return 'itunes-backup';
  if (ascii(head, 0, 14) === 'ANDROID BACKUP') return 'android-backup';
  if (ascii(head, 0, 4) === '!BDN') return 'mailbox';
  if (ascii(head, 0, 5) === '{\\rtf') return 'rtf';
  if (ascii(head, 257, 5) === 'ustar') return 'gzip';
  if (isSignalBackup(head)) return 'signal-backup';
  return null;
}

/** SQLite writes the names of its tables on its first page. */
function kindOfDatabase(head: Uint8Array): RecognisedKind {
  const schema = ascii(head, 0, 65536);
  if (/\b(?:ZWAMESSAGE|wa_contacts|message_add_on|chat_list)\b/.test(schema)) return 'whatsapp-database';
  if (/\b(?:chat_message_join|chat_handle_join)\b/.test(schema)) return 'imessage-database';
  return /CREATE TABLE \W?Files\W? ?\(\W?fileID\b/i.test(schema) ? 'itunes-backup' : 'database';
}

/** Word, Excel and the like are zips whose first entry gives them away. */
function isOffice(head: Uint8Array): boolean {
  const nameLength = (head[26] ?? 0) | ((head[27] ?? 0) << 8);
  const first = ascii(head, 30, Math.min(nameLength, 64));
  if (/^(?:\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|xl\/|ppt\/)/.test(first)) return true;
  return first === 'mimetype' && ascii(head, 30 + nameLength, 64).includes('application/vnd.oasis');
}

/** Android's `.backup` begins with the length of its header, and in that the vector and salt that it is encrypted with. */
function isSignalBackup(head: Uint8Array): boolean {
  const at = (offset: number, ...bytes: readonly number[]) => bytes.every((byte, i) => head[offset + i] === byte);
  return at(0, 0, 0, 0) && at(4, 0x0a) && at(6, 0x0a, 0x10) && at(24, 0x12, 0x20);
}

/** Encrypted files have no mark of their own; then the name is all there is. */
function kindOfName(head: Uint8Array, name: string): RecognisedKind | null {
  if (headText(head) !== null) return null;
  if (/\.crypt\d{1,2}$/i.test(name)) return 'whatsapp-crypt';
  if (/\.backup$/i.test(name)) return 'signal-backup';
  return null;
}

function kindOfText(text: string): RecognisedKind {
  const start = text.slice(0, 16384);
  const opening = start.replace(/^\ufeff/, '').trimStart();
  if (/^<\?xml/i.test(opening) && !/<html/i.test(start)) return 'xml';
  if (/^(?:<!doctype html|<html|<head|<body)/i.test(opening) || (opening.startsWith('<') && /<html/i.test(start))) return kindOfHtml(text);
  if (/^(?:\{|\[\s*[{"\]])/.test(opening)) return kindOfJson(text.slice(0, 65536));
  if (/^BEGIN:VCARD\r?\n/i.test(opening)) return 'contacts';
  if (/^BEGIN:VCALENDAR\r?\n/i.test(opening)) return 'calendar';
  if (/^From \S+ .*\d{4}\r?\n[\w-]+: /.test(opening)) return 'mailbox';
  if (/^X-RSMF-/m.test(start)) return 'rsmf';
  if (
    /^(?:From|To|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|Subject|Date|X-[\w-]+): .*\r?\n(?:[\w-]+: |[ \t])/i.test(opening) &&
    /^(?:MIME-Version|Message-ID|Content-Type): /im.test(start)
  )
    return 'email';
  const firstLine = opening.slice(0, 400).split(/\r?\n/, 1)[0] ?? '';
  if (/(?:^|,)"?posted_at"?,/.test(firstLine) || /^"?identity_id"?,/.test(firstLine)) return 'threema-csv';
  if (/^Chat Session,/.test(firstLine)) return 'imazing-csv';
  if (/^[A-Z][a-z]{2} \d{2}, \d{4} {1,2}\d{1,2}:\d{2}:\d{2} [AP]M/m.test(start.slice(0, 4096))) return 'imessage-text';
  const delimiter = firstLine.includes(';') ? ';' : ',';
  const columns = firstLine.split(delimiter).length;
  const lines = opening.slice(0, 4096).split(/\r?\n/).slice(1, 4);
  if (columns >= 3 && lines.length === 3 && lines.every((line) => line.split(delimiter).length === columns)) return 'csv';
  return 'plain-text';
}

function kindOfHtml(text: string): RecognisedKind {
  if (/class="(?:page_header|tgme|message default)|Telegram/.test(text)) return 'telegram-html';
  if (/class="(?:sent iMessage|received|message)"/.test(text) && /class="timestamp"/.test(text)) return 'imessage-html';
  if (/WhatsApp/i.test(text) && /(?:account|accountgegevens).{0,40}(?:info|report|rapport)/i.test(text)) return 'whatsapp-account-report';
  return 'html';
}

function kindOfJson(text: string): RecognisedKind {
  const has = (key: string) => text.includes(`"${key}"`);
  if (has('wa_account') || has('whatsapp_connections') || has('account_settings_report')) return 'whatsapp-account-report';
  if (has('@odata.context') || has('@odata.count') || (has('messageType') && has('createdDateTime')) || has('MessageList')) return 'teams-json';
  if (has('eventcollectionid') || (has('participants') && has('conversations') && has('platform') && has('display'))) return 'rsmf';
  if (has('sender_name') && (has('timestamp_ms') || has('participants'))) return 'messenger-json';
  return 'json';
}
