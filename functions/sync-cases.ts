// Door, every night before the proposals, after a notification and on request: cases as the case system has them. `{ caseId }` is one of
// them, `{ url }` the one at this address, `{ from }` the rest of a night, `{ run }` all of them now.
import * as z from 'zod';
import type { Acting } from '#core/audit/audited.ts';
import { CaseId } from '#core/model/id.ts';
import { syncCase } from '#flow/sync-case.ts';
import { syncCases } from '#flow/sync-cases.ts';
import { makeJobHandler } from '#runtime/lambda.ts';
import { reportRun } from '#runtime/report-run.ts';
import type { Services } from '#runtime/services.ts';

const job = 'sync-cases';
/** The door's time limit is fifteen minutes. */
const budgetMs = 12 * 60 * 1000;

const Ask = z.union([z.object({ caseId: CaseId }), z.object({ url: z.url() }), z.object({ from: z.string() })]);

const acting = (origin: string): Acting => ({ subject: 'system', role: 'system', origin: `${job}/${origin}` });

function needsOf(services: Services) {
  return { ...services, untilMs: services.clock.epochMs() + budgetMs };
}

/** What a message asks for; an accident brings it back. */
export async function syncAsked(services: Services, message: unknown): Promise<void> {
  const ask = Ask.parse(message);
  if ('from' in ask) {
    await syncCases(needsOf(services), acting('night'), JSON.parse(ask.from) as Record<string, unknown>);
    return;
  }
  const found = 'caseId' in ask ? { ok: true as const, value: ask.caseId as string } : await services.zgw?.numberOf(ask.url);
  const caseId = found?.ok === true ? CaseId.safeParse(found.value).data : undefined;
  if (caseId !== undefined) await syncCase(needsOf(services), acting(caseId), caseId);
  else if (found?.ok === false && found.trouble === 'zgw-unreachable') throw new Error('the case system cannot be reached');
}

export const handler = makeJobHandler(job, (services, asked) => reportRun(services, job, asked, (run) => syncCases(needsOf(services), acting(run))), syncAsked);
