// `woordspoor search`: every message that matches, page after page, with the exact total. A query that is wrong is shown with the place.
import { Found, type Hit } from './answers.ts';
import { type Archive, Refused } from './archive.ts';
import type { SearchCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { plain, type Terminal, widthOf } from './terminal.ts';
import { text } from './text.nl.ts';

const pageSize = 200;

/** A cell as it stands; what a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

function csvRow(cells: readonly string[]): string {
  return `${cells.map(cell).join(';')}\r\n`;
}

function csvOf(hit: Hit): string {
  const { message, conversation, caseIds, attachment } = hit;
  const where = attachment === undefined ? '' : `${attachment.name}, ${attachment.unit} ${attachment.number}`;
  return csvRow([
    message.sentAt.local,
    message.sender ?? '',
    conversation.title ?? '',
    attachment?.snippet ?? message.text,
    where,
    caseIds.join(' '),
    conversation.bundleId,
    String(conversation.n),
    String(message.ordinal),
    message.id,
  ]);
}

interface Writer {
  readonly begin: (first: { readonly total: number; readonly expansions: readonly unknown[] }) => string;
  readonly item: (hit: Hit, at: number) => string;
  readonly end: string;
}

const writers: Readonly<Record<SearchCommand['form'], Writer>> = {
  lines: { begin: () => '', item: (hit) => `${text.search.hit(hit)}\n`, end: '' },
  json: {
    begin: ({ total, expansions }) => `{"total":${total},"expansions":${JSON.stringify(expansions)},"items":[`,
    item: (hit, at) => `${at === 0 ? '\n' : ',\n'}${JSON.stringify(hit)}`,
    end: '\n]}\n',
  },
  // With a mark of UTF-8 and semicolons: so a Dutch spreadsheet opens it.
  csv: { begin: () => `\ufeff${csvRow(text.search.columns)}`, item: csvOf, end: '' },
};

/** The query on one line, and under it where it goes wrong. */
function pointed(query: string, position: number): string[] {
  return [`  ${plain(query)}`, `  ${' '.repeat(widthOf(plain(query.slice(0, position))))}^`];
}

function explain(query: string, refused: Refused, terminal: Terminal): void {
  const { problem, code } = refused;
  terminal.note((code === 'query.syntax' ? problem?.title : problem?.detail) ?? text.failed.unreadable);
  for (const { position, message } of problem?.errors ?? []) {
    if (position !== undefined) for (const line of pointed(query, position)) terminal.note(line);
    if (message !== undefined) terminal.note(`  ${message}`);
  }
}

interface NeedsSearch {
  readonly archive: Archive;
  readonly terminal: Terminal;
  readonly readInput: () => Promise<string>;
}

export async function runSearch(command: SearchCommand, { archive, terminal, readInput }: NeedsSearch): Promise<number> {
  const query = command.query ?? (await readInput()).trim();
  const ask = { query, filters: { caseIds: command.caseIds, from: command.from, to: command.to }, order: command.order, limit: pageSize };
  const writer = writers[command.form];
  let [items, total, begun] = [0, 0, false];
  try {
    for (let next: string | null | undefined; next !== null; ) {
      const page = await archive.post(Found, '/v1/messages/_search', { ...ask, ...(next === undefined ? {} : { next }) });
      if (!begun) await terminal.write(writer.begin(page));
      begun = true;
      for (const hit of page.items) await terminal.write(writer.item(hit, items++));
      [total, next] = [page.total, page.next];
      terminal.progress(next === null ? null : text.search.progress(items, total));
    }
  } catch (error) {
    if (!(error instanceof Refused && /^query\./.test(error.code))) throw error;
    explain(query, error, terminal);
    return exitCodes.notAllWell;
  }
  await terminal.write(writer.end);
  const told = command.form === 'lines' ? terminal.say : terminal.note;
  told(text.search.total(total));
  if (items === total) return exitCodes.allWell;
  terminal.note(text.search.changed(items, total));
  return exitCodes.notAllWell;
}
