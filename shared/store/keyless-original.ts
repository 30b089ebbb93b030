// What goes into the vault of a file that holds keys of an app's account: the same file without them (decision 0011). Which of its chats
// hold any is seen by content, as everywhere.
import { baseName } from '#core/intake/entry-name.ts';
import { isDropping } from '#core/intake/pick-chat-files.ts';
import { recognise } from '#core/intake/recognise.ts';
import { readZipDirectory } from '#core/intake/zip-directory.ts';
import { readers } from '#core/parse/readers.ts';
import { withHead } from '#core/parse/with-head.ts';
import { withoutKeys } from '#core/parse/without-keys.ts';
import { type RandomAccess, streamRange } from './random-access.ts';
import { repackZip, type Stream } from './repack-zip.ts';
import { openEntry, openZip } from './zip-by-ranges.ts';

const headBytes = 65_536;
const mayBeChat = /\.(?:jsonl?|csv|txt|md)$|^[^.]*$/i;

/** Null: there is none in it. */
export async function keylessOriginal(source: RandomAccess, fileName: string): Promise<Stream | null> {
  const head = await source.read(0, Math.min(headBytes, source.size));
  if (recognise(head.subarray(0, 512), fileName, []).kind === 'zip') return keylessZip(source);
  const open = await keyless(() => streamRange(source, 0, source.size), fileName, false);
  return open === null ? null : { size: await lengthOf(open()), open };
}

async function keylessZip(source: RandomAccess): Promise<Stream | null> {
  const [zip, directory] = [await openZip(source), await readZipDirectory(source)];
  if (!directory.ok) throw new Error('zip: a directory that was read before');
  const { members } = directory;
  const files = members.filter(({ name, isFolder }) => !isFolder && !isDropping(name));
  const withFiles = files.some(({ name }) => !mayBeChat.test(baseName(name)));
  const fresh = new Map<number, () => AsyncIterable<Uint8Array>>();
  for (const [place, member] of members.entries()) {
    const entry = zip.entries[place];
    if (entry === undefined || !files.includes(member) || !mayBeChat.test(baseName(member.name))) continue;
    const open = await keyless(() => openEntry(zip, entry), baseName(member.name), withFiles);
    if (open !== null) fresh.set(place, open);
  }
  return fresh.size === 0 ? null : repackZip(source, members, fresh);
}

/** Null: it is no chat of such an app, or no key stands in it. */
async function keyless(open: () => AsyncIterable<Uint8Array>, name: string, withFiles: boolean): Promise<(() => AsyncIterable<Uint8Array>) | null> {
  const { head, all } = await withHead(open(), headBytes);
  await all[Symbol.asyncIterator]().return?.();
  const seen = recognise(head, name, readers);
  if (seen.kind !== 'read') return null;
  const cleaned = () => withoutKeys(seen.reader.format, open, { withFiles });
  const once = cleaned();
  if (once === null) return null;
  await lengthOf(once.bytes);
  return once.removed() === 0 ? null : () => cleaned()?.bytes ?? open();
}

async function lengthOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of bytes) length += chunk.length;
  return length;
}
