// Cases and their retention. What the case says, its bundles follow.

import {
  CaseAnswer,
  CaseImportAnswer,
  CasePage,
  CaseParams,
  CaseWork,
  ImportCases,
  ImportCasesQuery,
  ListCases,
  ListCaseWork,
  LookedUpCase,
  PutCase,
} from '#contract/case.ts';
import { type Case, type WorkReason, workReasons } from '#core/model/case.ts';
import { no, ok } from '#core/model/result.ts';
import { transferOf } from '#core/retention/legal-rules.ts';
import { reasonsForWork } from '#core/retention/reasons-for-work.ts';
import { type CaseImport, importCases } from '#flow/import-cases.ts';
import { lookUpCase } from '#flow/look-up-case.ts';
import { putCase } from '#flow/put-case.ts';
import type { Services } from '#runtime/services.ts';
import type { Mark } from '../cursor.ts';
import { jsonRoute, pageRoute, type Route } from '../route.ts';

const tag = 'Zaken';

/** So many cases are looked through for one page when `dueBefore` keeps few of them. */
const mostSeen = 1000;

/** Real time that an import may take within one answer; the door itself has 29 seconds. */
const importMs = 20_000;
const importBytes = 4 * 2 ** 20;

async function caseAnswer({ cases, clock, settings }: Pick<Services, 'cases' | 'clock' | 'settings'>, one: Case): Promise<CaseAnswer> {
  const { id, title, state, closedOn, selection, retention, verified, derivation, holds, createdAt } = one;
  const newActFrom = retention.nomination === 'keep' ? (await settings.get()).settings.archivesActFrom : null;
  return {
    id,
    title,
    state,
    closedOn,
    selection,
    retention,
    bundles: await cases.countBundles(id),
    verified,
    derivation,
    holds,
    createdAt,
    source: one.source ?? null,
    reason: one.reason ?? null,
    attention: reasonsForWork(one),
    readAt: one.zgw?.readAt ?? null,
    transfer: retention.nomination === 'keep' ? transferOf(closedOn, clock.today(), newActFrom) : null,
  };
}

function importAnswer({ dryRun, lines, next }: CaseImport): CaseImportAnswer {
  const counted = (outcome: CaseImportAnswer['lines'][number]['outcome']) => lines.filter((one) => one.outcome === outcome).length;
  const summed = (field: 'bundles' | 'datesMoved' | 'newlyDue' | 'noLongerDue') => lines.reduce((sum, one) => sum + one[field], 0);
  const changes = counted('new') + counted('changed');
  return {
    dryRun,
    stored: !dryRun && changes > 0,
    lines,
    totals: {
      new: counted('new'),
      changed: counted('changed'),
      unchanged: counted('unchanged'),
      refused: counted('refused'),
      bundles: summed('bundles'),
      datesMoved: summed('datesMoved'),
      newlyDue: summed('newlyDue'),
      noLongerDue: summed('noLongerDue'),
    },
    next,
  };
}

export const caseRoutes: readonly Route[] = [
  jsonRoute({
    id: 'putCase',
    method: 'put',
    path: '/cases/{caseId}',
    action: 'case.put',
    tag,
    summary: 'A case as it is now; its bundles follow',
    faults: ['case.closed-without-date', 'case.selection-unknown', 'case.retention-contradicts', 'changed-meanwhile'],
    params: CaseParams,
    makesPath: true,
    body: PutCase,
    answer: CaseAnswer,
    handle: async ({ services, acting, params, body }) => {
      const stored = await putCase(services, acting, params.caseId, body);
      return stored.ok ? ok(await caseAnswer(services, stored.value)) : stored;
    },
  }),
  jsonRoute({
    id: 'getCase',
    method: 'get',
    path: '/cases/{caseId}',
    action: 'case.read',
    tag,
    summary: 'A case with its retention',
    params: CaseParams,
    answer: CaseAnswer,
    handle: async ({ services, params }) => {
      const found = await services.cases.get(params.caseId);
      return found === null ? no('not-found') : ok(await caseAnswer(services, found));
    },
  }),
  pageRoute({
    id: 'listCases',
    method: 'get',
    path: '/cases',
    action: 'case.list',
    tag,
    summary: 'Cases by state, and those that are due before a day',
    query: ListCases,
    answer: CasePage,
    handle: async ({ services, query }, mark) => {
      const { dueBefore } = query;
      const found: Case[] = [];
      let at: Mark | null = mark;
      for (let seen = 0; ; ) {
        const page = await services.cases.list(query.state ?? null, query.limit - found.length, at);
        found.push(...page.items.filter(({ retention }) => dueBefore === undefined || (retention.actionDate !== null && retention.actionDate < dueBefore)));
        at = page.next;
        seen += query.limit;
        if (at === null || found.length >= query.limit || seen >= mostSeen) break;
      }
      return ok({ items: await Promise.all(found.map((one) => caseAnswer(services, one))), next: at });
    },
  }),
  jsonRoute({
    id: 'importCases',
    method: 'post',
    path: '/cases/_import',
    action: 'case.import',
    tag,
    summary: 'Cases from CSV, or what such an import would change',
    query: ImportCasesQuery,
    body: ImportCases,
    textBody: { media: 'text/csv', field: 'csv' },
    bodyLimit: importBytes,
    answer: CaseImportAnswer,
    handle: async ({ services, acting, query, body, audit }) => {
      const untilMs = services.clock.epochMs() + importMs;
      const answer = importAnswer(await importCases(services, acting, { ...query, ...body, untilMs }));
      const { totals } = answer;
      if (!query.dryRun) await audit('cases', { new: totals.new, changed: totals.changed, refused: totals.refused, whole: answer.next === null });
      return ok(answer);
    },
  }),
  jsonRoute({
    id: 'lookUpCase',
    method: 'post',
    path: '/cases/{caseId}/_lookup',
    action: 'case.read',
    tag,
    summary: 'What is known of a case number, here or in the case system; nothing is stored',
    params: CaseParams,
    answer: LookedUpCase,
    handle: async ({ services, params }) => ok(await lookUpCase(services, params.caseId)),
  }),
  pageRoute({
    id: 'listCaseWork',
    method: 'get',
    path: '/case-work',
    action: 'case.list',
    tag,
    summary: 'Cases that somebody must look at, by reason',
    query: ListCaseWork,
    answer: CaseWork,
    handle: async ({ services, query }, mark) => {
      const after = typeof mark?.['after'] === 'string' ? mark['after'] : null;
      const counts = new Map<WorkReason, number>();
      const wanted: Case['id'][] = [];
      for await (const { id, reasons } of services.cases.eachWork()) {
        for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
        const isHere = (after === null || id > after) && (query.reason === undefined || reasons.includes(query.reason));
        if (isHere && wanted.length <= query.limit) wanted.push(id);
      }
      const shown = wanted.slice(0, query.limit);
      const found = new Map((await services.cases.getMany(shown)).map((one) => [one.id as string, one]));
      const items = shown.flatMap((id) => found.get(id) ?? []).filter((one) => reasonsForWork(one).length > 0);
      return ok({
        items: await Promise.all(items.map((one) => caseAnswer(services, one))),
        counts: workReasons.flatMap((reason) => (counts.has(reason) ? [{ reason, cases: counts.get(reason) ?? 0 }] : [])),
        caseSystem: services.zgw === null ? null : await services.zgwState.get(),
        next: wanted.length > shown.length ? { after: shown.at(-1) ?? '' } : null,
      });
    },
  }),
];
