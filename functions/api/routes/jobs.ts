// The nightly jobs, now: handed on to their own door, followed by their run.

import { JobParams, jobNames, RunAnswer, RunParams, StartedRun } from '#contract/job.ts';
import type { RunId } from '#core/model/id.ts';
import { no, ok } from '#core/model/result.ts';
import { jsonRoute, type Route } from '../route.ts';

const tag = 'Beheer';

export const jobRoutes: readonly Route[] = [
  jsonRoute({
    id: 'runJob',
    method: 'post',
    path: '/jobs/{job}/_run',
    action: 'job.run',
    tag,
    summary: 'Starts a nightly job now',
    faults: ['job.unknown'],
    status: 202,
    params: JobParams,
    answer: StartedRun,
    handle: async ({ services, params, audit }) => {
      const job = jobNames.find((name) => name === params.job);
      if (job === undefined) return no('job.unknown');
      const run = services.ids.make('run');
      await services.runs.put({ id: run, job, state: 'waiting', startedAt: null, endedAt: null, report: null });
      await audit(`job:${job}`, { run });
      await services.queue.send(job, { run });
      return ok({ run });
    },
    again: { objectOf: ({ run }) => run, read: async (_call, run) => ok({ run: run as RunId }) },
  }),
  jsonRoute({
    id: 'getRun',
    method: 'get',
    path: '/jobs/runs/{run}',
    action: 'job.read',
    tag,
    summary: 'How a run stands, and what it did',
    params: RunParams,
    answer: RunAnswer,
    handle: async ({ services, params }) => {
      const run = await services.runs.get(params.run);
      const job = jobNames.find((name) => name === run?.job);
      if (run === null || job === undefined) return no('not-found');
      return ok({ run: run.id, job, state: run.state, startedAt: run.startedAt, endedAt: run.endedAt, report: run.report });
    },
  }),
];
