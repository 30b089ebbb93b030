// The files that a person hands in: those that are named, and all that lies in the folders that are named. What is passed over is told, with why.
// Names are bytes: an old zip program leaves names that are no UTF-8, and such a file must be readable too.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, sep } from 'node:path';

export interface LocalFile {
  readonly path: Buffer;
  /** The path, for a person. */
  readonly shown: string;
  /** The file's own name. */
  readonly name: string;
}

export type PassedOver = 'hidden' | 'link' | 'no-file' | 'unreadable';

export type Met = { readonly kind: 'file'; readonly file: LocalFile } | { readonly kind: 'passed-over'; readonly shown: string; readonly why: PassedOver };

/** A path that was named and is not there. */
export class PathAbsent extends Error {
  override readonly name = 'PathAbsent';
  readonly path: string;
  constructor(path: string) {
    super('path absent');
    this.path = path;
  }
}

/** UTF-8 where it is that, else the letters of old Windows programs. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Files that a computer leaves behind by itself. */
function isHidden(name: string): boolean {
  return name.startsWith('.') || /^(thumbs\.db|desktop\.ini|__macosx)$/i.test(name);
}

async function* below(folder: Buffer, shown: string): AsyncGenerator<Met> {
  let entries: Dirent<Buffer>[];
  try {
    entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    yield { kind: 'passed-over', shown, why: 'unreadable' };
    return;
  }
  for (const entry of entries.sort((a, b) => Buffer.compare(a.name, b.name))) {
    const name = decoded(entry.name);
    const path = Buffer.concat([folder, Buffer.from(sep), entry.name]);
    const place = `${shown}${sep}${name}`;
    if (isHidden(name)) yield { kind: 'passed-over', shown: place, why: 'hidden' };
    else if (entry.isDirectory()) yield* below(path, place);
    else if (entry.isFile()) yield { kind: 'file', file: { path, shown: place, name } };
    else yield { kind: 'passed-over', shown: place, why: entry.isSymbolicLink() ? 'link' : 'no-file' };
  }
}

/** In the order of the arguments, folders from a to z. A file that is named itself is taken, hidden or not. Throws PathAbsent. */
export async function meetFiles(paths: readonly string[]): Promise<Met[]> {
  const met: Met[] = [];
  for (const path of paths) {
    const there = await stat(path).catch(() => null);
    if (there === null) throw new PathAbsent(path);
    const bytes = Buffer.from(path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path);
    const shown = decoded(bytes);
    if (there.isDirectory()) for await (const one of below(bytes, shown)) met.push(one);
    else if (there.isFile()) met.push({ kind: 'file', file: { path: bytes, shown, name: basename(shown) } });
    else met.push({ kind: 'passed-over', shown, why: 'no-file' });
  }
  return met;
}
