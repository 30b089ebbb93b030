// Door, every night and on request: seals the closed days of the audit log, brings the dictionary up to date, sends stuck work again and
// closes uploads that never came, and takes away runs of saved searches that broke off.
import { dropBrokenRuns } from '#flow/drop-broken-runs.ts';
import { mergeWords } from '#flow/merge-dictionary.ts';
import { nightlyUpkeep } from '#flow/nightly-upkeep.ts';
import { sealAuditDays } from '#flow/seal-audit-days.ts';
import { makeJobHandler } from '#runtime/lambda.ts';
import { reportRun } from '#runtime/report-run.ts';

const job = 'nightly-upkeep';

export const handler = makeJobHandler(job, (services, asked) =>
  reportRun(services, job, asked, async (run) => {
    const acting = { subject: 'system', role: 'system', origin: `${job}/${run}` } as const;
    const needs = { ...services, intakeDays: services.config.limits.intakeDays };
    // The one does not wait for the other: a day that cannot be sealed keeps no stuck work from going on.
    const work = await Promise.allSettled([
      sealAuditDays(needs, acting),
      nightlyUpkeep(needs, acting),
      mergeWords(needs, needs.ids.make('run')),
      dropBrokenRuns(needs),
    ]);
    // The log must tell of all: the first is thrown.
    const [first, ...others] = work.flatMap((one) => (one.status === 'rejected' ? [{ reason: one.reason as unknown }] : []));
    for (const { reason } of others) services.log.accident('upkeep.failed', reason);
    if (first !== undefined) throw first.reason;
    return Object.assign({}, ...work.map((one) => (one.status === 'fulfilled' ? one.value : {})));
  }),
);
