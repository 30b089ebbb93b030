// Sheets as xlsx and csv, read back without the package that wrote them: by unzipping and reading the XML, and by our own CSV reader.
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Sheet } from '#core/export/sheet.ts';
import { parseCsv } from '#core/text/csv.ts';
import { writeCsvOfSheets, writeWorkbook } from '#functions/documents/workbook.ts';

/** What a spreadsheet program would run. */
const dangerous = ['=1+1', '+31612345678', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x")', '"=1'];

const sheets: readonly Sheet[] = [
  {
    name: 'Zoektermen',
    headings: ['Zoekterm', 'Treffers', 'Eerste datum'],
    widths: [20, 10, 12],
    rows: [...dangerous.map((term) => [term, 3, { date: '2024-02-29' }]), ['appen 👍🏽 <&> שלום', 1_000_000, { date: '2024-02-31' }], ['nul', 0, null]],
  },
  { name: 'Leeg', headings: ['Niets'], widths: [10], rows: [] },
];

interface ReadCell {
  readonly ref: string;
  readonly type: string;
  readonly style: number;
  readonly formula: boolean;
  readonly text: string;
}

/** Elements of a part, each with its attributes and its text. */
function elements(xml: string): { name: string; attributes: Record<string, string>; text: string; within: readonly string[] }[] {
  const found: { name: string; attributes: Record<string, string>; text: string; within: readonly string[] }[] = [];
  const open: (typeof found)[number][] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const one = { name, attributes: attributes as Record<string, string>, text: '', within: open.map((other) => other.name) };
    found.push(one);
    open.push(one);
  });
  parser.on('text', (text) => {
    for (const one of open) one.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return found;
}

function readSheet(bytes: Uint8Array, n: number): ReadCell[] {
  const parts = unzipSync(bytes);
  const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  const shared =
    parts['xl/sharedStrings.xml'] === undefined
      ? []
      : elements(part('xl/sharedStrings.xml'))
          .filter(({ name }) => name === 'si')
          .map(({ text }) => text);
  const all = elements(part(`xl/worksheets/sheet${n}.xml`));
  const cells: ReadCell[] = [];
  for (const [i, { name, attributes, text }] of all.entries()) {
    if (name !== 'c') continue;
    const inside: string[] = [];
    for (let j = i + 1; all[j] !== undefined && all[j]?.name !== 'c' && all[j]?.name !== 'row'; j++) inside.push(all[j]?.name ?? '');
    const type = attributes['t'] ?? 'n';
    cells.push({
      ref: attributes['r'] ?? '',
      type,
      style: Number(attributes['s'] ?? 0),
      formula: inside.includes('f'),
      text: type === 's' ? (shared[Number(text)] ?? '') : text,
    });
  }
  return cells;
}

describe('a workbook', () => {
  it('has a tab for each sheet, with its name, headings and rows', async () => {
    const bytes = await writeWorkbook(sheets);
    const names = elements(strFromU8(unzipSync(bytes)['xl/workbook.xml'] ?? new Uint8Array())).flatMap(({ name, attributes }) =>
      name === 'sheet' ? [attributes['name']] : [],
    );
    expect(names).toEqual(['Zoektermen', 'Leeg']);
    const cells = new Map(readSheet(bytes, 1).map((cell) => [cell.ref, cell]));
    expect(['A1', 'B1', 'C1'].map((ref) => cells.get(ref)?.text)).toEqual(['Zoekterm', 'Treffers', 'Eerste datum']);
    expect(cells.get('B2')).toMatchObject({ type: 'n', text: '3' });
    expect(cells.get('A10')?.text).toBe('appen 👍🏽 <&> שלום');
    expect(cells.get('B10')).toMatchObject({ type: 'n', text: '1000000' });
    expect(cells.get('B11')).toMatchObject({ type: 'n', text: '0' });
    expect(readSheet(bytes, 2).map(({ text }) => text)).toEqual(['Niets']);
  });

  it('holds no formula, whatever a text begins with', async () => {
    const cells = readSheet(await writeWorkbook(sheets), 1);
    expect(cells.some(({ formula }) => formula)).toBe(false);
    const terms = cells.filter(({ ref }) => /^A[2-9]$/.test(ref));
    expect(terms.every(({ type }) => type === 's' || type === 'inlineStr')).toBe(true);
    // ECMA-376: what XML cannot hold as it is stands as _xHHHH_.
    expect(terms.map(({ text }) => text.replaceAll(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))))).toEqual(dangerous);
  });

  it('writes a day as a day, and one that no calendar has as a text', async () => {
    const bytes = await writeWorkbook(sheets);
    const cells = new Map(readSheet(bytes, 1).map((cell) => [cell.ref, cell]));
    // Days since 30 December 1899: 29 February 2024.
    expect(cells.get('C2')).toMatchObject({ type: 'n', text: '45351' });
    expect(cells.get('C10')).toMatchObject({ text: '2024-02-31' });
    expect(cells.get('C10')?.type).not.toBe('n');
    const styles = elements(strFromU8(unzipSync(bytes)['xl/styles.xml'] ?? new Uint8Array()));
    const formats = styles.filter(({ name, within }) => name === 'xf' && within.includes('cellXfs')).map(({ attributes }) => attributes['numFmtId']);
    const custom = styles.filter(({ name }) => name === 'numFmt').find(({ attributes }) => attributes['numFmtId'] === formats[cells.get('C2')?.style ?? 0]);
    expect(custom?.attributes['formatCode']).toBe('dd-mm-yyyy');
  });
});

describe('a csv', () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(writeCsvOfSheets(sheets));

  it('is what Excel in Dutch opens: byte order mark, semicolons, sheets one below the other', () => {
    expect(text.startsWith('\uFEFF')).toBe(true);
    const { rows, open } = parseCsv(text);
    expect(open).toBeNull();
    expect(rows[0]?.fields).toEqual(['Zoektermen']);
    expect(rows[1]?.fields).toEqual(['Zoekterm', 'Treffers', 'Eerste datum']);
    expect(rows.at(-4)?.fields).toEqual(['appen 👍🏽 <&> שלום', '1000000', '2024-02-31']);
    expect(rows.slice(-2).map(({ fields }) => fields)).toEqual([['Leeg'], ['Niets']]);
  });

  it('has no field that begins as a formula does', () => {
    const fields = parseCsv(text).rows.flatMap((row) => row.fields);
    expect(fields.filter((field) => /^[=+\-@\t\r]/.test(field))).toEqual([]);
    expect(fields).toEqual(expect.arrayContaining(["'=1+1", "'+31612345678", "'-2+3", "'@SUM(A1)"]));
  });
});
