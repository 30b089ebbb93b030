// Attachments as the text names them, against the files that came along.
import type { AttachmentRef, Presence } from '#core/model/chat.ts';

const kindOfExtension: Readonly<Record<string, AttachmentRef['kind']>> = {
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  heic: 'image',
  heif: 'image',
  bmp: 'image',
  tif: 'image',
  tiff: 'image',
  webp: 'image',
  mp4: 'video',
  mov: 'video',
  '3gp': 'video',
  m4v: 'video',
  avi: 'video',
  mkv: 'video',
  webm: 'video',
  opus: 'audio',
  ogg: 'audio',
  m4a: 'audio',
  mp3: 'audio',
  aac: 'audio',
  amr: 'audio',
  wav: 'audio',
  caf: 'audio',
  gif: 'gif',
  vcf: 'contact',
  pdf: 'document',
  doc: 'document',
  docx: 'document',
  xls: 'document',
  xlsx: 'document',
  ppt: 'document',
  pptx: 'document',
  txt: 'document',
  csv: 'document',
  odt: 'document',
  ods: 'document',
  zip: 'document',
  eml: 'document',
  msg: 'document',
  rtf: 'document',
  json: 'document',
  xml: 'document',
  html: 'document',
};

/** By the name alone: WhatsApp's own prefixes first (`STK-`, `-GIF-`), then the extension. */
export function attachmentKind(name: string): AttachmentRef['kind'] {
  if (/^STK-|^\d{8}-STICKER-/.test(name)) return 'sticker';
  if (/^\d{8}-GIF-/.test(name)) return 'gif';
  if (/^DOC-/.test(name)) return 'document';
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase();
  if (extension !== undefined) return kindOfExtension[extension] ?? 'document';
  if (/^IMG-|-PHOTO-/.test(name)) return 'image';
  if (/^VID-|-VIDEO-/.test(name)) return 'video';
  if (/^(?:AUD|PTT)-|-AUDIO-/.test(name)) return 'audio';
  return 'unknown';
}

export type FindPresence = (name: string) => Presence;

/** Android leaves the extension off in the text ("DOC-20220502-WA0006."): then the stem decides. Compared without regard to composed letters. */
export function makeFindPresence(siblings: ReadonlySet<string>): FindPresence {
  const known = new Set<string>();
  const stems = new Set<string>();
  for (const name of siblings) {
    const plain = name.normalize('NFC');
    known.add(plain);
    stems.add(plain.replace(/\.[^.]*$/, ''));
  }
  return (name) => {
    if (siblings.has(name)) return 'present';
    const plain = name.normalize('NFC').trim();
    if (known.has(plain)) return 'present';
    return plain.endsWith('.') && (stems.has(plain.slice(0, -1)) || known.has(plain.slice(0, -1))) ? 'present' : 'missing';
  };
}

/** `00000014-PHOTO-…`: the counter that iOS puts before a medium's name; −1 when there is none. */
export function mediaCounter(name: string): number {
  const match = /^(\d{8})-/.exec(name);
  return match === null ? -1 : Number(match[1]);
}
