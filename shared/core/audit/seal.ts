// The seal of a day: count and root of its events, and the hash of the seal before it. What is hashed are the bytes as they lie in the ledger.
import * as z from 'zod';
import { CalendarDate, Instant } from '#core/model/time.ts';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.int().nonnegative();

export const sealAlgorithm = 'rfc6962-sha256/1';

export const Seal = z.strictObject({
  algorithm: z.literal(sealAlgorithm),
  day: CalendarDate,
  /** Events in the tree: first those of the day in the order of their keys, then those that were filed late on it, in that order too. */
  count: Count,
  late: Count,
  root: Hex,
  /** SHA-256 of the seal of the day before; null on the first seal only. */
  previous: Hex.nullable(),
  /** SHA-256 of each page of leaves: what tells which event differs when the root does. */
  pages: z.array(Hex),
  madeAt: Instant,
});
export type Seal = z.infer<typeof Seal>;

export function sealText({ algorithm, day, count, late, root, previous, pages, madeAt }: Seal): string {
  return `${JSON.stringify({ algorithm, day, count, late, root, previous, pages, madeAt })}\n`;
}

/** null: this is no seal, or not written as a seal is, to the byte. */
export function readSeal(text: string): Seal | null {
  try {
    const seal = Seal.safeParse(JSON.parse(text)).data ?? null;
    return seal !== null && sealText(seal) === text ? seal : null;
  } catch {
    return null;
  }
}
