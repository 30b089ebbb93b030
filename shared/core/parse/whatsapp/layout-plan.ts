// Which lines begin a record. One export has one layout; another layout is text that somebody pasted, unless it goes on for the
// rest of the file or its times fit between those around it. Pasted lines jump back. Bracket and dash never change places.
import type { DateOrder, DateOrderFinding } from '#core/model/chat.ts';
import { type DateOrderContext, findDateOrder } from './date-order.ts';
import { layoutKind } from './layout-code.ts';
import type { LayoutStats, ProofStretch } from './layout-stats.ts';
import type { LayoutRun, Survey } from './survey.ts';

/** From `fromLine` on, headers of this layout begin records, their dates in this order. */
export interface PlanStretch {
  readonly fromLine: number;
  readonly layout: number;
  readonly yearPlace: number;
  readonly order: DateOrder;
}

export interface LayoutPlan {
  readonly stretches: readonly PlanStretch[];
  /** Of the layout with the most records. */
  readonly finding: DateOrderFinding;
  /** Findings of all layouts that are in use. */
  readonly findings: readonly { readonly layout: number; readonly finding: DateOrderFinding }[];
  /** Lines from which the order of the dates is another one, within one layout. */
  readonly orderChanges: readonly number[];
}

export function planLayouts(survey: Survey, context: DateOrderContext): LayoutPlan | null {
  const main = mainLayout(survey);
  if (main === null) return null;
  const findings = new Map<number, DateOrderFinding>();
  const findingOf = (stats: LayoutStats): DateOrderFinding => {
    const known = findings.get(stats.layout);
    if (known !== undefined) return known;
    const found = findDateOrder(stats, context);
    findings.set(stats.layout, found);
    return found;
  };
  const runs = survey.tooManyRuns ? [] : acceptRuns(survey, main, findingOf);
  const accepted = runs.length === 0 ? [{ layout: main.layout, stats: main, fromLine: 1 }] : runs;
  const orderChanges: number[] = [];
  const stretches: PlanStretch[] = [];
  for (const [index, run] of accepted.entries()) {
    const until = accepted[index + 1]?.fromLine ?? Number.POSITIVE_INFINITY;
    const { order } = findingOf(run.stats);
    const { yearPlace, layout, chaotic } = run.stats;
    const proofs = steadyProofs(run.stats);
    const moving = proofs.length > 1 && !chaotic;
    let current = moving ? (proofs.filter(({ fromLine }) => fromLine <= run.fromLine).at(-1)?.order ?? order) : order;
    stretches.push({ fromLine: index === 0 ? 1 : run.fromLine, layout, yearPlace, order: current });
    if (!moving) continue;
    for (const proof of proofs) {
      if (proof.fromLine <= run.fromLine || proof.fromLine >= until || proof.order === current) continue;
      current = proof.order;
      orderChanges.push(proof.fromLine);
      stretches.push({ fromLine: proof.fromLine, layout, yearPlace, order: current });
    }
  }
  const used = [...new Set(stretches.map(({ layout }) => layout))];
  return { stretches, finding: findingOf(main), findings: used.map((layout) => ({ layout, finding: findings.get(layout) as DateOrderFinding })), orderChanges };
}

/** The layout of the first line, or else the commonest; "commonest" also within the first line's kind. */
function mainLayout(survey: Survey): LayoutStats | null {
  let most: LayoutStats | null = null;
  for (const stats of survey.layouts.values()) if (most === null || stats.count > most.count) most = stats;
  const first = survey.firstLayout < 0 ? undefined : survey.layouts.get(survey.firstLayout);
  if (most === null || first === undefined) return most;
  const kind = layoutKind(first.layout);
  let best = first;
  for (const stats of survey.layouts.values()) if (layoutKind(stats.layout) === kind && stats.count > best.count) best = stats;
  // A single line of another kind before a long chat is a heading that somebody typed, not the export's first header.
  return best.count < 3 && most.count > 20 ? most : best;
}

/** Stretches that rest on more than one date, neighbours of the same order joined: one odd date is no change of order. */
function steadyProofs(stats: LayoutStats): ProofStretch[] {
  const steady: ProofStretch[] = [];
  for (const stretch of stats.proofs) {
    if (stretch.dates < 2) continue;
    if (steady.at(-1)?.order !== stretch.order) steady.push(stretch);
  }
  return steady;
}

function acceptRuns(survey: Survey, main: LayoutStats, findingOf: (stats: LayoutStats) => DateOrderFinding): LayoutRun[] {
  const kind = layoutKind(main.layout);
  const runs = survey.runs.filter((run) => layoutKind(run.layout) === kind);
  const accepted: LayoutRun[] = [];
  for (const [index, run] of runs.entries()) {
    const before = accepted.at(-1);
    if (before === undefined) {
      // Before the main layout has begun, another one counts only when its times lead up to it.
      if (run.layout === main.layout || leadsUpTo(run, runs.slice(index + 1), main, findingOf)) accepted.push(run);
      continue;
    }
    if (before.layout === run.layout) {
      before.last = run.last;
      before.count += run.count;
      continue;
    }
    if (run.layout === main.layout && before.layout === main.layout) continue;
    const rest = runs.slice(index + 1, index + 1 + 64);
    const next = rest.find((other) => other.layout === before.layout) ?? null;
    if (isSwitch(before, run, next, index === runs.length - 1 || runs.slice(index + 1).every((other) => other.layout !== before.layout), findingOf))
      accepted.push(run);
  }
  return accepted;
}

/** Times of a run under each order that its layout may have, in one fixed row of orders: NaN where there is none. */
function timesUnder(run: LayoutRun, times: readonly number[], findingOf: (stats: LayoutStats) => DateOrderFinding): number[] {
  const finding = findingOf(run.stats);
  const open = finding.certainty === 'ambiguous' ? finding.readings.map(({ order }) => order) : [finding.order];
  return run.stats.orders.map(({ order }, i) => (open.includes(order) ? (times[i] ?? Number.NaN) : Number.NaN));
}

/** Does `run`, in another layout, follow `before` as a real change of layout? One order must explain its start and its end alike. */
function isSwitch(before: LayoutRun, run: LayoutRun, next: LayoutRun | null, toTheEnd: boolean, findingOf: (stats: LayoutStats) => DateOrderFinding): boolean {
  const ends = timesUnder(before, before.last, findingOf);
  const starts = timesUnder(run, run.first, findingOf);
  const runEnds = timesUnder(run, run.last, findingOf);
  const nextStarts = next === null ? null : timesUnder(next, next.first, findingOf);
  if (nextStarts === null && !toTheEnd) return false;
  return starts.some((start, i) => {
    const later = ends.some((end) => start > end);
    const same = ends.some((end) => start >= end - 60);
    const follows = later || (same && run.count >= 3);
    if (nextStarts === null) return follows || run.count >= 50;
    const end = runEnds[i] ?? Number.NaN;
    return follows && nextStarts.some((nextStart) => nextStart >= end - 60);
  });
}

function leadsUpTo(run: LayoutRun, rest: readonly LayoutRun[], main: LayoutStats, findingOf: (stats: LayoutStats) => DateOrderFinding): boolean {
  const next = rest.find((other) => other.layout === main.layout);
  if (next === undefined) return run.count >= 3;
  const ends = timesUnder(run, run.last, findingOf);
  const starts = timesUnder(next, next.first, findingOf);
  return ends.some((end) => starts.some((start) => start >= end));
}
