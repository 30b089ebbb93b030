// The bytes of objects and parts: one immutable file each.
//   incoming/<id>  → the row that names it is committed →  blobs/<xx>/<id>  → the row goes →  unlinked
// A crash leaves bytes without a row only in `incoming`, or with a row in `doomed`; both are cleared at the start.
import { randomBytes } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { link, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface BlobPart {
  readonly id: string;
  readonly size: number;
}

export interface BlobFiles {
  /** Writes a stream to a new file and makes it durable. On failure nothing is left. */
  readonly receive: (source: AsyncIterable<Uint8Array>) => Promise<BlobPart>;
  /** A second name for the same immutable bytes; the first may be removed without harm to the second. */
  readonly duplicate: (part: BlobPart) => Promise<BlobPart>;
  /** After the commit of the row that names it. */
  readonly settle: (parts: readonly BlobPart[]) => void;
  readonly discard: (ids: readonly string[]) => Promise<void>;
  /** Bytes `start` to `end` (not included) of the parts in a row. */
  readonly read: (parts: readonly BlobPart[], start: number, end: number) => AsyncGenerator<Buffer>;
  readonly recover: (isNamed: (id: string) => boolean) => void;
}

export function makeBlobFiles(folder: string, durable: boolean): BlobFiles {
  const incoming = join(folder, 'incoming');
  mkdirSync(incoming, { recursive: true });
  for (let n = 0; n < 256; n++) mkdirSync(join(folder, 'blobs', n.toString(16).padStart(2, '0')), { recursive: true });
  const incomingPath = (id: string) => join(incoming, id);
  const settledPath = (id: string) => join(folder, 'blobs', id.slice(0, 2), id);
  const newId = () => randomBytes(16).toString('hex');
  const pathOf = (id: string) => (existsSync(settledPath(id)) ? settledPath(id) : incomingPath(id));

  return {
    receive: async (source) => {
      const id = newId();
      const path = incomingPath(id);
      const file = await open(path, 'wx');
      let size = 0;
      try {
        for await (const chunk of source) {
          let written = 0;
          while (written < chunk.length) written += (await file.write(chunk, written, chunk.length - written)).bytesWritten;
          size += chunk.length;
        }
        if (durable) await file.datasync();
        await file.close();
        return { id, size };
      } catch (error) {
        await file.close().catch(() => undefined);
        await rm(path, { force: true });
        throw error;
      }
    },
    duplicate: async (part) => {
      const id = newId();
      await link(pathOf(part.id), incomingPath(id));
      const { size } = await stat(incomingPath(id));
      return { id, size };
    },
    // In one go with the commit: nobody can read the row before its bytes stand where they belong.
    settle: (parts) => {
      for (const { id } of parts) renameSync(incomingPath(id), settledPath(id));
    },
    discard: async (ids) => {
      for (const id of ids) {
        await rm(incomingPath(id), { force: true });
        await rm(settledPath(id), { force: true });
      }
    },
    read: async function* (parts, start, end) {
      let offset = 0;
      for (const part of parts) {
        const from = Math.max(start - offset, 0);
        const to = Math.min(end - offset, part.size);
        offset += part.size;
        if (from >= to) continue;
        for await (const chunk of createReadStream(pathOf(part.id), { start: from, end: to - 1, highWaterMark: 256 * 1024 })) yield chunk as Buffer;
      }
    },
    recover: (isNamed) => {
      for (const id of readdirSync(incoming)) {
        if (isNamed(id)) renameSync(incomingPath(id), settledPath(id));
        else rmSync(incomingPath(id), { force: true });
      }
    },
  };
}
