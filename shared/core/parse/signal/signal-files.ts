// Files that came along with Signal's own export: `files/<2 hex>/<name>`, of which the message gives hash and key, not the name.
import type { AttachmentRef } from '#core/model/chat.ts';
import { isObject, type Json, stringOf } from '../json-value.ts';
import { attachmentKind } from '../whatsapp/attachment.ts';
import { fileStem } from './file-stem.ts';

export interface SignalFiles {
  /** Any files at all: then one that is not there is missing, not left out. */
  readonly some: boolean;
  /** Name by stem. */
  readonly byStem: ReadonlyMap<string, string>;
}

export function makeSignalFiles(siblings: ReadonlySet<string>): SignalFiles {
  const byStem = new Map([...siblings].map((name) => [name.replace(/\..*$/, '').toLowerCase(), name]));
  return { some: [...byStem.keys()].some((stem) => /^[0-9a-f]{64}$/.test(stem)), byStem };
}

/** `{pointer, flag}`: what a message has with it. */
export function readPointer(attachment: Json, files: SignalFiles): AttachmentRef {
  const pointer = isObject(attachment['pointer']) ? attachment['pointer'] : {};
  const mediaType = stringOf(pointer['contentType']) ?? '';
  const named = stringOf(pointer['fileName']);
  const locator = isObject(pointer['locatorInfo']) ? pointer['locatorInfo'] : {};
  const stem = fileStem(stringOf(locator['plaintextHash']) ?? '', stringOf(locator['localKey']) ?? '');
  const found = stem === null ? undefined : files.byStem.get(stem);
  return {
    name: named ?? found ?? '',
    // Never fetched by this phone, or given up: then there is nothing to name the file by.
    ...(found !== undefined
      ? ({ presence: 'present' } as const)
      : stem === null
        ? ({ presence: 'omitted', absence: 'never-downloaded' } as const)
        : { presence: files.some ? ('missing' as const) : ('omitted' as const) }),
    kind: kindOf(stringOf(attachment['flag']), mediaType, named ?? ''),
    ...(found === undefined ? {} : { path: `files/${found.slice(0, 2)}/${found}` }),
    ...(mediaType === '' ? {} : { mediaType }),
  };
}

export function kindOf(flag: string | null, mediaType: string, name: string): AttachmentRef['kind'] {
  if (flag === 'VOICE_MESSAGE') return 'audio';
  if (flag === 'GIF' || mediaType === 'image/gif') return 'gif';
  if (flag === 'BORDERLESS') return 'sticker';
  const [family = ''] = mediaType.split('/');
  if (family === 'image' || family === 'video' || family === 'audio') return family;
  if (/vcard$/i.test(mediaType)) return 'contact';
  return family === 'application' || family === 'text' ? 'document' : attachmentKind(name);
}
