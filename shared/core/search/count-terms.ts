// A list of terms, each line its own row: what each finds, and what it alone finds. All rows are counted over one and the same answer.
import { conversationNumber, isShelf } from './attachment-shelf.ts';
import { andBits, type Bits, countBits, eachBit, noBits, orBits } from './bits.ts';
import type { FoundSegment } from './count-answer.ts';
import { evaluate } from './evaluate.ts';
import type { Query } from './query.ts';
import { queryLine } from './query-line.ts';
import { symbolsOf } from './query-symbols.ts';
import { monthText } from './segment.ts';
import { bitsOfWordsAsked } from './words-asked.ts';

export interface TermRow {
  /** As understood; a line that is one word or phrase stands as it was typed. */
  readonly line: string;
  /** Messages and pages of attachments. */
  readonly hits: number;
  readonly messages: number;
  readonly inAttachments: number;
  readonly conversations: number;
  /** Hits that no other line finds. */
  readonly unique: number;
  /** Wall time of the earliest and latest hit, as `localNumber` gives it; null: no hit, or the columns were not read. */
  readonly first: number | null;
  readonly last: number | null;
  readonly byBundle: ReadonlyMap<string, number>;
  /** `2024-05` → hits; empty when the columns were not read. */
  readonly byMonth: ReadonlyMap<string, number>;
}

/** The lines of a query as it was typed; a query on one line is one. */
export function linesOf(typed: string, query: Query): readonly Query[] {
  return query.kind === 'or' && symbolsOf(typed).some(({ kind }) => kind === 'line') ? query.parts : [query];
}

function bitsOfLine(line: Query, { view, filterBits, head }: FoundSegment): Bits {
  const may = evaluate(line, view);
  const bits = isShelf(head.n) ? andBits(may, bitsOfWordsAsked(line, view)) : may;
  return filterBits === null ? bits : andBits(bits, filterBits);
}

interface Counting {
  hits: number;
  inAttachments: number;
  unique: number;
  first: number | null;
  last: number | null;
  readonly conversations: Set<string>;
  readonly byBundle: Map<string, number>;
  readonly byMonth: Map<string, number>;
}

function add(counts: Map<string, number>, key: string, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}

function countTimes(row: Counting, bits: Bits, times: Float64Array): void {
  eachBit(bits, (record) => {
    const time = times[record] ?? 0;
    if (row.first === null || time < row.first) row.first = time;
    if (row.last === null || time > row.last) row.last = time;
    add(row.byMonth, monthText(time), 1);
  });
}

/** `found`: every segment in which a word of any line stands. */
export function countTerms(lines: readonly Query[], found: readonly FoundSegment[]): readonly TermRow[] {
  const rows = lines.map(
    (): Counting => ({
      hits: 0,
      inAttachments: 0,
      unique: 0,
      first: null,
      last: null,
      conversations: new Set(),
      byBundle: new Map(),
      byMonth: new Map(),
    }),
  );
  for (const segment of found) {
    const { head, times } = segment;
    const each = lines.map((line) => bitsOfLine(line, segment));
    let once = noBits(head.count);
    let more = noBits(head.count);
    for (const bits of each) {
      more = orBits(more, andBits(once, bits));
      once = orBits(once, bits);
    }
    for (const [i, bits] of each.entries()) {
      const row = rows[i];
      const hits = countBits(bits);
      if (row === undefined || hits === 0) continue;
      row.hits += hits;
      if (isShelf(head.n)) row.inAttachments += hits;
      row.unique += hits - countBits(andBits(bits, more));
      row.conversations.add(`${head.bundleId}/${conversationNumber(head.n)}`);
      add(row.byBundle, head.bundleId, hits);
      if (times !== null) countTimes(row, bits, times);
    }
  }
  return rows.map(({ conversations, ...row }, i) => ({
    line: queryLine(lines[i] ?? { kind: 'all' }),
    ...row,
    messages: row.hits - row.inAttachments,
    conversations: conversations.size,
  }));
}
