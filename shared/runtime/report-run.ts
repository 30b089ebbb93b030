// Keeps the run of a nightly job: started by the clock (then it makes its own run) or through the API (then the run waits already).
import { RunId } from '#core/model/id.ts';
import type { JobReport } from './lambda.ts';
import type { Services } from './services.ts';

/** Does the work and puts the outcome; an accident leaves the run `failed`, and goes on to the door. */
export async function reportRun(
  { runs, ids, clock, log }: Pick<Services, 'runs' | 'ids' | 'clock' | 'log'>,
  job: string,
  asked: string | null,
  work: (run: RunId) => Promise<JobReport>,
): Promise<void> {
  const startedAt = clock.now();
  const id = asked === null ? ids.make('run') : RunId.parse(asked);
  if (asked !== null) await runs.put({ id, job, state: 'running', startedAt, endedAt: null, report: null });
  try {
    const report = await work(id);
    await runs.put({ id, job, state: 'done', startedAt, endedAt: clock.now(), report });
    log.info('job.done', { job, run: id, ...report });
  } catch (error) {
    await runs.put({ id, job, state: 'failed', startedAt, endedAt: clock.now(), report: null });
    throw error;
  }
}
