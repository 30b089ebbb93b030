// One block of sigtop's text: fields, then quote, versions or words. What stands in a quote or a version is set off by `>` or `|`.
import type { AttachmentRef, ChatRecord, Reaction, RecordKind, ReplyTo, Revision } from '#core/model/chat.ts';
import { noTime, type RecordTime } from '../exact-time.ts';
import { readIsoTime } from '../iso-time.ts';
import type { FindPresence } from '../whatsapp/attachment.ts';
import { kindOf } from './signal-files.ts';
import { noticeOfType } from './sigtop-notices.nl.ts';

export interface SigtopBlock {
  readonly kind: RecordKind;
  readonly from: string | null;
  readonly direction: 'incoming' | 'outgoing' | null;
  readonly time: RecordTime;
  readonly text: string;
  readonly edited: boolean;
  readonly revisions: readonly Revision[];
  readonly quote: ReplyTo | null;
  readonly attachments: readonly AttachmentRef[];
  readonly reactions: readonly Reaction[];
  readonly system: NonNullable<ChatRecord['system']> | null;
  readonly known: boolean;
  /** A message of which nothing is told but that it was there. */
  readonly empty: boolean;
}

/** Fields of one level, what they quote, and the words. */
interface Part {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly quote: Part | null;
  readonly rest: readonly string[];
}

const field = /^(From|Type|Sent|Received|Attachment|Reaction|Edited|Version): ?(.*)$/;

export function readSigtopBlock(raw: string, presence: FindPresence): SigtopBlock | null {
  const lines = raw
    .replace(/^\ufeff/, '')
    .replace(/\r\n/g, '\n')
    .split('\n');
  const part = readPart(lines);
  const type = fieldOf(part, 'Type');
  if (type === null) return null;
  const isMessage = type === 'incoming' || type === 'outgoing';
  const versions = fieldOf(part, 'Edited') === null ? [] : versionsOf(part.rest);
  const [newest] = versions;
  const notice = isMessage || type === 'story' ? null : noticeOfType(type);
  // Of an edited message they stand above the versions, and again in each.
  const attachments = attachmentsOf(part, presence);
  const text = wordsOf(newest ?? part);
  const quoted = (newest ?? part).quote;
  return {
    kind: notice === null ? (attachments.length > 0 ? 'media' : 'text') : type === 'call-history' ? 'call' : 'system',
    from: fieldOf(part, 'From'),
    direction: isMessage ? type : null,
    time: timeOf(fieldOf(part, 'Sent') ?? fieldOf(part, 'Received')),
    text: [notice?.text ?? '', text].filter((one) => one !== '').join('\n'),
    edited: fieldOf(part, 'Edited') !== null,
    revisions: versions
      .slice(1)
      .reverse()
      .map((version) => {
        const sent = timeOf(fieldOf(version, 'Sent')).instant;
        return { text: wordsOf(version), ...(sent === undefined ? {} : { sentInstant: sent }) };
      }),
    quote: quoted === null ? null : quoteOf(quoted),
    attachments,
    reactions: reactionsOf(part),
    system: notice?.event ?? null,
    known: notice === null || notice.known,
    empty: isMessage && text === '' && attachments.length === 0,
  };
}

/** Fields until the first line that is none; then, set off by an empty line, a quote, and the words after another. */
function readPart(lines: readonly string[]): Part {
  let at = 0;
  const fields: (readonly [string, string])[] = [];
  for (let match = field.exec(lines[at] ?? ''); match !== null; match = field.exec(lines[++at] ?? '')) fields.push([match[1] ?? '', match[2] ?? '']);
  if ((lines[at] ?? '').trim() === '' && /^> ?From: /.test(lines[at + 1] ?? '')) {
    const from = at + 1;
    at = from;
    while (at < lines.length && (lines[at] ?? '').startsWith('>')) at++;
    const quote = readPart(lines.slice(from, at).map((line) => line.replace(/^> ?/, '')));
    return { fields, quote, rest: lines.slice(at) };
  }
  return { fields, quote: null, rest: lines.slice(at) };
}

/** Each begins with its number. */
function versionsOf(rest: readonly string[]): readonly Part[] {
  const lines = rest.filter((line) => line.startsWith('|')).map((line) => line.replace(/^\| ?/, ''));
  const starts = lines.flatMap((line, at) => (/^Version: \d+$/.test(line) && (at === 0 || lines[at - 1] === '') ? [at] : []));
  return starts.map((start, i) => readPart(lines.slice(start, starts[i + 1] ?? lines.length)));
}

function fieldOf({ fields }: Part, name: string): string | null {
  return fields.find(([key]) => key === name)?.[1] ?? null;
}

/** One empty line before the words and one after them are sigtop's own. */
function wordsOf({ rest }: Part): string {
  const words = [...rest];
  if (words[0]?.trim() === '') words.shift();
  while (words.length > 0 && words.at(-1)?.trim() === '') words.pop();
  return words.join('\n');
}

function attachmentsOf({ fields }: Part, presence: FindPresence): readonly AttachmentRef[] {
  return fields.flatMap(([key, value]): AttachmentRef[] => {
    if (key !== 'Attachment') return [];
    const match = /^(.*) \(([^(),]*)(?:, (\d+) bytes)?\)$/.exec(value);
    const name = match?.[1] ?? value;
    const mediaType = match?.[2] ?? '';
    const named = name === 'no filename' ? '' : name;
    return [
      { name: named, presence: named === '' ? 'missing' : presence(named), kind: kindOf(null, mediaType, named), ...(mediaType === '' ? {} : { mediaType }) },
    ];
  });
}

function reactionsOf({ fields }: Part): readonly Reaction[] {
  return fields.flatMap(([key, value]): Reaction[] => {
    const match = key === 'Reaction' ? /^(.*?) from (.*)$/.exec(value) : null;
    return match === null ? [] : [{ emoji: match[1] ?? '', sender: match[2] ?? '' }];
  });
}

function quoteOf(part: Part): ReplyTo {
  const sender = fieldOf(part, 'From');
  const names = part.fields.flatMap(([key, value]) => (key === 'Attachment' ? [value] : []));
  const text = [wordsOf(part), ...names].filter((one) => one !== '').join('\n');
  return { ...(sender === null ? {} : { sender }), ...(text === '' ? {} : { text }) };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu, 21 Sep 2023 00:24:17 +0200`, or `unknown`. */
function timeOf(written: string | null): RecordTime {
  const match = /^[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/.exec(written ?? '');
  const month = months.indexOf(match?.[2] ?? '') + 1;
  if (match === null || month === 0) return noTime;
  const [, day = '', , year = '', clock = '', zone = ''] = match;
  const two = (n: string) => n.padStart(2, '0');
  return readIsoTime(`${year}-${two(String(month))}-${two(day)}T${clock}${zone}`, 'UTC') ?? noTime;
}
