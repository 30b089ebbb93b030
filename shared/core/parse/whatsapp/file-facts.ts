// What the first pass settles before a record is read: encoding, layouts, order of the dates, language, and the doubts about these.
import type { Doubt } from '#core/model/doubt.ts';
import type { ReaderOptions, ReaderSource } from '../reader.ts';
import { type NamedChat, readChatTitle } from './chat-title.ts';
import { fromLocalText } from './date-reading.ts';
import { nameLayout } from './layout-code.ts';
import { type LayoutPlan, planLayouts } from './layout-plan.ts';
import { type Survey, surveyFile } from './survey.ts';
import { encodingOfHead, type TextEncoding } from './text-encoding.ts';
import type { Wording } from './wordings/wording.ts';

export interface FileFacts {
  readonly encoding: TextEncoding;
  readonly survey: Survey;
  /** Null: no line of the file is a header. */
  readonly plan: LayoutPlan | null;
  readonly language: Wording['language'];
  readonly named: NamedChat | null;
  readonly doubts: readonly Doubt[];
  /** The file again, from memory when it is small. */
  readonly again: () => AsyncIterable<Uint8Array>;
}

/** Files up to this size are read from the source once. */
const keptBytes = 8 * 1024 * 1024;
/** A phone may be in another zone than the archive. */
const zoneMargin = 86400;

export async function gatherFacts(source: ReaderSource, options: ReaderOptions): Promise<FileFacts> {
  const kept: Uint8Array[] = [];
  let keptSize = 0;
  const head = new Uint8Array(4096);
  let headLength = 0;
  const opened = source.open()[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let ended = false;
  while (headLength < head.length && !ended) {
    const next = await opened.next();
    if (next.done === true) ended = true;
    else if (next.value.length > 0) {
      const part = next.value.subarray(0, head.length - headLength);
      head.set(part, headLength);
      headLength += part.length;
      first.push(next.value);
    }
  }
  const found = encodingOfHead(head.subarray(0, headLength));
  const latest = fromLocalText(source.notAfter) + zoneMargin;
  async function* noted(): AsyncGenerator<Uint8Array> {
    const keep = (chunk: Uint8Array) => {
      keptSize += chunk.length;
      if (keptSize <= keptBytes) kept.push(chunk);
      else kept.length = 0;
    };
    try {
      for (const chunk of first) {
        keep(chunk);
        yield chunk;
      }
      first.length = 0;
      while (!ended) {
        const next = await opened.next();
        if (next.done === true) ended = true;
        else {
          keep(next.value);
          yield next.value;
        }
      }
    } finally {
      await opened.return?.();
    }
  }
  const again = () => (keptSize <= keptBytes ? replay(kept) : source.open());
  let encoding = found.encoding;
  let guessed = found.guessed;
  let survey = await surveyFile(noted(), encoding, latest);
  if (encoding === 'utf-8' && survey.invalidBytes > 0 && survey.sequences < survey.invalidBytes) {
    encoding = 'windows-1252';
    guessed = true;
    survey = await surveyFile(again(), encoding, latest);
  }
  const doubts: Doubt[] = [];
  if (guessed) doubts.push({ code: 'encoding.guessed', severity: 'warning', place: { file: source.file }, evidence: { encoding } });
  if (encoding === 'utf-8' && survey.invalidBytes > 0) {
    doubts.push({ code: 'encoding.replaced', severity: 'warning', place: { file: source.file, line: survey.firstInvalidLine }, count: survey.invalidBytes });
  }
  const named = readChatTitle(source.name);
  const [most] = [...survey.languages].sort((p, q) => q[1] - p[1]);
  const plan = planLayouts(survey, {
    language: most?.[0] ?? null,
    languageCount: most?.[1] ?? 0,
    fileNameLanguage: named?.language ?? null,
    answer: options.dateOrder,
  });
  if (plan !== null) doubts.push(...dateDoubts(plan, source.file));
  return { encoding, survey, plan, language: (most?.[0] ?? named?.language ?? 'nl') as Wording['language'], named, doubts, again };
}

async function* replay(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield chunk;
}

function dateDoubts(plan: LayoutPlan, file: number): Doubt[] {
  const doubts: Doubt[] = [];
  for (const { layout, finding } of plan.findings) {
    if (finding.certainty === 'proven') continue;
    const evidence: Record<string, string> = { layout: nameLayout(layout), order: finding.order };
    for (const { order, first, last } of finding.readings) {
      evidence[`${order}.first`] = first;
      evidence[`${order}.last`] = last;
    }
    const line = plan.stretches.find((stretch) => stretch.layout === layout)?.fromLine ?? 1;
    if (finding.certainty === 'ambiguous') {
      doubts.push({ code: 'date-order.ambiguous', severity: 'question', place: { file, line }, evidence, choices: finding.readings.map(({ order }) => order) });
    } else doubts.push({ code: 'date-order.likely', severity: 'note', place: { file, line }, evidence });
  }
  for (const line of plan.orderChanges) doubts.push({ code: 'date-order.changes', severity: 'warning', place: { file, line } });
  return doubts;
}
