// The file that is sent in place of the picked one, and what is told of it: the hash of the untouched file above all.
import { hashFile } from '../hash-file.ts';
import { fileKey } from '../resume-store.ts';
import type { Registration } from '../send-file.ts';
import type { Sifted, SiftProblem } from './cut-picked.ts';

export interface MakeSifted {
  readonly make: () => Promise<Sifted>;
  /** What was struck, as text: the same text is the same file again. */
  readonly fingerprint: string;
}

export type SiftedFile =
  | {
      readonly ok: true;
      readonly file: File;
      readonly key: string;
      /** When the file goes as it is. */
      readonly sha256?: string;
      readonly sift: NonNullable<Registration['sift']>;
    }
  | { readonly ok: false; readonly problem: SiftProblem };

export async function siftFile(picked: File, { make, fingerprint }: MakeSifted, onProgress: (done: number) => void, signal: AbortSignal): Promise<SiftedFile> {
  const [made, originalSha256] = await Promise.all([make(), hashFile(picked, onProgress, signal)]);
  signal.throwIfAborted();
  if (!made.ok) return made;
  const sift = { ...made.sift, originalSha256, originalSize: picked.size };
  const plain = { ...sift, conversations: sift.conversations.map(({ n, ranges }) => ({ n, ranges: [...ranges] })), leftOut: [...sift.leftOut] };
  if (made.file === picked || (made.sift.mode === 'marked' && made.sift.keys === undefined))
    return { ok: true, file: picked, key: fileKey(picked), sha256: originalSha256, sift: plain };
  const file = new File([made.file], picked.name, { lastModified: picked.lastModified });
  return { ok: true, file, key: `${siftedKey(picked)}${await digestOf(fingerprint)}`, sift: plain };
}

/** With which the keys of all uploads begin that were made of this file. */
export function siftedKey(picked: File): string {
  return `${fileKey(picked)}|sift|`;
}

async function digestOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
