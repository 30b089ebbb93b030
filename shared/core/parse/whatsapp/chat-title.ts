// The chat's name out of the file's name, where the export put it there.
import { otherFileNames, wordings } from './wordings/all.ts';
import type { Wording } from './wordings/wording.ts';

export interface NamedChat {
  readonly title: string;
  readonly language: Wording['language'] | null;
}

const prefixes: readonly { readonly prefix: string; readonly language: Wording['language'] | null }[] = [
  ...wordings.flatMap(({ language, fileNames }) => fileNames.map((prefix) => ({ prefix, language }))),
  ...otherFileNames.map((prefix) => ({ prefix, language: null })),
];

/** `WhatsApp-chat met Team Vergunningen (1).txt` → Team Vergunningen, Dutch. `_chat.txt` names no chat. */
export function readChatTitle(fileName: string): NamedChat | null {
  const bare = fileName.replace(/\.(?:txt|zip)$/i, '').replace(/ ?\(\d{1,3}\)$/, '');
  const chinese = /^与(.+)的 ?WhatsApp ?聊天/.exec(bare)?.[1];
  if (chinese !== undefined) return { title: chinese, language: null };
  for (const { prefix, language } of prefixes) {
    if (bare.startsWith(prefix) && bare.length > prefix.length)
      return { title: bare.slice(prefix.length), language: prefix === 'WhatsApp Chat - ' ? null : language };
    const underscored = prefix.replaceAll(' ', '_');
    if (underscored !== prefix && bare.startsWith(underscored) && bare.length > underscored.length) {
      return { title: bare.slice(underscored.length).replaceAll('_', ' '), language: prefix === 'WhatsApp Chat - ' ? null : language };
    }
  }
  return null;
}
