// A file without a fixed layout, by its start: its columns, what they probably are, and sample records for the person who confirms it.
import type { ColumnMapping } from '#core/model/mapping.ts';
import { csvDelimiters } from '#core/model/mapping-choices.ts';
import { digestText } from '#core/text/tokenize.ts';
import { splitRow } from '../split-row.ts';
import { encodingOfHead, makeDecoder, makeStrictDecoder, type TextEncoding, takeUtf8Census } from '../whatsapp/text-encoding.ts';
import { dateOrderOf, readGenericTime } from './generic-time.ts';
import { flatFields, jsonLists } from './json-lists.ts';

/** What is looked at. */
export const headBytes = 64 * 1024;

export interface TableHead {
  readonly kind: 'csv' | 'json';
  /** As the file names them; `Kolom 3` where it does not. */
  readonly columns: readonly string[];
  /** The first records, by column. */
  readonly rows: readonly (readonly string[])[];
  readonly proposal: ColumnMapping;
  /** Day and month can be told apart by what was seen. */
  readonly dateOrderCertain: boolean;
  /** Same for files of the same columns. */
  readonly layout: string;
  /** Rows before the first that counts: the header, and `sep=;` above it. */
  readonly skip: number;
  /** JSON: the list whose objects are the records. */
  readonly list: string;
  /** 0 = no table of messages, 1 = surely. */
  readonly confidence: number;
}

/** What a person has changed of how the file is cut. */
export interface CutChoice {
  readonly delimiter?: ColumnMapping['delimiter'];
  readonly encoding?: ColumnMapping['encoding'];
  readonly header?: boolean;
}

const rowsSeen = 50;

export function readTableHead(kind: TableHead['kind'], head: Uint8Array, choice: CutChoice = {}): TableHead {
  return kind === 'json' ? readJsonHead(head) : readCsvHead(head, choice);
}

export function readCsvHead(head: Uint8Array, choice: CutChoice = {}): TableHead {
  const encoding = choice.encoding ?? encodingOf(head);
  const whole = head.length < headBytes;
  const text = makeDecoder(encoding)
    .decode(head)
    .replace(/^\ufeff/, '');
  const named = /^sep=(.)\r?\n/i.exec(text);
  const body = named === null ? text : text.slice(named[0].length);
  const delimiter = choice.delimiter ?? csvDelimiters.find((one) => one === named?.[1]) ?? delimiterOf(body, whole);
  const all = rowsOf(body, delimiter, whole);
  const header = choice.header ?? isHeader(all);
  const width = Math.max(1, ...all.map((row) => row.length));
  const [first = []] = all;
  const columns = Array.from({ length: width }, (_, i) => (header ? (first[i]?.trim() ?? '') : '') || `Kolom ${i + 1}`);
  const rows = header ? all.slice(1) : all;
  const even = all.filter((row) => row.length === width).length;
  return finish({
    kind: 'csv',
    columns,
    rows,
    cutting: { delimiter, encoding, header },
    layoutOf: header ? columns : [`#${width}`],
    skip: (named === null ? 0 : 1) + (header ? 1 : 0),
    list: '',
    regular: width >= 2 && all.length >= 2 && even * 5 >= all.length * 4,
  });
}

export function readJsonHead(head: Uint8Array): TableHead {
  const text = makeDecoder('utf-8').decode(head);
  const heads = jsonLists(text).map(({ key, items }) => {
    const fields = items.map(flatFields);
    const columns = [...new Set(fields.flatMap((one) => [...one.keys()]))].slice(0, 1000);
    const rows = fields.map((one) => columns.map((column) => one.get(column) ?? ''));
    return finish({
      kind: 'json',
      columns: columns.length === 0 ? ['Kolom 1'] : columns,
      rows,
      cutting: { delimiter: null, encoding: 'utf-8', header: false },
      layoutOf: [key, ...columns],
      skip: 0,
      list: key,
      regular: columns.length >= 2 && rows.length >= 1,
    });
  });
  const [best] = heads.sort((a, b) => b.confidence - a.confidence || b.rows.length - a.rows.length);
  return (
    best ??
    finish({
      kind: 'json',
      columns: ['Kolom 1'],
      rows: [],
      cutting: { delimiter: null, encoding: 'utf-8', header: false },
      layoutOf: [],
      skip: 0,
      list: 'messages',
      regular: false,
    })
  );
}

interface Table {
  readonly kind: TableHead['kind'];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly cutting: Pick<ColumnMapping, 'delimiter' | 'encoding' | 'header'>;
  readonly layoutOf: readonly string[];
  readonly skip: number;
  readonly list: string;
  readonly regular: boolean;
}

function finish({ kind, columns, rows, cutting, layoutOf, skip, list, regular }: Table): TableHead {
  const { proposal, certain, timed, said } = propose(columns, rows, cutting);
  return {
    kind,
    columns,
    rows: rows.slice(0, rowsSeen),
    proposal,
    dateOrderCertain: certain,
    layout: digestText(`${kind}\u0000${layoutOf.join('\u0000')}`),
    skip,
    list,
    confidence: regular && timed && said ? 0.5 : 0,
  };
}

const names = {
  time: /^(?:date|datum|time|tijd|time ?stamp|tijdstip|datetime|datum.*tijd|.*(?:sent|created|posted|received|verzonden|verstuurd|ontvangen).*|when|ts)$|date|datum|timestamp|tijdstip/i,
  clock: /^(?:time|tijd|tijdstip|uur|hour)$/i,
  sender:
    /^(?:sender|from|afzender|van|author|auteur|name|naam|user|gebruiker|who|wie|username|participant)\b|sender|afzender|author|from[._ ]?(?:name|display)/i,
  text: /^(?:text|tekst|message|bericht|body|content|inhoud|msg|caption|bijschrift)$|text|tekst|bericht|message[._ ]?(?:body|text)|content/i,
  conversation:
    /^(?:conversation|chat|gesprek|thread|channel|kanaal|group|groep|room|chat[._ ]?(?:name|session)|conversation[._ ]?(?:id|name)|gespreks?naam)$/i,
  id: /^(?:id|uid|guid|uuid|message[._ ]?id|msg[._ ]?id|berichtnummer)$/i,
  kind: /^(?:type|kind|soort|message[._ ]?type)$/i,
  attachment: /^(?:media|attachments?|bijlagen?|file|file ?name|bestand|bestandsnaam|media[._ ]?(?:path|file))$/i,
};

/** How much of a column's values are times. */
function timeShare(values: readonly string[], rules: Pick<ColumnMapping, 'dateOrder' | 'zone'>): number {
  const filled = values.filter((value) => value.trim() !== '');
  return filled.length === 0 ? 0 : filled.filter((value) => readGenericTime(value, rules) !== null).length / filled.length;
}

function propose(columns: readonly string[], rows: readonly (readonly string[])[], cutting: Table['cutting']) {
  const values = columns.map((_, i) => rows.map((row) => row[i] ?? ''));
  const taken = new Set<number>();
  const orders = values.map(dateOrderOf);
  const rulesOf = (i: number) => ({ dateOrder: orders[i]?.order ?? ('dmy' as const), zone: 'Europe/Amsterdam' as const });
  const share = values.map((column, i) => timeShare(column, rulesOf(i)));
  const best = pick(
    columns,
    (name, i) => ((share[i] ?? 0) < 0.8 ? 0 : (share[i] ?? 0) + (names.time.test(name) ? 1 : isBareNumber(values[i] ?? []) ? -0.5 : 0)),
    taken,
  );
  const time = best ?? 0;
  taken.add(time);
  const clock = pick(columns, (name, i) => (names.clock.test(name) && isClock(values[i] ?? []) && !hasClock(values[time] ?? []) ? 1 : 0), taken);
  if (clock !== null) taken.add(clock);
  const named = (pattern: RegExp) => {
    const found = pick(columns, (name) => (pattern.test(name) ? 1 : 0), taken);
    if (found !== null) taken.add(found);
    return found;
  };
  const id = named(names.id);
  const kind = named(names.kind);
  const conversation = named(names.conversation);
  const attachment = named(names.attachment);
  const byName = columns.findIndex((name, i) => !taken.has(i) && names.text.test(name));
  const lengths = values.map((column) => column.reduce((sum, value) => sum + value.length, 0));
  const text = byName >= 0 ? byName : pick(columns, (_, i) => 1 + (lengths[i] ?? 0), taken);
  if (text !== null) taken.add(text);
  const sender = named(names.sender) ?? (byName >= 0 ? null : pick(columns, (_, i) => (repeats(values[i] ?? []) ? 1 : 0), taken));
  const proposal: ColumnMapping = {
    time: clock === null ? [time] : [time, clock],
    sender,
    text: [text ?? time],
    conversation,
    id,
    kind,
    attachment,
    dateOrder: orders[time]?.order ?? 'dmy',
    zone: 'Europe/Amsterdam',
    ...cutting,
  };
  return { proposal, certain: orders[time]?.certain ?? true, timed: best !== null, said: text !== null };
}

/** The column with the most points, the first of equals; null when none has any. */
function pick(columns: readonly string[], points: (name: string, i: number) => number, taken: ReadonlySet<number>): number | null {
  let best: number | null = null;
  let most = 0;
  for (const [i, name] of columns.entries()) {
    const score = taken.has(i) ? 0 : points(name, i);
    if (score > most) {
      most = score;
      best = i;
    }
  }
  return best;
}

const isBareNumber = (values: readonly string[]) => values.every((value) => /^[\d.,\s]*$/.test(value));
const isClock = (values: readonly string[]) =>
  values.some((value) => value.trim() !== '') && values.every((value) => /^\s*(?:\d{1,2}[:.]\d{2}.*)?$/.test(value));
const hasClock = (values: readonly string[]) => values.some((value) => /\d{1,2}:\d{2}/.test(value));
const repeats = (values: readonly string[]) => values.length > 2 && new Set(values).size * 2 <= values.length && values.every((value) => value.length < 60);

function encodingOf(head: Uint8Array): TextEncoding {
  const { encoding } = encodingOfHead(head);
  if (encoding !== 'utf-8') return encoding;
  // The last character may be cut through.
  const whole = head.length < headBytes ? head : head.subarray(0, Math.max(0, head.length - 4));
  if (makeStrictDecoder().decode(whole) !== null) return 'utf-8';
  const { invalid, sequences } = takeUtf8Census(whole);
  return invalid > sequences ? 'windows-1252' : 'utf-8';
}

/** Rows of the start; the last one is left out where the start breaks it off. */
function rowsOf(text: string, delimiter: string, whole: boolean): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  let from = 0;
  let quoted = false;
  let fieldStart = true;
  for (let at = 0; at < text.length && rows.length < rowsSeen; at++) {
    const character = text[at];
    if (character === '"' && (quoted || fieldStart || text[at - 1] === '"')) quoted = !quoted;
    if (character === '\n' && !quoted) {
      if (text.slice(from, at).trim() !== '') rows.push(splitRow(text.slice(from, at + 1), delimiter));
      from = at + 1;
    }
    fieldStart = !quoted && (character === delimiter || character === '\n' || (fieldStart && character === ' '));
  }
  if (whole && rows.length < rowsSeen && text.slice(from).trim() !== '') rows.push(splitRow(text.slice(from), delimiter));
  return rows;
}

function delimiterOf(text: string, whole: boolean): (typeof csvDelimiters)[number] {
  let best: (typeof csvDelimiters)[number] = ';';
  let most = 0;
  for (const delimiter of csvDelimiters) {
    const widths = rowsOf(text, delimiter, whole).map((row) => row.length);
    const common = [...new Set(widths)].sort((a, b) => widths.filter((w) => w === b).length - widths.filter((w) => w === a).length)[0] ?? 1;
    const points = common < 2 ? 0 : widths.filter((width) => width === common).length / widths.length + Math.min(common, 12) / 100;
    if (points > most) {
      most = points;
      best = delimiter;
    }
  }
  return best;
}

/** The first row names the columns: words, all different, where the rows below have times or numbers. */
function isHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (first === undefined || first.some((cell) => cell.trim() === '' || cell.length > 60) || new Set(first).size !== first.length) return false;
  const rules = { dateOrder: 'dmy', zone: 'Europe/Amsterdam' } as const;
  const other = { dateOrder: 'mdy', zone: 'Europe/Amsterdam' } as const;
  const figure = (cell: string) => /^[\d.,:\s/-]+$/.test(cell) || readGenericTime(cell, rules) !== null || readGenericTime(cell, other) !== null;
  if (first.some(figure)) return false;
  return rest.length === 0 || first.some((_, i) => rest.some((row) => figure(row[i] ?? '')));
}
