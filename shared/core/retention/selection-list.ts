// The selection list (selectielijst, Archiefwet 1995 art. 5) as a table of facts, looked up by result number.
import type { ProcessTerm } from '#core/model/process-term.ts';
import type { Period } from '#core/model/time.ts';
import data from './selection-list-2020.data.json' with { type: 'json' };

export interface SelectionResult {
  /** `6.1`, `6.1.4` */
  readonly number: string;
  readonly processType: number;
  readonly kind: 'generic' | 'specific';
  readonly result: string;
  readonly description: string;
  /** null: the row has lapsed. */
  readonly nomination: 'destroy' | 'keep' | null;
  /** null: not given. */
  readonly processTerm: ProcessTerm | null;
  /** null with `destroy`: the list gives no term that can be counted. */
  readonly period: Period | null;
  readonly processTermRemark: string;
  readonly origin: string;
  readonly note: string;
}

export interface SelectionList {
  readonly name: string;
  readonly shortName: string;
  readonly version: string;
  readonly source: string;
  readonly licence: string;
  readonly processTypes: readonly { readonly number: number; readonly name: string }[];
  readonly results: readonly SelectionResult[];
}

export const selectionList2020 = data as unknown as SelectionList;

const byNumber = new WeakMap<SelectionList, ReadonlyMap<string, SelectionResult>>();

export function selectionResult(list: SelectionList, number: string): SelectionResult | null {
  let table = byNumber.get(list);
  if (table === undefined) {
    table = new Map(list.results.map((row) => [row.number, row]));
    byNumber.set(list, table);
  }
  return table.get(number) ?? null;
}
