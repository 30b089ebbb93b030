// The files of a folder as one zip: put side by side as they are, uncompressed, so that the zip names their bytes and holds none of them.
// Each file is read once, for its checksum (APPNOTE 6.3, 4.4.7). The same files make the same zip, byte for byte: an upload of it can be resumed.
import { directoryOf, localHeader, type ZipContent } from '#core/intake/zip-headers.ts';
import { streamOf } from '../sift/blob-bytes.ts';
import { crc32 } from './crc32.ts';

export interface FolderFile {
  /** With its folders, slashes forward. */
  readonly path: string;
  readonly file: File;
}

const utf8Name = 0x800;
/** Made by version 2.0, on DOS: no rights of files. */
const madeBy = 20;
const firstDosYear = 1980;

/** Time and date as DOS writes them, in UTC: the same on every machine. */
function dosTime(epochMs: number): number {
  const at = new Date(epochMs);
  const year = Math.min(127, Math.max(0, at.getUTCFullYear() - firstDosYear));
  const date = (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return date * 0x10000 + time;
}

export async function packFiles(files: readonly FolderFile[], onProgress: (done: number) => void): Promise<Blob> {
  const parts: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  const written: { readonly content: ZipContent; readonly offset: number }[] = [];
  let offset = 0;
  let done = 0;
  for (const { path, file } of files) {
    let checksum = 0;
    for await (const chunk of streamOf(file)) {
      checksum = crc32(chunk, checksum);
      done += chunk.length;
      onProgress(done);
    }
    const content: ZipContent = {
      rawName: new TextEncoder().encode(path),
      madeBy,
      flags: utf8Name,
      method: 0,
      modified: dosTime(file.lastModified),
      crc32: checksum,
      size: file.size,
      storedSize: file.size,
      attributes: 0,
      extra: new Uint8Array(),
    };
    const head = localHeader(content);
    parts.push(head as Uint8Array<ArrayBuffer>, file);
    written.push({ content, offset });
    offset += head.length + file.size;
  }
  return new Blob([...parts, directoryOf(written, offset) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
