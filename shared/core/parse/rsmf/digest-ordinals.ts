// From the id of an event to its place in its conversation: a digest and a number each, whatever the length of the ids.
import { digestText } from '#core/text/tokenize.ts';

export interface DigestOrdinals {
  /** The next event of this conversation. */
  readonly push: (conversation: string, id: string | null) => void;
  readonly find: (conversation: string, id: string) => number | null;
  readonly count: (conversation: string) => number;
}

export function makeDigestOrdinals(): DigestOrdinals {
  const places = new Map<number, number>();
  const counts = new Map<string, number>();
  const keyOf = (conversation: string, id: string) => Number.parseInt(digestText(`${conversation}\u0000${id}`), 36);
  return {
    push: (conversation, id) => {
      const place = counts.get(conversation) ?? 0;
      counts.set(conversation, place + 1);
      if (id === null) return;
      const key = keyOf(conversation, id);
      // Of two events with one id the first is meant, as far as anybody can tell.
      if (!places.has(key)) places.set(key, place);
    },
    find: (conversation, id) => places.get(keyOf(conversation, id)) ?? null,
    count: (conversation) => counts.get(conversation) ?? 0,
  };
}
