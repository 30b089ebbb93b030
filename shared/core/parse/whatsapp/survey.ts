// First pass over a file: every line that could be a header, by layout and run; evidence for the date order; who speaks;
// in which language WhatsApp itself speaks; whether the bytes are the encoding they seem to be. Keeps counts, not text.

import { dayNumber } from './calendar.ts';
import { type Header, makeHeader, mayBeginHeader, parseHeader } from './header.ts';
import { countHeader, countMediaDate, type LayoutStats, makeLayoutStats } from './layout-stats.ts';
import { isMark, toShadow } from './marks.ts';
import { readSystemText } from './system-line.ts';
import { type TextEncoding, takeUtf8Census } from './text-encoding.ts';
import { readWindows } from './text-windows.ts';
import { wordings } from './wordings/all.ts';

export interface LayoutRun {
  readonly layout: number;
  readonly stats: LayoutStats;
  readonly fromLine: number;
  count: number;
  /** Wall time of the first and last header, under each order of `stats.orders`; NaN where there is none. */
  readonly first: readonly number[];
  last: number[];
}

export interface LabelFacts {
  count: number;
  /** `Piet: gemeente`: a longer name that begins with this label, as far as one was seen. */
  longer: string | null;
  /** A system line speaks of the longer name: it is one. */
  confirmed: boolean;
}

export interface Survey {
  readonly lines: number;
  readonly headers: number;
  readonly runs: readonly LayoutRun[];
  /** More runs than a file can have: only the commonest layout is trusted. */
  readonly tooManyRuns: boolean;
  readonly layouts: ReadonlyMap<number, LayoutStats>;
  /** The first line that is not empty is a header of this layout; −1 when it is none. */
  readonly firstLayout: number;
  readonly labels: ReadonlyMap<string, LabelFacts>;
  readonly languages: ReadonlyMap<string, number>;
  readonly invalidBytes: number;
  readonly sequences: number;
  readonly firstInvalidLine: number;
}

const mostRuns = 5000;
const mostLabels = 20_000;
const mostLanguageVotes = 500;
/** A label is a name or a number; the first ': ' beyond this is no end of a sender. */
export const longestLabel = 160;

/** Where the sender ends: index of ': ' in the line, or −1. */
export function senderEnd(text: string, body: number, lineEnd: number): number {
  const colon = text.indexOf(': ', body);
  return colon < 0 || colon >= lineEnd || colon - body > longestLabel ? -1 : colon;
}

const wordEndings: readonly { readonly ending: string; readonly language: string }[] = wordings.flatMap(
  ({ language, omitted, attachedAfter, attachedInside }) => [
    ...omitted.map(({ text }) => ({ ending: text, language })),
    ...attachedAfter.map((word) => ({ ending: ` (${word})`, language })),
    ...attachedInside.map((word) => ({ ending: `<${word}>`, language })),
  ],
);

function languageOfBody(line: string): string | null {
  const shadow = toShadow(line).trimEnd();
  const inside = /<(bijgevoegd|attached|Anhang|pièce jointe) ?: [^>]+>$/.exec(shadow)?.[1];
  if (inside !== undefined) return inside === 'bijgevoegd' ? 'nl' : inside === 'attached' ? 'en' : inside === 'Anhang' ? 'de' : 'fr';
  return wordEndings.find(({ ending }) => shadow.endsWith(ending))?.language ?? null;
}

export async function surveyFile(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding, latest: number): Promise<Survey> {
  const h = makeHeader();
  const layouts = new Map<number, LayoutStats>();
  const labels = new Map<string, LabelFacts>();
  const languages = new Map<string, number>();
  const runs: LayoutRun[] = [];
  let run: LayoutRun | null = null;
  let stats: LayoutStats | null = null;
  let tooManyRuns = false;
  let firstLayout: number | null = null;
  let line = 0;
  let headers = 0;
  let votes = 0;
  let invalidBytes = 0;
  let sequences = 0;
  let firstInvalidLine = 0;
  let midLine = false;

  const voteFor = (language: string | null) => {
    if (language === null) return;
    votes++;
    languages.set(language, (languages.get(language) ?? 0) + 1);
  };
  const favourite = () => (languages.size === 0 ? 'nl' : ([...languages].sort((p, q) => q[1] - p[1])[0]?.[0] ?? 'nl')) as 'nl';

  for await (const window of readWindows(chunks, encoding)) {
    const { text, lineEnds } = window;
    if (encoding === 'utf-8' && text.length !== window.bytes.length) {
      if (text.includes('\ufffd')) {
        const census = takeUtf8Census(window.bytes);
        if (census.invalid > 0 && invalidBytes === 0) firstInvalidLine = line + census.firstInvalidLine + (midLine ? 0 : 1);
        invalidBytes += census.invalid;
        sequences += census.sequences;
      } else sequences++;
    } else if (encoding === 'utf-8' && text.includes('\ufffd')) {
      const census = takeUtf8Census(window.bytes);
      if (invalidBytes === 0) firstInvalidLine = line + census.firstInvalidLine + (midLine ? 0 : 1);
      invalidBytes += census.invalid;
    }
    let start = 0;
    for (let i = 0; i < window.lines; i++) {
      const end = lineEnds[i] as number;
      const from = start;
      start = end + 1;
      if (i === 0 && midLine) continue;
      line++;
      if (from === end) continue;
      const code = text.charCodeAt(from);
      if (!mayBeginHeader(code) || !parseHeader(text, from, end, h)) {
        if (firstLayout === null && code !== 13) firstLayout = -1;
        continue;
      }
      headers++;
      if (firstLayout === null) firstLayout = h.layout;
      if (stats === null || stats.layout !== h.layout) {
        stats = layouts.get(h.layout) ?? null;
        if (stats === null) {
          stats = makeLayoutStats(h.layout, h.yearPlace);
          layouts.set(h.layout, stats);
        }
      }
      countHeader(stats, h, line, latest);
      if (run === null || run.layout !== h.layout) {
        if (runs.length >= mostRuns) tooManyRuns = true;
        else {
          if (run !== null) run.last = run.stats.orders.map((o) => o.last);
          run = { layout: h.layout, stats, fromLine: line, count: 0, first: timesOf(stats, h), last: [] };
          runs.push(run);
        }
      }
      if (run !== null && run.layout === h.layout) run.count++;
      const colon = senderEnd(text, h.body, end);
      if (colon >= 0) {
        learnLabel(labels, text, h.body, colon, end);
        if (votes < mostLanguageVotes) {
          const opening = text.charCodeAt(colon + 2);
          const closing = text.charCodeAt(text.charCodeAt(end - 1) === 13 ? end - 2 : end - 1);
          if (isMark(opening)) voteFor(languageOfBody(text.slice(colon + 2, end)) ?? readSystemText(text.slice(colon + 2, end), favourite())?.language ?? null);
          else if (closing === 62 || closing === 41) voteFor(languageOfBody(text.slice(colon + 2, end)));
        }
      } else if (votes < mostLanguageVotes) voteFor(readSystemText(text.slice(h.body, end), favourite())?.language ?? null);
      if (stats.proofs.length === 0) readMediaDate(stats, text, h.body, end);
    }
    midLine = window.cutInLine;
  }
  if (run !== null) run.last = run.stats.orders.map((o) => o.last);
  return {
    lines: line,
    headers,
    runs,
    tooManyRuns,
    layouts,
    firstLayout: firstLayout ?? -1,
    labels,
    languages,
    invalidBytes,
    sequences,
    firstInvalidLine,
  };
}

function timesOf(stats: LayoutStats, h: Header): number[] {
  const rest = h.hour * 3600 + h.minute * 60 + (h.second < 0 ? 0 : h.second);
  return stats.orders.map((o) => o.day * 86400 + rest);
}

function learnLabel(labels: Map<string, LabelFacts>, text: string, body: number, colon: number, end: number): void {
  const label = text.slice(body, colon);
  let facts = labels.get(label);
  if (facts === undefined) {
    if (labels.size >= mostLabels) return;
    // A slice keeps its whole window alive; a label that is kept must stand on its own.
    facts = { count: 0, longer: null, confirmed: false };
    labels.set(detached(label), facts);
    const named = longerName(text.slice(body, end), label);
    if (named !== null) {
      facts.longer = named;
      facts.confirmed = true;
    }
  }
  facts.count++;
  if (facts.confirmed || facts.count > longerTries) return;
  if (facts.longer !== null && text.startsWith(facts.longer, body)) {
    if (text.charCodeAt(body + facts.longer.length) === 32 && longerName(text.slice(body, end), label) === facts.longer) facts.confirmed = true;
    return;
  }
  const second = text.indexOf(': ', colon + 2);
  if (second > 0 && second < end && second - body <= longestLabel) facts.longer = detached(text.slice(body, second));
}

/** Records of a label in which a longer name is looked for. */
const longerTries = 200;

/** The name, longer than the label and with a colon in it, that a system line speaks of. */
function longerName(body: string, label: string): string | null {
  if (body.length > 200) return null;
  const said = readSystemText(body, 'nl');
  for (const name of [said?.actor, said?.target]) if (name?.startsWith(`${label}: `)) return name;
  return null;
}

/** A copy that holds no reference to the text it was cut from. */
export function detached(text: string): string {
  return text.split('').join('');
}

const datedName = /(?:(?:IMG|VID|AUD|PTT|STK|DOC)-(20\d\d)(\d\d)(\d\d)-WA\d|\d{8}-[A-Z]+-(20\d\d)-(\d\d)-(\d\d)-\d\d-\d\d-\d\d)/;

function readMediaDate(stats: LayoutStats, text: string, body: number, end: number): void {
  const dash = text.indexOf('-20', body);
  if (dash < 0 || dash >= end) return;
  const match = datedName.exec(text.slice(body, end - body > 300 ? body + 300 : end));
  if (match === null) return;
  const exact = match[4] !== undefined;
  const [year, month, day] = (exact ? match.slice(4, 7) : match.slice(1, 4)).map(Number);
  countMediaDate(stats, dayNumber(year ?? 0, month ?? 1, day ?? 1), exact);
}
