// Lists are `{ items, next }`; the cursor is opaque and comes back as `?next=`.
import * as z from 'zod';

export const Cursor = z.string().min(1).max(2000).meta({ description: 'Opaque cursor: the `next` of the page before' });

/** A whole number out of an address. */
export function numberInAddress(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'geef een geheel getal')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .meta({ type: 'integer', minimum: least, maximum: most });
}

export const pageLimit = (fallback: number, most: number) => numberInAddress(1, most).default(fallback);

export const listOf = <T extends z.ZodType>(item: T) => z.array(item).readonly();

/** A page of `item`. Answers are read-only, so that what the core gives fits without a copy. */
export function pageOf<T extends z.ZodType>(id: string, item: T) {
  return z.object({ items: listOf(item), next: Cursor.nullable() }).meta({ id, description: `A page; \`next\` is null on the last one` });
}
