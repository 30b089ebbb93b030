// The files of a folder that is dropped or chosen, or loose files that belong together: each with its path, droppings of file managers left lying.
import { isDropping } from '#core/intake/pick-chat-files.ts';
import type { FolderFile } from './pack-files.ts';

export interface PickedFolder {
  /** Of the folder; of loose files that of the one text among them, as an export without a zip has it. */
  readonly name: string;
  readonly files: readonly FolderFile[];
}

/** What was picked: one file as it is, or several that go as one zip. Null: nothing. */
export type Picked = { readonly kind: 'file'; readonly file: File } | { readonly kind: 'folder'; readonly folder: PickedFolder } | null;

/** By path: the same folder makes the same zip, whatever order the browser gives. */
function toFolder(name: string, files: readonly FolderFile[]): Picked {
  const kept = files.filter(({ path }) => !isDropping(path));
  return { kind: 'folder', folder: { name, files: kept.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) } };
}

function nameOfLoose(files: readonly FolderFile[]): string {
  const texts = files.filter(({ path }) => /\.txt$/i.test(path));
  return texts.length === 1 ? (texts[0]?.path ?? '').replace(/\.txt$/i, '') : 'chats';
}

/** From an input: of a folder each file has its path. */
export function pickedFrom(list: FileList | readonly File[]): Picked {
  const files = [...list];
  const [first] = files;
  if (first === undefined) return null;
  const inFolder = files.map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }));
  const root = first.webkitRelativePath.split('/')[0] ?? '';
  if (root !== '') return toFolder(root, inFolder);
  return files.length === 1 ? { kind: 'file', file: first } : toFolder(nameOfLoose(inFolder), inFolder);
}

/** From a drop. Ask within the event itself: after it a browser no longer tells what was dropped. */
export async function pickedFromDrop({ items, files }: Pick<DataTransfer, 'items' | 'files'>): Promise<Picked> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const plain = [...files];
  if (entries.every(({ isFile }) => isFile)) return pickedFrom(plain);
  const found: FolderFile[] = [];
  for (const entry of entries) await gather(entry, found);
  const [only] = entries;
  return toFolder(entries.length === 1 && only !== undefined ? only.name : 'chats', found);
}

async function gather(entry: FileSystemEntry, into: FolderFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    into.push({ path: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A browser gives a hundred at a time, and none when there are no more.
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await gather(one, into);
  }
}
