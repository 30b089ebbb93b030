// An import in as many goes as it takes: each answer says where to go on. What has been done stays done when one of them fails.
import type { CaseImportAnswer } from '#contract/case.ts';
import { post, withQuery } from '../api/client.ts';

export interface ImportOrder {
  readonly csv: string;
  readonly reason: string | null;
  readonly dryRun: boolean;
}

export async function importAll({ csv, reason, dryRun }: ImportOrder, onProgress: (so: CaseImportAnswer) => void): Promise<CaseImportAnswer> {
  let whole: CaseImportAnswer | null = null;
  let from: number | null = 1;
  while (from !== null) {
    const path: string = withQuery('/v1/cases/_import', { ...(dryRun ? { dryRun: 'true' } : {}), from });
    const part: CaseImportAnswer = await post<CaseImportAnswer>(path, { csv, reason });
    whole = whole === null ? part : joined(whole, part);
    onProgress(whole);
    from = part.next;
  }
  if (whole === null) throw new Error('an import has at least one go');
  return whole;
}

function joined(a: CaseImportAnswer, b: CaseImportAnswer): CaseImportAnswer {
  const names = Object.keys(a.totals) as (keyof CaseImportAnswer['totals'])[];
  const totals = Object.fromEntries(names.map((name) => [name, a.totals[name] + b.totals[name]])) as CaseImportAnswer['totals'];
  return { dryRun: a.dryRun, stored: a.stored || b.stored, lines: [...a.lines, ...b.lines], totals, next: b.next };
}
