// Looks rows of a selection list up: a number by its beginning, words by every word somewhere in the row.
import type { SelectionList, SelectionResult } from '#core/retention/selection-list.ts';

const most = 25;

const folded = (value: string) => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export interface FoundSelections {
  readonly rows: readonly SelectionResult[];
  /** How many match in all; the rows are the first of them. */
  readonly total: number;
}

export function findSelections(list: SelectionList, typed: string): FoundSelections {
  const asked = folded(typed.trim());
  if (asked === '') return { rows: [], total: 0 };
  const names = new Map(list.processTypes.map((type) => [type.number, type.name]));
  const isNumber = /^\d+(\.\d*)*$/.test(asked);
  const words = asked.split(/\s+/);
  const found = list.results.filter((row) => {
    if (isNumber)
      return (
        row.number === asked || row.number.startsWith(asked.endsWith('.') ? asked : `${asked}.`) || (!asked.includes('.') && String(row.processType) === asked)
      );
    const all = folded(`${row.result} ${row.description} ${names.get(row.processType) ?? ''}`);
    return words.every((word) => all.includes(word));
  });
  return { rows: found.slice(0, most), total: found.length };
}
