// A conversation that an export cuts into several files: Messenger and Instagram write `message_1.json` with the newest messages, then
// `message_2.json` and so on, in the folder of the conversation; tools that read Teams write a page a file (`messages-00000.json`). They are
// one conversation, in the order of their numbers.

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

/** Where the conversation appears first, all its parts stand; the others keep their order. */
export function joinParts<C extends { readonly name: string; readonly format: string }>(chats: readonly C[]): readonly PartOf<C>[] {
  const groups = new Map<string, { readonly part: number; readonly chat: C }[]>();
  for (const [i, chat] of chats.entries()) {
    const match = Object.hasOwn(partOfSeries, chat.format) ? partOfSeries[chat.format]?.exec(chat.name) : null;
    const key = !match ? `file:${i}` : `folder:${match[1] ?? ''}`;
    const group = groups.get(key);
    const one = { part: Number(match?.[2] ?? 0), chat };
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap((group) => group.sort((a, b) => a.part - b.part).map(({ chat }, i) => ({ chat, continues: i > 0 })));
}
