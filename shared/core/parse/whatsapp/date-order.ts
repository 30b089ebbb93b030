// Evidence for the order of day and month → proven, likely or ambiguous (FORMATS: day/month order). Nothing is guessed in
// silence: what is ambiguous goes to a person, with the first and last date under each reading.
import type { DateOrder, DateOrderFinding } from '#core/model/chat.ts';
import { LocalTime } from '#core/model/time.ts';
import { toLocalText } from './date-reading.ts';
import { layoutHasHalf, layoutSeparator } from './layout-code.ts';
import type { LayoutStats, OrderStats } from './layout-stats.ts';

export interface DateOrderContext {
  /** Language of WhatsApp's own words in the file, and how often they were seen. */
  readonly language: string | null;
  readonly languageCount: number;
  readonly fileNameLanguage: string | null;
  /** A person's answer. */
  readonly answer?: DateOrder | undefined;
}

interface Vote {
  readonly kind: string;
  readonly favours: DateOrder;
  readonly count: number;
  readonly weight: number;
}

const dayFirstLanguages: ReadonlySet<string> = new Set(['nl', 'de', 'fr']);

/**
 * The two orders between which evidence decides. A date of two digits each may also begin with the year (22-05-13 in Québec, Hungary):
 * that is weighed only where one of the usual two cannot be, and never where WhatsApp speaks Dutch or German.
 */
function thinkable(stats: LayoutStats, context: DateOrderContext): OrderStats[] {
  const [first, second, third] = stats.orders;
  if (first === undefined || second === undefined) return [];
  if (third === undefined) return [first, second];
  const excluded = (o: OrderStats) => o.invalid > 0 || o.early > 0 || o.late > 0 || o.min > o.max;
  const yearLast = [context.language, context.fileNameLanguage].some((language) => language === 'nl' || language === 'de');
  if (yearLast || excluded(third)) return [first, second];
  const usual = [first, second].filter((o) => !excluded(o));
  return usual.length === 2 ? usual : [...usual, third];
}

export function findDateOrder(stats: LayoutStats, context: DateOrderContext): DateOrderFinding {
  const orders = thinkable(stats, context);
  const [x, y] = orders;
  const readings = orders.filter((o) => o.min <= o.max && o.invalid === 0).map((o) => reading(o));
  if (x === undefined) throw new Error('a layout without orders');
  if (y === undefined) return { order: x.order, certainty: 'proven', evidence: [{ kind: 'date-exists', favours: x.order, count: stats.dates }], readings };
  const proofs = hardEvidence(x, y);
  const won = new Set(proofs.map((vote) => vote.favours));
  const votes = [...proofs, ...softEvidence(stats, x, y, context)];
  const evidence = votes.map(({ kind, favours, count }) => ({ kind, favours, count }));
  if (won.size === 1) {
    const order = proofs[0]?.favours ?? x.order;
    return { order, certainty: 'proven', evidence, readings: orders.filter((o) => o.order === order && o.min <= o.max).map(reading) };
  }
  const possible = orders.filter((o) => o.min <= o.max).map(reading);
  if (context.answer !== undefined && orders.some((o) => o.order === context.answer)) {
    return { order: context.answer, certainty: 'proven', evidence: [...evidence, { kind: 'person', favours: context.answer, count: 1 }], readings: possible };
  }
  if (won.size === 0 && x.min === y.min && x.max === y.max && stats.dates === 1) {
    return {
      order: x.order,
      certainty: 'proven',
      evidence: [...evidence, { kind: 'same-either-way', favours: x.order, count: stats.dates }],
      readings: possible.slice(0, 1),
    };
  }
  let forX = 0;
  let forY = 0;
  for (const vote of votes) {
    const weight = won.size > 1 && vote.weight >= hard ? vote.count : vote.weight;
    if (vote.favours === x.order) forX += weight;
    else forY += weight;
  }
  const order = forY > forX ? y.order : x.order;
  const [most, least] = forY > forX ? [forY, forX] : [forX, forY];
  const likely = won.size > 1 || (most >= 2 && least === 0) || most - least >= 3;
  return { order, certainty: likely ? 'likely' : 'ambiguous', evidence, readings: possible };
}

const hard = 100;

function reading(o: OrderStats): DateOrderFinding['readings'][number] {
  return { order: o.order, first: LocalTime.parse(toLocalText(o.min, false)), last: LocalTime.parse(toLocalText(o.max, false)) };
}

/** Each of these alone excludes the other order. */
function hardEvidence(x: OrderStats, y: OrderStats): Vote[] {
  const votes: Vote[] = [];
  for (const [kept, other] of [
    [x, y],
    [y, x],
  ] as const) {
    const against = (kind: string, count: number) => votes.push({ kind, favours: kept.order, count, weight: hard });
    if (other.invalid > 0) against('date-exists', other.invalid);
    if (kept.invalid > 0 || kept.min > kept.max) continue;
    if (other.late > 0 && kept.late === 0) against('not-after', other.late);
    if (other.early > 0 && kept.early === 0) against('not-before-2009', other.early);
    if (kept.mediaExact > 0 && other.mediaExact === 0) against('media-name', kept.mediaExact);
  }
  return votes;
}

function softEvidence(stats: LayoutStats, x: OrderStats, y: OrderStats, context: DateOrderContext): Vote[] {
  const votes: Vote[] = [];
  const vote = (kind: string, favours: DateOrder, count: number, weight: number) => votes.push({ kind, favours, count, weight });
  const separator = layoutSeparator(stats.layout);
  const dayFirst = x.order === 'dmy' || x.order === 'mdy';
  if (!dayFirst) vote('year-first', 'ymd', stats.count, 4);
  if (y.order === 'ymd') vote('short-year-last', x.order, stats.count, 2);
  for (const [kept, other] of [
    [x, y],
    [y, x],
  ] as const) {
    if (kept.invalid > 0 && other.invalid === 0) continue;
    if (kept.mediaDay > 0 && kept.mediaDay >= 4 * other.mediaDay) vote('media-name-day', kept.order, kept.mediaDay, 3);
    if (other.back > 0 && (kept.back === 0 || other.back >= 4 * kept.back)) vote('monotonic', kept.order, other.back - kept.back, other.back >= 3 ? 4 : 2);
    const keptSpan = kept.max - kept.min;
    const otherSpan = other.max - other.min;
    if (stats.dates >= 2 && keptSpan >= 0 && otherSpan > 14 * 86400 && otherSpan > 8 * keptSpan)
      vote('span', kept.order, stats.dates, stats.dates >= 3 ? 2 : 1);
  }
  if (!dayFirst || y.order === 'ymd') return votes;
  if (separator === '.') vote('separator', 'dmy', stats.count, 3);
  if (separator === '-' && stats.yearPlace === 3) vote('separator', 'dmy', stats.count, 1);
  if (context.language !== null && dayFirstLanguages.has(context.language)) vote('wording', 'dmy', context.languageCount, 3);
  if (context.fileNameLanguage !== null && dayFirstLanguages.has(context.fileNameLanguage)) vote('file-name', 'dmy', 1, 3);
  if (separator === '/') {
    const american = stats.yearPlace === 0 && stats.unpadded > 0 && stats.padded === 0;
    const half = layoutHasHalf(stats.layout);
    if (american && (half || context.language === 'en')) vote('american-layout', 'mdy', stats.count, 2);
    else if (stats.yearPlace === 3 && stats.padded > 0 && stats.unpadded === 0) vote('padded-layout', 'dmy', stats.count, 1);
  }
  return votes;
}
