// A workbook's sheets: a line a row, a tab between cells, shared texts looked up, dates as a person reads them (ISO 29500-1, 18.17.4 and 18.8.30).
import { type Parts, paragraphText, relationsOf } from './office-parts.ts';
import type { ReadPage } from './read-outcome.ts';
import { walkXml } from './xml-walk.ts';

const dateFormats: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 30, 36, 50, 57]);
const nothing = new Uint8Array();

export function readSheets(parts: Parts): readonly ReadPage[] {
  const relations = relationsOf(parts, 'xl/workbook.xml');
  const sheets: { name: string; part: string }[] = [];
  let from1904 = false;
  walkXml(parts.get('xl/workbook.xml') ?? nothing, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      const part = name === 'sheet' ? relations.get(attributes['r:id'] ?? '')?.target : undefined;
      if (part !== undefined) sheets.push({ name: attributes['name'] ?? '', part });
    },
  });
  const shared = sharedTexts(parts.get('xl/sharedStrings.xml') ?? nothing);
  const dateStyles = stylesOfDates(parts.get('xl/styles.xml') ?? nothing);
  const pages: ReadPage[] = sheets.map(({ name, part }, i) => ({
    unit: 'sheet',
    number: i + 1,
    name,
    text: sheetText(parts.get(part) ?? nothing, shared, dateStyles, from1904),
  }));
  const beside = [...parts.keys()].filter((name) => /^xl\/(?:comments\d*|drawings\/[^/]+|threadedComments\/[^/]+)\.xml$/.test(name)).sort();
  const notes = beside.map((name) => noteText(parts.get(name) ?? nothing)).join('\n');
  return [...pages, { unit: 'part', number: 1, text: notes }];
}

/** Remarks (`text` holds them in threaded comments) and texts in shapes. */
function noteText(bytes: Uint8Array): string {
  let text = '';
  let inText = false;
  walkXml(bytes, {
    open: (name) => {
      inText = name === 'text';
    },
    close: () => {
      inText = false;
    },
    text: (piece) => {
      if (inText) text += `${piece}\n`;
    },
  });
  return `${text}${paragraphText(bytes)}`;
}

function sharedTexts(bytes: Uint8Array): readonly string[] {
  if (bytes.length === 0) return [];
  const found: string[] = [];
  let inText = false;
  let phonetic = 0;
  walkXml(bytes, {
    open: (name) => {
      if (name === 'si') found.push('');
      else if (name === 'rPh') phonetic++;
      inText = name === 't' && phonetic === 0;
    },
    close: (name) => {
      if (name === 'rPh') phonetic--;
      inText = false;
    },
    text: (piece) => {
      if (inText) found[found.length - 1] += piece;
    },
  });
  return found;
}

/** Numbers of cell styles whose number format shows a date. */
function stylesOfDates(bytes: Uint8Array): ReadonlySet<number> {
  const found = new Set<number>();
  if (bytes.length === 0) return found;
  const own = new Map<number, boolean>();
  let inCells = false;
  let style = 0;
  walkXml(bytes, {
    open: (name, { numFmtId = '', formatCode = '' }) => {
      if (name === 'numFmt') own.set(Number(numFmtId), showsDate(formatCode));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const format = Number(numFmtId);
        if (own.get(format) ?? dateFormats.has(format)) found.add(style);
        style++;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return found;
}

/** A day or a year outside quotes and brackets; minutes alone are a time. */
function showsDate(format: string): boolean {
  return /[dy]/i.test(format.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}

function sheetText(bytes: Uint8Array, shared: readonly string[], dateStyles: ReadonlySet<number>, from1904: boolean): string {
  if (bytes.length === 0) return '';
  let text = '';
  let type = '';
  let isDate = false;
  let value = '';
  let inValue = false;
  let row = '';
  walkXml(bytes, {
    open: (name, attributes) => {
      if (name === 'row') row = '';
      else if (name === 'c') {
        type = attributes['t'] ?? 'n';
        isDate = dateStyles.has(Number(attributes['s'] ?? -1));
        value = '';
      }
      inValue = name === 'v' || name === 't' || name === 'oddHeader' || name === 'oddFooter';
    },
    close: (name) => {
      inValue = false;
      if (name === 'c') {
        const shownValue = type === 's' ? (shared[Number(value)] ?? '') : type === 'n' && isDate ? toDay(value, from1904) : value;
        row += `${shownValue}\t`;
      } else if (name === 'row' && row.trim() !== '') text += `${row.trimEnd()}\n`;
      else if (name === 'oddHeader' || name === 'oddFooter') text += `${value}\n`;
    },
    text: (piece) => {
      if (inValue) value += piece;
    },
  });
  return text;
}

/** Days since 30-12-1899 (or 1-1-1904) → `13-02-2024`, with the time where there is one. */
function toDay(value: string, from1904: boolean): string {
  const serial = Number(value);
  if (!Number.isFinite(serial) || value === '' || serial < 0 || serial > 2_958_465) return value;
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const iso = new Date(start + Math.round(serial * 86_400) * 1000).toISOString();
  const day = `${iso.slice(8, 10)}-${iso.slice(5, 7)}-${iso.slice(0, 4)}`;
  return serial % 1 === 0 ? day : `${day} ${iso.slice(11, 16)}`;
}
