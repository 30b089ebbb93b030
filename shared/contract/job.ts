// The nightly jobs, now: POST /v1/jobs/{job}/_run, GET /v1/jobs/runs/{run}.
import * as z from 'zod';
import { RunId } from '#core/model/id.ts';
import { Instant } from '#core/model/time.ts';

export const jobNames = ['propose-destruction', 'execute-destruction', 'nightly-upkeep', 'sync-cases'] as const;
const runStates = ['waiting', 'running', 'done', 'failed'] as const;

export const JobParams = z.object({ job: z.string().min(1).max(64) });
export const RunParams = z.object({ run: RunId });

export const StartedRun = z.object({ run: RunId }).meta({ id: 'StartedRun', description: 'The job was handed on; ask for its run' });
export type StartedRun = z.infer<typeof StartedRun>;

export const RunAnswer = z
  .object({
    run: RunId,
    job: z.enum(jobNames),
    state: z.enum(runStates),
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    report: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .nullable()
      .meta({ description: 'Counts of what was done' }),
  })
  .meta({ id: 'Run', description: 'One run of a nightly job' });
export type RunAnswer = z.infer<typeof RunAnswer>;
