// Cases out of a CSV file: a head line with names of columns, a case a line. Every line becomes an order or says in Dutch what is wrong
// with it; nothing is guessed (a day is `31-12-2026` or `2026-12-31`, never anything that could be read two ways).
import { type Case, derivationKinds } from '#core/model/case.ts';
import { CaseId } from '#core/model/id.ts';
import { CalendarDate, Period } from '#core/model/time.ts';
import { parseCsv } from '#core/text/csv.ts';

export type CaseOfLine = Pick<Case, 'id' | 'title' | 'state' | 'closedOn' | 'selection' | 'nomination' | 'period' | 'derivation'>;

export interface BadLine {
  readonly line: number;
  readonly message: string;
}

export interface ReadCases {
  readonly cases: readonly { readonly line: number; readonly order: CaseOfLine }[];
  readonly bad: readonly BadLine[];
}

const columns = {
  number: ['zaaknummer', 'zaak', 'identificatie', 'nummer'],
  title: ['titel', 'onderwerp', 'omschrijving'],
  state: ['status', 'stand'],
  closedOn: ['afgehandeld op', 'afgehandeld', 'einddatum'],
  selection: ['selectielijst', 'selectielijstklasse', 'resultaat'],
  nomination: ['waardering', 'archiefnominatie'],
  period: ['bewaartermijn', 'archiefactietermijn'],
  kind: ['afleidingswijze'],
  startDate: ['begindatum', 'brondatum', 'startdatum bewaartermijn'],
} as const;
type Column = keyof typeof columns;

const plain = (word: string) =>
  word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ');

function columnOf(word: string): Column | null {
  const found = (Object.entries(columns) as [Column, readonly string[]][]).find(([, names]) => names.includes(plain(word)));
  return found === undefined ? null : found[0];
}

/** Undefined: not a day. */
function readDate(word: string): CalendarDate | undefined {
  const dutch = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(word);
  const iso = dutch === null ? word : `${dutch[3]}-${(dutch[2] ?? '').padStart(2, '0')}-${(dutch[1] ?? '').padStart(2, '0')}`;
  return CalendarDate.safeParse(iso).data;
}

const units: Readonly<Record<string, string>> = {
  jaar: 'Y',
  jaren: 'Y',
  maand: 'M',
  maanden: 'M',
  week: 'W',
  weken: 'W',
  dag: 'D',
  dagen: 'D',
};

function readPeriod(word: string): Period | undefined {
  const dutch = /^(\d{1,4}) ?([a-z]+)$/.exec(plain(word));
  const unit = dutch === null ? undefined : units[dutch[2] ?? ''];
  return Period.safeParse(unit === undefined ? word.toUpperCase() : `P${Number(dutch?.[1])}${unit}`).data;
}

const states: Readonly<Record<string, Case['state']>> = { open: 'open', lopend: 'open', afgehandeld: 'closed', gesloten: 'closed', dicht: 'closed' };
const nominations: Readonly<Record<string, 'destroy' | 'keep'>> = {
  vernietigen: 'destroy',
  v: 'destroy',
  'blijvend bewaren': 'keep',
  bewaren: 'keep',
  b: 'keep',
};

function readLine(value: (column: Column) => string): CaseOfLine | string {
  const id = CaseId.safeParse(value('number'));
  if (value('number') === '') return 'het zaaknummer ontbreekt';
  if (!id.success) return 'het zaaknummer mag alleen letters, cijfers en - . _ ~ hebben, hoogstens 64';
  const closed = value('closedOn');
  const closedOn = closed === '' ? null : readDate(closed);
  if (closedOn === undefined) return 'de datum van afhandeling is geen dag die bestaat; schrijf 31-12-2026 of 2026-12-31';
  // Without a column for it, a day of closing says it.
  const state = value('state') === '' ? (closedOn === null ? 'open' : 'closed') : states[plain(value('state'))];
  if (state === undefined) return 'de status is niet duidelijk; schrijf open of afgehandeld';
  if (state === 'closed' && closedOn === null) return 'de zaak is afgehandeld, maar de datum van afhandeling ontbreekt';
  if (state === 'open' && closedOn !== null) return 'de zaak is open, maar heeft wel een datum van afhandeling';
  const selection = value('selection') === '' ? null : value('selection');
  if (selection !== null && !/^\d+(\.\d+){1,2}$/.test(selection)) return 'het resultaat uit de selectielijst is geen nummer zoals 6.1 of 6.1.4';
  const nomination = value('nomination') === '' ? null : nominations[plain(value('nomination')).replaceAll('_', ' ')];
  if (nomination === undefined) return 'de waardering is niet duidelijk; schrijf vernietigen of blijvend bewaren';
  const period = value('period') === '' ? null : readPeriod(value('period'));
  if (period === undefined) return 'de bewaartermijn is niet duidelijk; schrijf 5 jaar of P5Y';
  if (selection !== null && (nomination !== null || period !== null)) return 'geef of een nummer uit de selectielijst, of een waardering en een bewaartermijn';
  if (nomination === 'destroy' && period === null) return 'bij vernietigen hoort een bewaartermijn';
  if (nomination !== 'destroy' && period !== null) return 'een bewaartermijn hoort alleen bij vernietigen';
  const kind = value('kind') === '' ? 'afgehandeld' : derivationKinds.find((one) => one === plain(value('kind')).replaceAll(' ', '_'));
  if (kind === undefined) return 'deze afleidingswijze bestaat niet; schrijf bijvoorbeeld afgehandeld of vervaldatum_besluit';
  const start = value('startDate');
  const startDate = start === '' ? null : readDate(start);
  if (startDate === undefined) return 'de begindatum is geen dag die bestaat; schrijf 31-12-2026 of 2026-12-31';
  const title = value('title') === '' ? null : value('title').slice(0, 500);
  return { id: id.data, title, state, closedOn, selection, nomination, period, derivation: { kind, ...(startDate === null ? {} : { startDate }) } };
}

export function readCaseCsv(text: string): ReadCases {
  const { rows, open } = parseCsv(text);
  if (text.includes('\uFFFD')) return { cases: [], bad: [{ line: 1, message: 'het bestand is niet in UTF-8 bewaard; kies in Excel “CSV UTF-8”' }] };
  if (open !== null) return { cases: [], bad: [{ line: open, message: 'hier begint een tekst tussen aanhalingstekens die niet eindigt' }] };
  const [head, ...lines] = rows;
  if (head === undefined) return { cases: [], bad: [{ line: 1, message: 'het bestand is leeg' }] };
  const named = head.fields.map(columnOf);
  const unknown = head.fields.filter((word, i) => named[i] === null && word.trim() !== '');
  const twice = named.some((column, i) => column !== null && named.indexOf(column) !== i);
  if (!named.includes('number')) return { cases: [], bad: [{ line: head.line, message: 'in de eerste regel ontbreekt de kolom zaaknummer' }] };
  if (unknown.length > 0 || twice) {
    const message = twice ? 'in de eerste regel staat een kolom twee keer' : 'in de eerste regel staat een kolom die we niet kennen';
    return {
      cases: [],
      bad: [
        {
          line: head.line,
          message: `${message}; wat mag: ${Object.values(columns)
            .map(([name]) => name)
            .join(', ')}`,
        },
      ],
    };
  }
  const cases: { line: number; order: CaseOfLine }[] = [];
  const bad: BadLine[] = [];
  const seen = new Map<string, number>();
  for (const { line, fields } of lines) {
    const order =
      fields.length > head.fields.length
        ? 'deze regel heeft meer velden dan de eerste regel'
        : readLine((column) => (fields[named.indexOf(column)] ?? '').trim());
    const before = typeof order === 'string' ? undefined : seen.get(order.id);
    if (typeof order === 'string') bad.push({ line, message: order });
    else if (before !== undefined) bad.push({ line, message: `dit zaaknummer staat ook op regel ${before}` });
    else {
      seen.set(order.id, line);
      cases.push({ line, order });
    }
  }
  return { cases, bad };
}
