// Office files as their own archives of XML: docx, xlsx, pptx (ISO 29500) and odt, ods, odp (ISO 26300). Macros are never looked at.
import { type Parts, paragraphText, relationsOf } from './office-parts.ts';
import { type ReadOutcome, type ReadPage, toOutcome, unread } from './read-outcome.ts';
import { readSheets } from './read-sheets.ts';
import { walkXml } from './xml-walk.ts';
import { zipParts } from './zip-parts.ts';

const wantedParts =
  /^(?:word\/[^/]+\.xml|xl\/(?:[^/]+\.xml|worksheets\/[^/]+\.xml|drawings\/[^/]+\.xml|threadedComments\/[^/]+\.xml|_rels\/[^/]+)|ppt\/(?:presentation\.xml|_rels\/[^/]+|(?:slides|notesSlides|comments)\/(?:_rels\/)?[^/]+)|docProps\/core\.xml|content\.xml|styles\.xml|meta\.xml|META-INF\/manifest\.xml)$/;

export function readOffice(bytes: Uint8Array): ReadOutcome {
  const zip = zipParts(bytes, (name) => wantedParts.test(name));
  if (!zip.ok) return unread(zip.reason);
  const { parts } = zip;
  try {
    if (parts.has('word/document.xml')) return toOutcome(wordPages(parts));
    if (parts.has('xl/workbook.xml')) return toOutcome(readSheets(parts));
    if (parts.has('ppt/presentation.xml')) return toOutcome(slidePages(parts));
    if (parts.has('content.xml')) return isEncrypted(parts) ? unread('encrypted') : toOutcome(openDocumentPages(parts));
  } catch {
    return unread('damaged');
  }
  return unread('not-read');
}

/** A text document has no pages until it is printed: its body is one part, and what stands around it another. */
function wordPages(parts: Parts): readonly ReadPage[] {
  const body = parts.get('word/document.xml');
  const around = [...parts.keys()].filter((name) => /^word\/(?:header|footer|footnotes|endnotes|comments)\d*\.xml$/.test(name)).sort();
  return [...(body === undefined ? [] : [body]), ...around.flatMap((name) => parts.get(name) ?? [])].map((bytes, i) => ({
    unit: 'part',
    number: i + 1,
    text: paragraphText(bytes),
  }));
}

function slidePages(parts: Parts): readonly ReadPage[] {
  const relations = relationsOf(parts, 'ppt/presentation.xml');
  const order: string[] = [];
  walkXml(parts.get('ppt/presentation.xml') ?? new Uint8Array(), {
    open: (name, attributes) => {
      const target = name === 'sldId' ? relations.get(attributes['r:id'] ?? '')?.target : undefined;
      if (target !== undefined) order.push(target);
    },
  });
  return order.map((slide, i) => {
    const beside = [...relationsOf(parts, slide).values()].filter(({ type }) => type === 'notesSlide' || type === 'comments').map(({ target }) => target);
    return {
      unit: 'slide',
      number: i + 1,
      text: [slide, ...beside]
        .flatMap((name) => parts.get(name) ?? [])
        .map(paragraphText)
        .join('\n'),
    };
  });
}

function isEncrypted(parts: Parts): boolean {
  let found = false;
  const manifest = parts.get('META-INF/manifest.xml');
  if (manifest !== undefined)
    walkXml(manifest, {
      open: (name) => {
        found ||= name === 'encryption-data';
      },
    });
  return found;
}

/** content.xml: a page for each `table:table` directly in a spreadsheet and each `draw:page`; all else is one part. styles.xml has the headers. */
function openDocumentPages(parts: Parts): readonly ReadPage[] {
  const pages: { unit: ReadPage['unit']; name?: string; text: string }[] = [];
  let current: (typeof pages)[number] = { unit: 'part', text: '' };
  const path: string[] = [];
  walkXml(parts.get('content.xml') ?? new Uint8Array(), {
    open: (name, attributes) => {
      const parent = path.at(-1);
      if ((name === 'table' && parent === 'spreadsheet') || (name === 'page' && parent === 'presentation')) {
        const title = attributes['table:name'] ?? attributes['draw:name'];
        current = { unit: name === 'table' ? 'sheet' : 'slide', text: '', ...(title === undefined ? {} : { name: title }) };
        pages.push(current);
      } else if (name === 's') current.text += ' '.repeat(Math.min(100, Number(attributes['text:c'] ?? 1) || 1));
      else if (name === 'tab') current.text += '\t';
      else if (name === 'line-break') current.text += '\n';
      path.push(name);
    },
    close: (name) => {
      path.pop();
      if (name === 'p' || name === 'h') current.text += path.includes('table-cell') ? ' ' : '\n';
      else if (name === 'table-cell') current.text += '\t';
      else if (name === 'table-row') current.text = `${current.text.trimEnd()}\n`;
    },
    text: (text) => {
      if (path.some((name) => name === 'p' || name === 'h')) {
        if (pages.length === 0) pages.push(current);
        current.text += text.replaceAll(/\s+/g, ' ');
      }
    },
  });
  const counts = new Map<string, number>();
  const numbered = pages.map(({ unit, name, text }) => {
    const number = (counts.get(unit) ?? 0) + 1;
    counts.set(unit, number);
    return { unit, number, text, ...(name === undefined ? {} : { name }) };
  });
  const around = parts.get('styles.xml');
  return around === undefined ? numbered : [...numbered, { unit: 'part', number: (counts.get('part') ?? 0) + 1, text: plainParagraphs(around) }];
}

function plainParagraphs(bytes: Uint8Array): string {
  let text = '';
  let depth = 0;
  walkXml(bytes, {
    open: (name) => {
      if (name === 'p' || name === 'h') depth++;
    },
    close: (name) => {
      if (name !== 'p' && name !== 'h') return;
      depth--;
      text += '\n';
    },
    text: (piece) => {
      if (depth > 0) text += piece;
    },
  });
  return text;
}
