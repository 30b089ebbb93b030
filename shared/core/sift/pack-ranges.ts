// Struck ranges as bytes: what lies between, how long, and why. A person's half of a long chat is some thousands of ranges, three bytes each.
//
//   range   varint(from − end of the one before) · varint(to − from) · reason
import { type SiftReason, type StruckRange, siftReasons } from '#core/model/sift.ts';

export function packRanges(ranges: readonly StruckRange[]): Uint8Array {
  const bytes: number[] = [];
  const put = (value: number) => {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    bytes.push(rest);
  };
  let end = 0;
  for (const { from, to, reason } of ranges) {
    put(from - end);
    put(to - from);
    bytes.push(siftReasons.indexOf(reason));
    end = to;
  }
  return Uint8Array.from(bytes);
}

/** Throws on bytes that are none of these. */
export function unpackRanges(bytes: Uint8Array): readonly StruckRange[] {
  let at = 0;
  const take = (): number => {
    let value = 0;
    for (let weight = 1; ; weight *= 0x80) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('sift: ranges that break off');
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
    }
  };
  const ranges: StruckRange[] = [];
  let end = 0;
  while (at < bytes.length) {
    const from = end + take();
    end = from + take();
    ranges.push({ from, to: end, reason: reasonOf(bytes[at++]) });
  }
  return ranges;
}

function reasonOf(place: number | undefined): SiftReason {
  const reason = place === undefined ? undefined : siftReasons[place];
  if (reason === undefined) throw new Error('sift: a reason that is not known');
  return reason;
}
