// A conversation that an export cuts into several files: Messenger and Instagram write `message_1.json` with the newest messages, then
// `message_2.json` and so on, in the folder of the conversation; tools that read Teams write a page a file (`messages-00000.json`); RSMF comes
// in slices of a day. They are one conversation, in the order of their numbers or days.

export interface PartOf<C> {
  readonly chat: C;
  /** Goes on with the conversation of the one before it. */
  readonly continues: boolean;
}

/** What is the same in the names of a series, and the number of the part. */
const partOfSeries: Readonly<Record<string, RegExp>> = {
  messenger: /^(.*\/)?message_(\d{1,6})\.json$/i,
  teams: /^(.*?)[-_ ]?(\d{1,9})\.json$/i,
};

/** RSMF is cut by day: each slice is a file that names its conversations itself, so all slices of an upload are read as one, from old to new. */
const slices = 'rsmf';

interface ChatPart {
  readonly name: string;
  readonly format: string;
  /** Its first bytes, as far as they are known: a slice shows there when it begins. */
  readonly head?: Uint8Array;
}

/** Where the conversation appears first, all its parts stand; the others keep their order. */
export function joinParts<C extends ChatPart>(chats: readonly C[]): readonly PartOf<C>[] {
  const groups = new Map<string, { readonly part: number; readonly begins: string; readonly chat: C }[]>();
  for (const [i, chat] of chats.entries()) {
    const match = Object.hasOwn(partOfSeries, chat.format) ? partOfSeries[chat.format]?.exec(chat.name) : null;
    const key = chat.format === slices ? slices : !match ? `file:${i}` : `folder:${match[1] ?? ''}`;
    const group = groups.get(key);
    const one = { part: Number(match?.[2] ?? 0), begins: chat.format === slices ? beginOf(chat) : '', chat };
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap((group) =>
    group.sort((a, b) => a.part - b.part || compare(a.begins, b.begins)).map(({ chat }, i) => ({ chat, continues: i > 0 })),
  );
}

/** The earliest day among the first events of a slice, then its name. */
function beginOf({ head, name }: ChatPart): string {
  let text = '';
  for (const byte of head ?? []) text += String.fromCharCode(byte);
  const days = [...text.matchAll(/"timestamp"\s*:\s*"(\d{4}-\d{2}-\d{2})T/g)].map(([, day = '']) => day);
  return `${days.reduce((first, one) => (first === '' || one < first ? one : first), '')} ${name}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
