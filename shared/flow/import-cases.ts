// Cases out of a CSV file. First, or only, looked at: what would change for which bundles. With a bad line in it nothing is imported at all.
// What does not fit in one go is told (`next`), and the same file goes on from there: a line that is done already changes nothing.
import type { Acting } from '#core/audit/audited.ts';
import type { Retention } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import { faultText } from '#core/model/text.nl.ts';
import { isSameCase } from '#core/retention/is-same-case.ts';
import { type BadLine, type CaseOfLine, readCaseCsv } from '#core/retention/read-case-csv.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { Item } from '#store/catalogue.ts';
import { finishCase, keepCase, type NeedsKeepCase } from './keep-case.ts';
import { valueCase } from './put-case.ts';
import { derivedFrom } from './rederive-bundle.ts';

export interface NeedsImportCases extends NeedsKeepCase {
  readonly bundles: NeedsKeepCase['bundles'] & Pick<BundleStore, 'getMany'>;
}

export interface ImportOrder {
  readonly csv: string;
  readonly dryRun: boolean;
  /** First line to do; those before it were done in an earlier go. */
  readonly from: number;
  readonly reason: string | null;
  /** Real time after which the rest is left for another go. */
  readonly untilMs: number;
}

/** What it means for the bundles of the case. */
export interface Effect {
  readonly bundles: number;
  readonly datesMoved: number;
  readonly newlyDue: number;
  readonly noLongerDue: number;
}

export interface ImportedLine extends Effect {
  readonly line: number;
  readonly caseId: CaseId | null;
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'refused';
  readonly message: string | null;
  readonly before: Retention | null;
  readonly after: Retention | null;
}

export interface CaseImport {
  readonly dryRun: boolean;
  readonly lines: readonly ImportedLine[];
  /** Line to go on from; null: all are done. */
  readonly next: number | null;
}

const noEffect: Effect = { bundles: 0, datesMoved: 0, newlyDue: 0, noLongerDue: 0 };

export async function importCases(needs: NeedsImportCases, acting: Acting, order: ImportOrder): Promise<CaseImport> {
  const { cases, bad } = readCaseCsv(order.csv);
  const lines: ImportedLine[] = order.from <= 1 ? bad.map(refusal) : [];
  const valued: ImportedLine[] = [];
  // A line that the rules refuse is as bad as one that cannot be read: it is found before anything is stored.
  if (!order.dryRun && order.from <= 1) {
    for (const { line, order: wanted } of cases) {
      const next = valueCase(needs, wanted.id, wanted, await needs.cases.get(wanted.id), 'import');
      if (!next.ok) valued.push(refusal({ line, message: faultText[next.fault.code].detail }));
    }
    if (lines.length + valued.length > 0) return { dryRun: false, lines: [...lines, ...valued], next: null };
  }
  /** What the lines before would have made of their cases: a bundle may stand under several. */
  const ahead = new Map<string, Case>();
  for (const { line, order: wanted } of cases) {
    if (line < order.from) continue;
    if (needs.clock.epochMs() > order.untilMs) return { dryRun: order.dryRun, lines, next: line };
    lines.push(await doLine(needs, acting, order, line, wanted, ahead));
  }
  return { dryRun: order.dryRun, lines: lines.toSorted((a, b) => a.line - b.line), next: null };
}

function refusal({ line, message }: BadLine): ImportedLine {
  return { line, caseId: null, outcome: 'refused', message, before: null, after: null, ...noEffect };
}

async function doLine(
  needs: NeedsImportCases,
  acting: Acting,
  order: ImportOrder,
  line: number,
  wanted: CaseOfLine,
  ahead: Map<string, Case>,
): Promise<ImportedLine> {
  const existing = await needs.cases.get(wanted.id);
  const next = valueCase(needs, wanted.id, { ...wanted, reason: order.reason }, existing, 'import');
  if (!next.ok) return { ...refusal({ line, message: faultText[next.fault.code].detail }), caseId: wanted.id };
  const before = existing?.retention ?? null;
  const about = { line, caseId: wanted.id, message: null, before, after: next.value.retention };
  if (existing !== null && isSameCase(existing, next.value)) {
    if (!order.dryRun) await finishCase(needs, acting, wanted.id);
    return { ...about, outcome: 'unchanged', ...noEffect };
  }
  const effect = await effectOn(needs, next.value, ahead);
  ahead.set(wanted.id, next.value);
  if (!order.dryRun) {
    const kept = await keepCase(needs, acting, next.value, existing, 'case.import');
    if (!kept.ok) return { ...about, outcome: 'refused', message: faultText[kept.fault.code].detail, ...noEffect };
  }
  return { ...about, outcome: existing === null ? 'new' : 'changed', ...effect };
}

/** Every bundle of the case, as it would be. */
async function effectOn(needs: NeedsImportCases, changed: Case, ahead: ReadonlyMap<string, Case>): Promise<Effect> {
  const today = needs.clock.today();
  const isDue = (date: string | null) => date !== null && date <= today;
  const effect: { -readonly [K in keyof Effect]: number } = { ...noEffect };
  let next: Item | null = null;
  do {
    const links: Awaited<ReturnType<BundleStore['linksOfCase']>> = await needs.bundles.linksOfCase(changed.id, 100, next);
    const heads = (await needs.bundles.getMany(links.items)).filter(({ state }) => state !== 'destroying' && state !== 'destroyed');
    const cases = new Map((await needs.cases.getMany(heads.flatMap(({ caseIds }) => caseIds))).map((one) => [one.id as string, one]));
    for (const [id, one] of ahead) if (cases.has(id)) cases.set(id, one);
    for (const head of heads) {
      const was = derivedFrom(head, cases).retention.actionDate;
      const becomes = derivedFrom(head, new Map([...cases, [changed.id, changed]])).retention.actionDate;
      effect.bundles++;
      if (was !== becomes) effect.datesMoved++;
      if (!isDue(was) && isDue(becomes)) effect.newlyDue++;
      if (isDue(was) && !isDue(becomes)) effect.noLongerDue++;
    }
    next = links.next;
  } while (next !== null);
  return effect;
}
