// Door, every night and on request: seals the closed days of the audit log, sends stuck work again and closes uploads that never came.
import { nightlyUpkeep } from '#flow/nightly-upkeep.ts';
import { sealAuditDays } from '#flow/seal-audit-days.ts';
import { makeJobHandler } from '#runtime/lambda.ts';
import { reportRun } from './report-run.ts';

const job = 'nightly-upkeep';

export const handler = makeJobHandler(job, (services, asked) =>
  reportRun(services, job, asked, async (run) => {
    const acting = { subject: 'system', role: 'system', origin: `${job}/${run}` } as const;
    const needs = { ...services, intakeDays: services.config.limits.intakeDays };
    // The one does not wait for the other: a day that cannot be sealed keeps no stuck work from going on.
    const [seals, upkeep] = await Promise.allSettled([sealAuditDays(needs, acting), nightlyUpkeep(needs, acting)]);
    if (seals.status === 'rejected') {
      // The log must tell of both.
      if (upkeep.status === 'rejected') services.log.accident('upkeep.failed', upkeep.reason);
      throw seals.reason;
    }
    if (upkeep.status === 'rejected') throw upkeep.reason;
    return { ...upkeep.value, ...seals.value };
  }),
);
