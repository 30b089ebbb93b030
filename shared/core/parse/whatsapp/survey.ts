// First pass over a file: every line that could be a header, by layout and run; evidence for the date order; who speaks;
// in which language WhatsApp itself speaks; whether the bytes are the encoding they seem to be. Keeps counts, not text.

import { dayNumber } from './calendar.ts';
import { type Header, makeHeader } from './header.ts';
import { makeHeaderScanner } from './header-shape.ts';
import { isLearnt, type LabelFacts, learnLabel, senderEnd } from './label-learning.ts';
import { countHeader, countMediaDate, type LayoutStats, makeLayoutStats, settle } from './layout-stats.ts';
import { makeLineCursor } from './line-cursor.ts';
import { isMark, toShadow } from './marks.ts';
import { readSystemText } from './system-line.ts';
import { type TextEncoding, takeUtf8Census } from './text-encoding.ts';
import { readWindows, type TextWindow } from './text-windows.ts';
import { wordings } from './wordings/all.ts';
import type { Wording } from './wordings/wording.ts';

export interface LayoutRun {
  readonly layout: number;
  readonly stats: LayoutStats;
  readonly fromLine: number;
  count: number;
  /** Wall time of the first and last header, under each order of `stats.orders`; NaN where there is none. */
  readonly first: readonly number[];
  last: number[];
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
const mostLanguageVotes = 500;

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

interface Surveying extends Omit<{ -readonly [K in keyof Survey]: Survey[K] }, 'runs' | 'layouts' | 'labels' | 'languages' | 'firstLayout'> {
  firstLayout: number | null;
  readonly runs: LayoutRun[];
  readonly layouts: Map<number, LayoutStats>;
  readonly labels: Map<string, LabelFacts>;
  readonly languages: Map<string, number>;
  run: LayoutRun | null;
  stats: LayoutStats | null;
  votes: number;
  midLine: boolean;
}

export async function surveyFile(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding, latest: number): Promise<Survey> {
  const s: Surveying = {
    lines: 0,
    headers: 0,
    runs: [],
    tooManyRuns: false,
    layouts: new Map(),
    firstLayout: null,
    labels: new Map(),
    languages: new Map(),
    invalidBytes: 0,
    sequences: 0,
    firstInvalidLine: 0,
    run: null,
    stats: null,
    votes: 0,
    midLine: false,
  };
  const surveyWindow = makeWindowSurvey(s, latest);
  for await (const window of readWindows(chunks, encoding)) {
    if (encoding === 'utf-8') takeCensus(s, window);
    surveyWindow(window);
    s.midLine = window.cutInLine;
  }
  if (s.run !== null) endRun(s.run, latest);
  for (const stats of s.layouts.values()) settle(stats, latest);
  return { ...s, firstLayout: s.firstLayout ?? -1 };
}

function takeCensus(s: Surveying, window: TextWindow): void {
  if (window.broken === null) {
    if (window.text.length !== window.scan.length) s.sequences++;
    return;
  }
  const census = takeUtf8Census(window.broken);
  if (census.invalid > 0 && s.invalidBytes === 0) s.firstInvalidLine = s.lines + census.firstInvalidLine + (s.midLine ? 0 : 1);
  s.invalidBytes += census.invalid;
  s.sequences += census.sequences;
}

/** A slot of the table in which labels are found by the hash of their bytes. */
interface LabelSlot {
  hash: number;
  length: number;
  facts: LabelFacts | null;
}
const slotCount = 1024;

function makeWindowSurvey(s: Surveying, latest: number): (window: TextWindow) => void {
  const h = makeHeader();
  const scanner = makeHeaderScanner(h);
  const slots: LabelSlot[] = Array.from({ length: slotCount }, () => ({ hash: 0, length: -1, facts: null }));

  const voteFor = (language: string | null) => {
    if (language === null) return;
    s.votes++;
    s.languages.set(language, (s.languages.get(language) ?? 0) + 1);
  };
  const favourite = () => (s.languages.size === 0 ? 'nl' : ([...s.languages].sort((p, q) => q[1] - p[1])[0]?.[0] ?? 'nl')) as Wording['language'];

  function takeLayout(): LayoutStats {
    let stats = s.layouts.get(h.layout);
    if (stats === undefined) {
      stats = makeLayoutStats(h.layout, h.yearPlace);
      s.layouts.set(h.layout, stats);
    }
    s.stats = stats;
    return stats;
  }

  function takeRun(stats: LayoutStats): void {
    if (s.runs.length >= mostRuns) {
      s.tooManyRuns = true;
      return;
    }
    if (s.run !== null) endRun(s.run, latest);
    s.run = { layout: h.layout, stats, fromLine: s.lines, count: 0, first: timesOf(stats, h), last: [] };
    s.runs.push(s.run);
  }

  /** A label that is known and of which nothing more is to be learnt is counted by its bytes; true when that was enough. */
  function countKnownLabel(scan: Uint8Array, from: number, end: number): LabelSlot | null {
    let hash = 7;
    let i = from;
    for (; i < end; i++) {
      const byte = scan[i] as number;
      if (byte === 58 && scan[i + 1] === 32) break;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    if (i >= end) return null;
    const slot = slots[hash & (slotCount - 1)] as LabelSlot;
    if (slot.hash !== hash || slot.length !== i - from || slot.facts === null) {
      slot.hash = hash;
      slot.length = i - from;
      slot.facts = null;
    }
    return slot;
  }

  function takeSender(window: TextWindow, stats: LayoutStats, scanEnd: number, end: number): void {
    const { scan, text } = window;
    const scanBody = scanner.scanBody();
    const slot = scanBody < 0 ? null : countKnownLabel(scan, scanBody, scanEnd);
    const facts = slot?.facts ?? null;
    const voting = s.votes < mostLanguageVotes;
    if (facts !== null && isLearnt(facts) && !voting && stats.proofs.length > 0) {
      facts.count++;
      return;
    }
    const colon = senderEnd(text, h.body, end);
    if (colon >= 0) {
      const learnt = learnLabel(s.labels, text, h.body, colon, end);
      if (slot !== null && colon - h.body === slot.length) slot.facts = learnt;
      if (voting) {
        const opening = text.charCodeAt(colon + 2);
        const closing = text.charCodeAt(text.charCodeAt(end - 1) === 13 ? end - 2 : end - 1);
        const body = () => text.slice(colon + 2, end);
        if (isMark(opening)) voteFor(languageOfBody(body()) ?? readSystemText(body(), favourite())?.language ?? null);
        else if (closing === 62 || closing === 41) voteFor(languageOfBody(body()));
      }
    } else if (voting) voteFor(readSystemText(text.slice(h.body, end), favourite())?.language ?? null);
    if (stats.proofs.length === 0) readMediaDate(stats, text, h.body, end);
  }

  const lines = makeLineCursor();
  return (window) => {
    const { scan } = window;
    lines.open(window);
    while (lines.next()) {
      if (lines.index === 0 && s.midLine) continue;
      s.lines++;
      const { scanFrom, scanEnd, from, end } = lines;
      if (scanEnd === scanFrom) continue;
      if (!scanner.read(window, scanFrom, scanEnd, from, end)) {
        if (s.firstLayout === null && scan[scanFrom] !== 13) s.firstLayout = -1;
        continue;
      }
      s.headers++;
      s.firstLayout ??= h.layout;
      const stats = s.stats?.layout === h.layout ? s.stats : takeLayout();
      countHeader(stats, h, s.lines, latest);
      if (s.run === null || s.run.layout !== h.layout) takeRun(stats);
      if (s.run?.layout === h.layout) s.run.count++;
      takeSender(window, stats, scanEnd, end);
    }
  };
}

function endRun(run: LayoutRun, latest: number): void {
  settle(run.stats, latest);
  run.last = run.stats.orders.map((o) => o.last);
}

function timesOf(stats: LayoutStats, h: Header): number[] {
  const rest = h.hour * 3600 + h.minute * 60 + Math.max(0, h.second);
  return stats.orders.map((o) => o.day * 86400 + rest);
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
