// Which files of an archive came along with which chat, and what that chat is called: with several chats each has the files of its own
// folder, and those of a folder of no chat (the stickers of an account); iOS calls every chat `_chat.txt` and puts its name on the archive (FORMATS 1.1.1).
import { baseName } from './entry-name.ts';
import type { NumberedFile } from './find-attachment.ts';

export interface PlacedChat {
  /** Name without folder, as the person saw it. */
  readonly name: string;
  /** Files that came along, by name and by their path as seen from the chat. */
  readonly files: readonly NumberedFile[];
}

/** `others`: with their folders. `isTitle`: a name that says whose chat it is. */
export function placeChats(
  chats: readonly { readonly name: string }[],
  others: readonly { readonly n: number; readonly name: string }[],
  archive: string,
  isTitle: (name: string) => boolean,
): readonly PlacedChat[] {
  const alone = chats.length === 1;
  return chats.map((chat) => ({
    name: nameOfChat(chat.name, alone ? archive : null, isTitle),
    files: others
      .filter((one) => alone || isBeside(one.name, chat.name) || !chats.some((other) => isBeside(one.name, other.name)))
      .map(({ n, name }) => ({ n, name: baseName(name), path: isBeside(name, chat.name) ? name.slice(folderOf(chat.name).length) : name })),
  }));
}

/** In the folder of the chat, or below it. */
function isBeside(name: string, chat: string): boolean {
  return name.startsWith(folderOf(chat));
}

function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

/** Packed anew, the name that iOS gave the archive may stand on the folder. */
function nameOfChat(name: string, archive: string | null, isTitle: (name: string) => boolean): string {
  const base = baseName(name);
  // signal-export names the folder after the conversation, and its files alike.
  if (/^(?:data\.json|chat\.md)$/i.test(base)) return name.split('/').at(-2) ?? base;
  if (!/^_chat(?: ?\(\d+\))?\.txt$/i.test(base)) return base;
  const folder = name.split('/').at(-2) ?? '';
  return isTitle(folder) ? folder : (archive ?? base);
}
