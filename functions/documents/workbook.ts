// Writes sheets as xlsx, one tab each, or as csv, one below the other. Texts are texts: no cell is ever a formula (CWE-1236).
import { writeCsv } from 'hucre/csv';
import { type Cell, type CellValue, writeXlsx } from 'hucre/xlsx';
import type { Sheet, SheetCell } from '#core/export/sheet.ts';

const dateFormat = 'dd-mm-yyyy';

/** A day that no calendar has (`2024-02-31`, as a chat may give it) stays a text. */
function dateOf(text: string): Date | string {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : text;
}

function cellValue(cell: SheetCell): CellValue {
  return cell !== null && typeof cell === 'object' ? dateOf(cell.date) : cell;
}

export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await writeXlsx({
    sheets: sheets.map(({ name, headings, rows, widths }) => {
      const values = rows.map((row) => row.map(cellValue));
      const cells = new Map<string, Partial<Cell>>(headings.map((value, column) => [`0,${column}`, { value, style: { font: { bold: true } } }]));
      for (const [r, row] of values.entries())
        for (const [column, value] of row.entries()) if (value instanceof Date) cells.set(`${r + 1},${column}`, { value, style: { numFmt: dateFormat } });
      return {
        name,
        columns: widths.map((width) => ({ width })),
        rows: [[...headings], ...values],
        cells,
        freezePane: { rows: 1 },
      };
    }),
  });
  return new Uint8Array(bytes);
}

/** For Excel in Dutch: byte order mark, semicolons; what could begin a formula gets an apostrophe before it. */
export function writeCsvOfSheets(sheets: readonly Sheet[]): Uint8Array<ArrayBuffer> {
  const textOf = (cell: SheetCell) => (cell !== null && typeof cell === 'object' ? cell.date : cell);
  const rows = sheets.flatMap(({ name, headings, rows: body }, i) => [...(i === 0 ? [] : [[]]), [name], [...headings], ...body.map((row) => row.map(textOf))]);
  return new Uint8Array(new TextEncoder().encode(writeCsv(rows, { delimiter: ';', bom: true, escapeFormulae: true })));
}
