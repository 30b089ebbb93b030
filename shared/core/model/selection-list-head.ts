// A selection list beside the built-in one: what it is, who determined it, and from which day cases are valued under it.
import * as z from 'zod';
import type { CalendarDate, Instant } from './time.ts';

/** `lijst-<first 16 of its hash>`: the same rows are the same list. */
export const SelectionListId = z
  .string()
  .regex(/^lijst-[0-9a-f]{16}$/)
  .brand<'selection-list'>();
export type SelectionListId = z.infer<typeof SelectionListId>;

export interface SelectionListHead {
  readonly id: SelectionListId;
  readonly name: string;
  readonly shortName: string;
  readonly version: string;
  readonly source: string;
  readonly licence: string;
  readonly processTypes: readonly { readonly number: number; readonly name: string }[];
  /** Cases that are closed on or after this day are valued under it, when they are put from then on. */
  readonly from: CalendarDate;
  readonly rows: number;
  readonly importedBy: string;
  readonly importedAt: Instant;
}
