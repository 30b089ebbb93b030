// The search-term report as sheets: terms, key persons, months, the words that were searched, the settings, and what was not searched.
import type { BundleState } from '#core/model/bundle.ts';
import type { TermHits, TermReport } from '#core/model/term-report.ts';
import type { Sheet, SheetCell } from './sheet.ts';
import { termReportText as text } from './term-report-text.nl.ts';

const day = (value: string | null): SheetCell => (value === null ? null : { date: value });

function hitCells({ line, hits, messages, inAttachments, conversations }: TermHits): SheetCell[] {
  return [line, hits, messages, inAttachments, conversations];
}

function termSheet({ rows, total, settings }: TermReport): Sheet {
  const whole = settings.query === null ? text.allTerms : text.wholeQuery;
  return {
    name: text.sheets.terms,
    headings: [text.term, text.line, text.hits, text.messages, text.inAttachments, text.conversations, text.unique, text.first, text.last],
    widths: [32, 40, 12, 20, 20, 14, 22, 14, 14],
    rows: [
      ...rows.map((row) => [row.term, ...hitCells(row), row.unique, day(row.first), day(row.last)]),
      [whole, ...hitCells(total), null, day(total.first), day(total.last)],
    ],
  };
}

/** Terms beside each other, what is counted below each other; a total behind. */
function crossSheet(
  name: string,
  heading: string,
  report: TermReport,
  keys: readonly (readonly [key: string, label: string])[],
  of: (row: TermHits) => ReadonlyMap<string, number>,
): Sheet {
  const rows = [...report.rows, report.total];
  const counts = rows.map(of);
  return {
    name,
    headings: [heading, ...report.rows.map(({ term }) => term), report.settings.query === null ? text.allTerms : text.wholeQuery],
    widths: [32, ...rows.map(() => 20)],
    rows: keys.map(([key, label]) => [label, ...counts.map((held) => held.get(key) ?? 0)]),
  };
}

function custodianSheet(report: TermReport): Sheet {
  const names = new Map(
    [...report.rows, report.total].flatMap(({ byCustodian }) => byCustodian.map(({ custodianId, name }) => [custodianId ?? '', name ?? text.noCustodian])),
  );
  const keys = [...names].sort(([a, x], [b, y]) => (a === '' ? 1 : b === '' ? -1 : x < y ? -1 : 1));
  return crossSheet(
    text.sheets.custodians,
    text.sheets.custodians,
    report,
    keys,
    ({ byCustodian }) => new Map(byCustodian.map(({ custodianId, hits }) => [custodianId ?? '', hits])),
  );
}

function monthSheet(report: TermReport): Sheet {
  const months = [...new Set([...report.rows, report.total].flatMap(({ byMonth }) => byMonth.map(({ month }) => month)))].sort();
  const keys = months.map((month) => [month, month] as const);
  return crossSheet(text.sheets.months, text.month, report, keys, ({ byMonth }) => new Map(byMonth.map(({ month, hits }) => [month, hits])));
}

function wordSheet({ expansions }: TermReport): Sheet {
  return {
    name: text.sheets.words,
    headings: [text.leaf, text.word, text.hits, text.used],
    widths: [32, 32, 12, 16],
    rows: expansions.flatMap(({ leaf, terms }) => terms.map(({ term, messages, off }) => [leaf, term, messages, off === true ? text.refused : text.yes])),
  };
}

const listed = (values: readonly string[]) => (values.length === 0 ? text.none : values.join(', '));
const filterNames: Readonly<Record<string, string>> = text.filters;

/** Every filter there is, used or not: one that is not named here is printed under its own name. */
function filterRows(filters: TermReport['settings']['filters']): SheetCell[][] {
  const { conversations, ...rest } = filters;
  const all = { ...rest, conversations: conversations.map(({ bundleId, n }) => `${bundleId}/${n}`) };
  return Object.entries(all).map(([name, value]) => [
    filterNames[name] ?? text.otherFilter(name),
    value === null ? text.none : typeof value === 'string' ? { date: value } : listed(value),
  ]);
}

function settingSheet({ settings }: TermReport, version: string): Sheet {
  const { query, searchId, filters, switchedOff, at, today, by, watermark } = settings;
  const states = Object.entries(watermark.bundles) as [BundleState, number][];
  return {
    name: text.sheets.settings,
    headings: [text.setting, text.value],
    widths: [44, 60],
    rows: [
      [text.query, query ?? text.none],
      ...(searchId === null ? [] : [[text.searchId, searchId]]),
      ...filterRows(filters),
      [text.switchedOff, listed(switchedOff.map(({ leaf, terms }) => `${leaf}: ${terms.join(' ')}`))],
      [text.at, at],
      [text.today, { date: today }],
      [text.by, by],
      [text.version, version],
      [text.indexing, `${watermark.tokenizer}.${watermark.boundaries}`],
      [text.watermark, text.watermarkOf(watermark.epoch, watermark.words)],
      [text.searched, watermark.bundles.indexed],
      ...states.filter(([state]) => state !== 'indexed').map(([state, bundles]) => [text.notSearched(text.states[state]), bundles]),
      [text.title, text.note],
    ],
  };
}

function bundleSheet({ excluded }: TermReport): Sheet {
  return {
    name: text.sheets.bundles,
    headings: [text.bundle, text.state],
    widths: [36, 40],
    rows: excluded.map(({ bundleId, state }) => [bundleId, text.states[state]]),
  };
}

export function termReportSheets(report: TermReport, version: string): readonly Sheet[] {
  return [termSheet(report), custodianSheet(report), monthSheet(report), wordSheet(report), settingSheet(report, version), bundleSheet(report)];
}
