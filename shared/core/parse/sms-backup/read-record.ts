// One element of the backup as it is: tags, times, parts and addresses, not yet who speaks. FORMATS: SMS Backup & Restore.
import type { AttachmentRef, CallOutcome } from '#core/model/chat.ts';
import type { Instant } from '#core/model/time.ts';
import { noTime, type RecordTime, readEpochMs } from '../exact-time.ts';
import { attachmentKind } from '../whatsapp/attachment.ts';
import { given } from './sms-parties.ts';
import type { XmlPiece } from './xml-pieces.ts';
import { type Repairs, readTag, type XmlTag } from './xml-tag.ts';

export type Box = 'incoming' | 'sent' | 'draft' | 'pending' | 'failed' | 'unknown';

export interface SmsRecord {
  readonly tag: 'sms' | 'mms' | 'call';
  readonly attributes: XmlTag['attributes'];
  readonly time: RecordTime;
  /** The number was no time in the unit that the app uses, but is one in the other. */
  readonly unitAssumed: boolean;
  readonly sentInstant: Instant | null;
  readonly box: Box;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly addresses: readonly { readonly address: string; readonly type: string }[];
  readonly call: { readonly outcome: CallOutcome; readonly seconds?: number } | null;
  /** Repaired references, by the line of their tag. */
  readonly repairs: readonly (Repairs & { readonly line: number })[];
}

export function readSmsRecord(piece: XmlPiece): SmsRecord {
  const { raw } = piece;
  const tags = tagsOf(raw);
  const [first] = tags;
  const attributes: XmlTag['attributes'] = first?.attributes ?? new Map();
  const tag = piece.name === 'mms' ? 'mms' : piece.name === 'call' ? 'call' : 'sms';
  const moment = momentOf(attributes.get('date'), 1);
  const sent = momentOf(attributes.get('date_sent'), tag === 'mms' ? 1000 : 1);
  const parts = tags.filter(({ name }) => name === 'part');
  const body = tag === 'mms' ? textOfParts(parts, given(attributes.get('sub'))) : withSubject(given(attributes.get('subject')), attributes.get('body') ?? '');
  return {
    tag,
    attributes,
    time: moment.time ?? noTime,
    unitAssumed: moment.unitAssumed || sent.unitAssumed,
    sentInstant: sent.time?.instant ?? null,
    box: boxOf(tag, attributes),
    text: tag === 'call' ? '' : body,
    attachments: tag === 'mms' ? attachmentsOf(parts, piece, attributes) : [],
    addresses: tags.flatMap(({ name, attributes: own }) =>
      name === 'addr' ? [{ address: given(own.get('address')) ?? '', type: own.get('type') ?? '' }] : [],
    ),
    call: tag === 'call' ? callOf(attributes) : null,
    repairs: repairsOf(tags, raw, piece.lines[0]),
  };
}

interface PlacedTag extends XmlTag {
  readonly at: number;
}

/** Opening tags of the element; comments are passed by. */
function tagsOf(raw: string): readonly PlacedTag[] {
  const tags: PlacedTag[] = [];
  for (let at = raw.indexOf('<'); at >= 0; ) {
    if (raw.startsWith('<!--', at)) {
      const end = raw.indexOf('-->', at);
      at = end < 0 ? -1 : raw.indexOf('<', end);
      continue;
    }
    const tag = readTag(raw, at);
    if (!tag.name.startsWith('/')) tags.push({ ...tag, at });
    at = raw.indexOf('<', tag.end);
  }
  return tags;
}

function repairsOf(tags: readonly PlacedTag[], raw: string, firstLine: number): SmsRecord['repairs'] {
  return tags.flatMap(({ repairs, at }) =>
    repairs.pairs + repairs.replaced === 0 ? [] : [{ ...repairs, line: firstLine + (raw.slice(0, at).match(/\n/g)?.length ?? 0) }],
  );
}

/** `unit`: milliseconds in one of what the app writes here. 0 and absence are not known. */
function momentOf(written: string | undefined, unit: 1 | 1000): { readonly time: RecordTime | null; readonly unitAssumed: boolean } {
  const text = given(written);
  const number = text === null || !/^\d{1,17}$/.test(text) ? 0 : Number(text);
  if (number === 0) return { time: null, unitAssumed: false };
  const time = readEpochMs(number * unit);
  if (time !== null) return { time, unitAssumed: false };
  const other = readEpochMs(unit === 1 ? number * 1000 : number);
  return { time: other === null ? null : { ...other, certainty: 'assumed' }, unitAssumed: other !== null };
}

const smsBoxes: Readonly<Record<string, Box>> = { '1': 'incoming', '2': 'sent', '3': 'draft', '4': 'pending', '5': 'failed', '6': 'pending' };
/** 7: answered on another device. */
const callBoxes: Readonly<Record<string, Box>> = {
  '1': 'incoming',
  '2': 'sent',
  '3': 'incoming',
  '4': 'incoming',
  '5': 'incoming',
  '6': 'incoming',
  '7': 'incoming',
};
const failedDelivery = '64';

function boxOf(tag: SmsRecord['tag'], attributes: XmlTag['attributes']): Box {
  if (tag === 'call') return callBoxes[attributes.get('type') ?? ''] ?? 'unknown';
  const box = smsBoxes[attributes.get(tag === 'mms' ? 'msg_box' : 'type') ?? ''] ?? 'unknown';
  return box === 'sent' && tag === 'sms' && attributes.get('status') === failedDelivery ? 'failed' : box;
}

function callOf(attributes: XmlTag['attributes']): NonNullable<SmsRecord['call']> {
  const type = attributes.get('type') ?? '';
  const written = attributes.get('duration') ?? '';
  const seconds = /^\d{1,9}$/.test(written) ? Number(written) : null;
  const outcome: CallOutcome =
    type === '3'
      ? 'missed'
      : type === '4'
        ? 'voicemail'
        : type === '5' || type === '6'
          ? 'rejected'
          : type === '1' || type === '7' || (type === '2' && seconds !== null && seconds > 0)
            ? 'answered'
            : type === '2' && seconds === 0
              ? 'missed'
              : 'unknown';
  return { outcome, ...(seconds === null ? {} : { seconds }) };
}

function withSubject(subject: string | null, body: string): string {
  return subject === null ? body : body === '' ? subject : `${subject}\n${body}`;
}

function isText(part: XmlTag): boolean {
  return part.attributes.get('ct') === 'text/plain' && given(part.attributes.get('text')) !== null;
}

/** SMIL says only where on a screen of 2003 the parts stood. */
function textOfParts(parts: readonly XmlTag[], subject: string | null): string {
  const texts = parts.filter(isText).flatMap((part) => given(part.attributes.get('text')) ?? []);
  return withSubject(subject, texts.join('\n'));
}

function attachmentsOf(parts: readonly XmlTag[], piece: XmlPiece, attributes: XmlTag['attributes']): readonly AttachmentRef[] {
  const ranges = dataRanges(piece.held);
  const withData = parts.filter((part) => part.attributes.has('data')).length;
  let next = 0;
  const found = parts.flatMap((part): AttachmentRef[] => {
    const range = part.attributes.has('data') ? ranges[next++] : undefined;
    const mediaType = part.attributes.get('ct') ?? '';
    if (mediaType === 'application/smil' || isText(part)) return [];
    const name = ['cl', 'name', 'fn', 'cid'].map((key) => given(part.attributes.get(key))).find((one) => one !== null) ?? '';
    // Ranges are found in bytes, parts in text: only where both count the same do they belong to each other.
    const known = ranges.length === withData;
    const filled = known ? range !== undefined && range[1] > range[0] : given(part.attributes.get('data')) !== null;
    return [
      {
        name: nameOf(name),
        presence: filled ? 'present' : 'missing',
        kind: kindOf(mediaType, name),
        ...(mediaType === '' ? {} : { mediaType }),
        ...(filled && known && range !== undefined ? { embedded: [piece.offset(range[0]), piece.offset(range[1])] } : {}),
      },
    ];
  });
  // 130: the phone was told of a message and never fetched it.
  return found.length === 0 && attributes.get('m_type') === '130' ? [{ name: '', presence: 'missing', absence: 'never-downloaded', kind: 'unknown' }] : found;
}

/** A content id stands between angle brackets; folders are no part of a name. */
function nameOf(written: string): string {
  const bare = written.replace(/^<(.*)>$/, '$1');
  return bare.slice(bare.lastIndexOf('/') + 1);
}

function kindOf(mediaType: string, name: string): AttachmentRef['kind'] {
  if (mediaType === 'image/gif') return 'gif';
  const [family = ''] = mediaType.split('/');
  if (family === 'image' || family === 'video' || family === 'audio') return family;
  if (/vcard$/i.test(mediaType)) return 'contact';
  return family === 'application' || family === 'text' ? 'document' : attachmentKind(name);
}

/** Where the values of `data` stand, quotes left out. */
function dataRanges(held: Uint8Array): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  const wanted = [0x64, 0x61, 0x74, 0x61, 0x3d];
  for (let at = held.indexOf(0x3d); at >= 0; at = held.indexOf(0x3d, at + 1)) {
    const before = held[at - 5] ?? 0;
    const isData = wanted.every((byte, i) => held[at - 4 + i] === byte) && (before === 32 || before === 9 || before === 10 || before === 13);
    const quote = held[at + 1] ?? 0;
    if (!isData || (quote !== 34 && quote !== 39)) continue;
    const close = held.indexOf(quote, at + 2);
    const end = close < 0 ? held.length : close;
    ranges.push([at + 2, end]);
    at = end;
  }
  return ranges;
}
