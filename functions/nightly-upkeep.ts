// Door, every night and on request: seals the closed days of the audit log, brings the dictionary up to date, sends stuck work again and
// closes uploads that never came.
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
    const work = [sealAuditDays(needs, acting), nightlyUpkeep(needs, acting), mergeWords(needs, needs.ids.make('run'))] as const;
    const [seals, upkeep, words] = await Promise.allSettled(work);
    if (seals.status === 'rejected') {
      // The log must tell of both.
      for (const other of [upkeep, words]) if (other.status === 'rejected') services.log.accident('upkeep.failed', other.reason);
      throw seals.reason;
    }
    if (upkeep.status === 'rejected') {
      if (words.status === 'rejected') services.log.accident('upkeep.failed', words.reason);
      throw upkeep.reason;
    }
    if (words.status === 'rejected') throw words.reason;
    return { ...upkeep.value, ...seals.value, ...words.value };
  }),
);
