// What a body is beyond plain text: attachment, omitted medium, deleted, edited, call, place, card, poll, still waiting.
// Exact phrases and whole first lines only; what does not fit as a whole is what somebody typed.
import type { AttachmentRef, ChatRecord, RecordKind } from '#core/model/chat.ts';
import { attachmentKind, type FindPresence } from './attachment.ts';
import { isMark, skipMarks, toShadow, withoutOuterMarks } from './marks.ts';
import { wordings } from './wordings/all.ts';

export interface BodyReading {
  readonly kind: RecordKind;
  readonly text: string;
  readonly edited?: true;
  readonly deleted?: NonNullable<ChatRecord['deleted']>;
  readonly actor?: string;
  readonly attachments?: readonly AttachmentRef[];
}

type Phrase =
  | { readonly what: 'deleted'; readonly by: 'by-sender' | 'by-exporter' }
  | { readonly what: 'omitted'; readonly kind: AttachmentRef['kind'] }
  | { readonly what: 'call' }
  | { readonly what: 'pending' }
  | { readonly what: 'live-location' };

const phrases = new Map<string, Phrase>();
for (const wording of wordings) {
  for (const { text, by } of wording.deleted) phrases.set(text, { what: 'deleted', by });
  for (const { text, kind } of wording.omitted) phrases.set(text, { what: 'omitted', kind });
  for (const text of wording.calls) phrases.set(text, { what: 'call' });
  for (const text of wording.pending) phrases.set(text.replace(/\.$/, ''), { what: 'pending' });
  for (const text of wording.liveLocation) phrases.set(text, { what: 'live-location' });
}
const phraseStarts = new Set([...phrases.keys()].map((text) => text.slice(0, 5)));
const longestPhrase = Math.max(...[...phrases.keys()].map((text) => text.length)) + 8;

const calls = wordings.flatMap((wording) => wording.calls);
const editedEndings = wordings.flatMap((wording) => wording.edited);
const attachedAfter = wordings.flatMap((wording) => wording.attachedAfter.map((word) => ` (${word})`));
const attachedInside = new Set(wordings.flatMap((wording) => wording.attachedInside.map((word) => word.trim())));
const omittedDocument = wordings.map((wording) => wording.omittedDocument);
const locationWords = wordings.flatMap((wording) => wording.location.map((word) => `${word}:`));
const pollTitles = new Set(wordings.flatMap((wording) => wording.poll.title.map((word) => `${word}:`)));
const adminPatterns = wordings.flatMap((wording) =>
  wording.deletedByAdmin.map((template) => ({
    start: template.slice(0, 8),
    expression: new RegExp(
      `^${template
        .replace(/[.*+?^$()\\]/g, '\\$&')
        .replace(/\[([^\]]*)\]/g, '(?:$1)')
        .replace('{actor}', '(?<actor>.+?)')}\\.?$`,
      'u',
    ),
  })),
);
const adminStarts = new Set(adminPatterns.map(({ start }) => start));

/** First two characters of all phrases, hashed into one dense table: this is asked of every message. */
const openings = new Uint8Array(1024);
for (const text of [...phrases.keys(), ...adminStarts]) openings[openingOf(text.charCodeAt(0), text.charCodeAt(1))] = 1;

function openingOf(first: number, second: number): number {
  return (first * 37 + second) & 1023;
}

/**
 * Could the body [`from`, `until`) be anything but plain text? Asked of every message before it is cut out, so by single characters
 * only. `lineEnd`: end of its first line; `address`: place of the next "://" in the text, wherever that is.
 */
export function mayBeSpecial(text: string, from: number, until: number, lineEnd: number, address: number): boolean {
  if (until <= from || address < until) return true;
  const first = text.charCodeAt(from);
  if (first > 0x600 && isMark(first)) return true;
  const last = text.charCodeAt(until - 1);
  if (last === 62 || last === 41) return true;
  if (openings[openingOf(first, text.charCodeAt(from + 1))] === 1) return true;
  if (lineEnd >= until) return false;
  const closing = text.charCodeAt(text.charCodeAt(lineEnd - 1) === 13 ? lineEnd - 2 : lineEnd - 1);
  return closing === 62 || closing === 41 || closing === 58;
}

/** Null: plain text. `marked`: a mark stands before the header or the body, as WhatsApp writes it and people do not. */
export function readBody(text: string, marked: boolean, hasSender: boolean, presence: FindPresence): BodyReading | null {
  const length = text.length;
  if (length === 0) return { kind: 'unknown', text };
  const begin = isMark(text.charCodeAt(0)) ? skipMarks(text, 0, length) : 0;
  const first = text.charCodeAt(begin);
  const last = text.charCodeAt(length - 1);
  const sure = marked || begin > 0;
  if (last === 62 && text.charCodeAt(length - 2) !== 62) {
    const ended = readEnding(text, sure, hasSender, presence);
    if (ended !== null) return ended;
  }
  if (length - begin <= longestPhrase && openings[openingOf(first, text.charCodeAt(begin + 1))] === 1) {
    const phrase = phraseOf(text.slice(begin));
    if (phrase !== undefined) {
      const reading = fromPhrase(phrase, text, sure, hasSender);
      if (reading !== null) return reading;
    }
  }
  const feed = text.indexOf('\n');
  if (feed >= 0 || last === 41) {
    const reading = readFirstLine(text, feed, begin, presence);
    if (reading !== null) return reading;
  }
  if (openings[openingOf(first, text.charCodeAt(begin + 1))] === 1) {
    if (length < 200 && adminStarts.has(text.slice(begin, begin + 8))) {
      const shadow = toShadow(text).trim();
      for (const { expression } of adminPatterns) {
        const match = expression.exec(shadow);
        if (match !== null)
          return {
            kind: 'text',
            text: text.slice(begin),
            deleted: 'by-admin',
            ...(match.groups?.['actor'] === undefined ? {} : { actor: match.groups['actor'] }),
          };
      }
    }
  }
  const address = text.indexOf('://');
  if (address > 0 && isPlace(text, begin, address, sure)) return { kind: 'location', text: text.slice(begin) };
  return sure ? readMarked(text, begin) : null;
}

function phraseOf(text: string): Phrase | undefined {
  const exact = phrases.get(text);
  if (exact !== undefined) return exact;
  // Most of what begins like a phrase is none: five characters tell, before a shadow is made.
  if (!phraseStarts.has(text.slice(0, 5))) return undefined;
  const shadow = toShadow(text).trim();
  return phrases.get(shadow) ?? (shadow.endsWith('.') ? phrases.get(shadow.slice(0, -1)) : undefined);
}

function fromPhrase(phrase: Phrase, text: string, sure: boolean, hasSender: boolean): BodyReading | null {
  const body = withoutOuterMarks(text);
  switch (phrase.what) {
    case 'deleted':
      return { kind: 'text', text: body, deleted: phrase.by };
    case 'omitted':
      return { kind: kindOfRecord(phrase.kind), text: '', attachments: [{ name: '', presence: 'omitted', kind: phrase.kind }] };
    case 'call':
      // "Video call" may be typed by anybody; WhatsApp marks it, or names no sender.
      return sure || !hasSender ? { kind: 'call', text: body } : null;
    case 'pending':
      return { kind: 'unknown', text: body };
    case 'live-location':
      return { kind: 'location', text: body };
  }
}

function kindOfRecord(kind: AttachmentRef['kind']): RecordKind {
  return kind === 'contact' ? 'contact' : kind === 'sticker' ? 'sticker' : 'media';
}

/** Bodies that end in '>': edited, an attachment of iOS, or an omitted medium of Android. */
function readEnding(text: string, sure: boolean, hasSender: boolean, presence: FindPresence): BodyReading | null {
  const open = text.lastIndexOf('<');
  if (open < 0) return null;
  const shadow = toShadow(text.slice(open));
  if (editedEndings.includes(shadow)) {
    const rest = trimEnd(text.slice(0, open));
    const inner = readBody(rest, sure, hasSender, presence);
    return inner === null ? { kind: 'text', text: rest, edited: true } : { ...inner, edited: true };
  }
  const inside = shadow.slice(1, -1).trim();
  const colon = inside.indexOf(':');
  if (colon > 0 && attachedInside.has(inside.slice(0, colon).trim())) {
    const name = inside.slice(colon + 1).trim();
    return withAttachment(name, trimEnd(text.slice(0, open)), presence);
  }
  if (attachedInside.has(inside)) {
    // 2015: `2015-08-04-PHOTO-00004762.jpg <bijgevoegd>`
    const lineStart = text.lastIndexOf('\n', open) + 1;
    const name = toShadow(text.slice(lineStart, open)).trim();
    return name === '' ? null : withAttachment(name, trimEnd(text.slice(0, lineStart)), presence);
  }
  return null;
}

function withAttachment(name: string, text: string, presence: FindPresence): BodyReading {
  const kind = attachmentKind(name);
  return { kind: kindOfRecord(kind), text: withoutLeadingMarks(text), attachments: [{ name, presence: presence(name), kind }] };
}

function withoutLeadingMarks(text: string): string {
  return text.slice(skipMarks(text, 0, text.length));
}

/** What stands between a caption and WhatsApp's own marker: marks, one blank or line end. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isMark(text.charCodeAt(end - 1))) end--;
  const code = text.charCodeAt(end - 1);
  if (end > 0 && (code === 32 || code === 0xa0 || code === 0x202f)) end--;
  else if (end > 0 && code === 10) end -= text.charCodeAt(end - 2) === 13 ? 2 : 1;
  while (end > 0 && isMark(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Android: `IMG-….jpg (bestand bijgevoegd)` or `<Media weggelaten>`, and a caption on the lines below; and polls. */
function readFirstLine(text: string, feed: number, begin: number, presence: FindPresence): BodyReading | null {
  let end = feed < 0 ? text.length : feed;
  if (text.charCodeAt(end - 1) === 13) end--;
  const last = text.charCodeAt(end - 1);
  if (last === 41) {
    const line = toShadow(text.slice(begin, end)).trimEnd();
    for (const ending of attachedAfter) {
      if (!line.endsWith(ending) || line.length === ending.length) continue;
      const open = text.lastIndexOf('(', end);
      const name = withoutOuterMarks(text.slice(begin, open).trimEnd());
      return withAttachment(name, feed < 0 ? '' : text.slice(feed + 1), presence);
    }
    return null;
  }
  if (feed < 0) return null;
  if (last === 62 && end - begin <= longestPhrase) {
    const phrase = phraseOf(text.slice(begin, end));
    if (phrase?.what === 'omitted')
      return { kind: kindOfRecord(phrase.kind), text: text.slice(feed + 1), attachments: [{ name: '', presence: 'omitted', kind: phrase.kind }] };
    return null;
  }
  if (last === 58 && end - begin <= 12) {
    const title = toShadow(text.slice(begin, end));
    if (pollTitles.has(title) || /^[A-ZÀ-Ý]{4,10} ?:\r?\n.+\r?\n[A-ZÀ-Ý]{4,10} ?: .+ \(\d+ .+\)/u.test(text.slice(begin, begin + 600)))
      return { kind: 'poll', text: text.slice(begin) };
  }
  return null;
}

function isPlace(text: string, begin: number, address: number, sure: boolean): boolean {
  const host = text.slice(address + 3, address + 28);
  if (!host.startsWith('maps.google.com/?q=') && !host.startsWith('foursquare.com/v/')) return false;
  return sure || locationWords.some((word) => text.startsWith(word, begin));
}

/** Behind a mark WhatsApp itself speaks: calls with their length, documents left out. */
function readMarked(text: string, begin: number): BodyReading | null {
  const shadow = toShadow(text.length > 300 ? text.slice(0, 300) : text).trim();
  for (const ending of omittedDocument) {
    if (!shadow.endsWith(ending)) continue;
    const bullet = shadow.indexOf(' • ');
    const name = bullet > 0 ? shadow.slice(0, bullet) : '';
    const at = text.lastIndexOf(ending);
    return { kind: 'media', text: trimEnd(text.slice(begin, at < 0 ? text.length : at)), attachments: [{ name, presence: 'omitted', kind: 'document' }] };
  }
  for (const call of calls) if (shadow.startsWith(call) && shadow.length < call.length + 40) return { kind: 'call', text: text.slice(begin) };
  return null;
}
