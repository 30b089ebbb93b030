// Door, every night and on request: proposes what is due for destruction. It destroys nothing.
import { proposeDestruction } from '#flow/propose-destruction.ts';
import { makeJobHandler } from '#runtime/lambda.ts';
import { reportRun } from '#runtime/report-run.ts';

const job = 'propose-destruction';

export const handler = makeJobHandler(job, (services, asked) =>
  reportRun(services, job, asked, (run) => proposeDestruction(services, { subject: 'system', role: 'system', origin: `${job}/${run}` })),
);
