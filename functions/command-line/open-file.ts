// A file that is open from its hash to its last byte sent, so that it is seen when somebody writes to it meanwhile.
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

const pieceBytes = 2 ** 20;

/** It is not what it was when it was opened: it grew, shrank or was written to. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}

export interface OpenFile {
  readonly size: number;
  /** Changes with every change of the file: place on the disk, size, times in nanoseconds. */
  readonly mark: string;
  /** Throws FileChanged when the file is not the same any more. */
  readonly expectSame: () => Promise<void>;
  readonly read: (from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** SHA-256 in lower case hexadecimal; in one pass, with flat memory. */
  readonly hash: (onBytes: (bytes: number) => void, signal: AbortSignal) => Promise<string>;
  readonly close: () => Promise<void>;
}

async function markOf(handle: FileHandle): Promise<{ readonly size: number; readonly mark: string; readonly isFile: boolean }> {
  const found = await handle.stat({ bigint: true });
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  return { size: Number(size), mark: [dev, ino, size, mtimeNs, ctimeNs].join(':'), isFile: found.isFile() };
}

async function fill(handle: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = await handle.read(into, at, into.length - at, position + at);
    if (bytesRead === 0) throw new FileChanged();
    at += bytesRead;
  }
}

export async function openFile(path: Buffer): Promise<OpenFile> {
  const handle = await open(path, 'r');
  try {
    const { size, mark } = await markOf(handle);
    const expectSame = async () => {
      if ((await markOf(handle)).mark !== mark) throw new FileChanged();
    };
    return {
      size,
      mark,
      expectSame,
      read: async (from, to) => {
        const bytes = new Uint8Array(to - from);
        await fill(handle, bytes, from);
        return bytes;
      },
      hash: async (onBytes, signal) => {
        const hash = createHash('sha256');
        const piece = new Uint8Array(Math.min(pieceBytes, size));
        for (let from = 0; from < size; from += piece.length) {
          signal.throwIfAborted();
          const part = piece.subarray(0, Math.min(piece.length, size - from));
          await fill(handle, part, from);
          hash.update(part);
          onBytes(part.length);
        }
        await expectSame();
        return hash.digest('hex');
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
