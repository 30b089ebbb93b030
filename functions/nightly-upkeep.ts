// Door, every night and on request: sends stuck work again and closes uploads that never came.
import { nightlyUpkeep } from '#flow/nightly-upkeep.ts';
import { makeJobHandler } from '#runtime/lambda.ts';
import { reportRun } from './report-run.ts';

const job = 'nightly-upkeep';

export const handler = makeJobHandler(job, (services, asked) =>
  reportRun(services, job, asked, (run) =>
    nightlyUpkeep({ ...services, intakeDays: services.config.limits.intakeDays }, { subject: 'system', role: 'system', origin: `${job}/${run}` }),
  ),
);
