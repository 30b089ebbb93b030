// Runs of the nightly jobs, and how far a job has come.
import type { RunId } from '#core/model/id.ts';
import type { Instant } from '#core/model/time.ts';
import type { Catalogue, Item } from './catalogue.ts';
import { catalogueKey, stateKey } from './table.ts';

export type RunStore = ReturnType<typeof makeRunStore>;
export type RunState = 'waiting' | 'running' | 'done' | 'failed';
export type RunReport = Readonly<Record<string, number | string | boolean>>;

export interface Run {
  readonly id: RunId;
  readonly job: string;
  readonly state: RunState;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly report: RunReport | null;
}

export interface JobProgress {
  /** First month to ask for, `2031-04`; null while nothing has ever been filed as due. */
  readonly month: string | null;
  readonly rev: number;
}

function toRun(item: Item): Run {
  const { pk: _pk, sk: _sk, stateKey: _stateKey, stateAt: _stateAt, ...run } = item;
  return run as unknown as Run;
}

export function makeRunStore(catalogue: Catalogue) {
  async function get(id: string): Promise<Run | null> {
    const item = await catalogue.get(catalogueKey.run(id));
    return item === null ? null : toRun(item);
  }

  /** Puts the run as it is now: a run has one writer at a time. */
  async function put(run: Run): Promise<void> {
    const at = run.endedAt ?? run.startedAt ?? '';
    await catalogue.put({ ...catalogueKey.run(run.id), ...run, stateKey: stateKey('run', run.state), stateAt: `${at}#${run.id}` });
  }

  async function progress(job: string): Promise<JobProgress> {
    const item = await catalogue.get(catalogueKey.job(job));
    return { month: (item?.['month'] as string | undefined) ?? null, rev: (item?.['rev'] as number | undefined) ?? 0 };
  }

  /** false when the job was sent back to an earlier month meanwhile: then that stands. */
  async function advance(job: string, month: string, rev: number): Promise<boolean> {
    const condition = { text: 'attribute_not_exists(pk) OR #rev = :rev', names: { '#rev': 'rev' }, values: { ':rev': rev } };
    return (await catalogue.change(catalogueKey.job(job), { set: { month }, add: { rev: 1 } }, condition)) !== null;
  }

  /** One at a time: false while another run has the job, until it gives it back or its time is up. */
  async function lease(job: string, holder: string, nowMs: number, untilMs: number): Promise<boolean> {
    const condition = {
      text: 'attribute_not_exists(#until) OR #until < :now OR #holder = :holder',
      names: { '#until': 'leaseUntil', '#holder': 'leaseHolder' },
      values: { ':now': nowMs, ':holder': holder },
    };
    return (await catalogue.change(catalogueKey.job(job), { set: { leaseUntil: untilMs, leaseHolder: holder } }, condition)) !== null;
  }

  async function giveBack(job: string, holder: string): Promise<void> {
    await catalogue.change(
      catalogueKey.job(job),
      { remove: ['leaseUntil', 'leaseHolder'] },
      { text: '#holder = :holder', names: { '#holder': 'leaseHolder' }, values: { ':holder': holder } },
    );
  }

  /** Makes the job ask again from this month on, for bundles that came free of a list. */
  async function askAgainFrom(job: string, month: string): Promise<void> {
    for (;;) {
      const now = await progress(job);
      if (now.month === null || now.month <= month || (await advance(job, month, now.rev))) return;
    }
  }

  return { get, put, progress, advance, lease, giveBack, askAgainFrom };
}
