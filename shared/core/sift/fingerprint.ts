// 53 bits that tell two records apart: enough to see that a file which was cut reads as before, in the same order.
import type { ChatRecord } from '#core/model/chat.ts';

/** What a record says, without what its neighbours decide: the comma and the white space of a list, the last line end of a file. */
export function fingerprint({ kind, local, sender, raw }: Pick<ChatRecord, 'kind' | 'local' | 'sender' | 'raw'>): number {
  let end = raw.length;
  let start = 0;
  while (end > 0 && isEdge(raw.charCodeAt(end - 1))) end--;
  while (start < end && isEdge(raw.charCodeAt(start))) start++;
  // Two of one name are told apart by what stands behind it, as long as both are there.
  const who = sender?.replace(/ \([^()]*\)$/, '') ?? '';
  return digest(`${kind}|${local}|${who}|${raw.slice(start, end)}`);
}

export function digest(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

/** White space, a comma, a byte order mark. */
function isEdge(unit: number): boolean {
  return unit === 32 || unit === 44 || unit === 0xfeff || (unit >= 9 && unit <= 13);
}
