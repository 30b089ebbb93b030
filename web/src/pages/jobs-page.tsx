// The nightly jobs, now, with their report; and the work that stayed behind.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RetriedLetters } from '#contract/dead-letter.ts';
import type { RunAnswer, StartedRun } from '#contract/job.ts';
import { post } from '../api/client.ts';
import { deadLettersQuery, runQuery } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { type Fact, Facts } from '../components/facts.tsx';
import { Table } from '../components/table.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { Loaded } from '../shell/loaded.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

const jobs = ['sync-cases', 'propose-destruction', 'execute-destruction', 'nightly-upkeep'] as const;
type Job = (typeof jobs)[number];
const tones = { waiting: 'plain', running: 'action', done: 'good', failed: 'bad' } as const;

function Report({ run }: { readonly run: RunAnswer }) {
  const report = Object.entries(run.report ?? {});
  return (
    <div className="stack stack--tight" aria-live="polite">
      <p className="row">
        <Badge tone={tones[run.state]}>{text.jobs.state[run.state]}</Badge>
        {run.endedAt === null ? null : <span className="small quiet">{toDutchInstant(run.endedAt)}</span>}
      </p>
      {run.state !== 'done' ? null : report.length === 0 ? (
        <p>{text.jobs.nothing}</p>
      ) : (
        <Facts items={report.map(([name, value]): Fact => [name, typeof value === 'number' ? toDutchNumber(value) : String(value)])} />
      )}
    </div>
  );
}

function RunReport({ run }: { readonly run: string }) {
  return <Loaded query={useQuery(runQuery(run))}>{(answer) => <Report run={answer} />}</Loaded>;
}

function JobCard({ job }: { readonly job: Job }) {
  const [run, setRun] = useState<string | null>(null);
  const start = useMutation({ mutationFn: () => post<StartedRun>(`/v1/jobs/${job}/_run`), onSuccess: (started) => setRun(started.run) });
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{text.jobs.names[job]}</h2>
      <p>{text.jobs.what[job]}</p>
      <div>
        <Button busy={start.isPending} onClick={() => start.mutate()} aria-label={`${text.jobs.names[job]}: ${text.jobs.run}`}>
          {text.jobs.run}
        </Button>
      </div>
      {start.error === null ? null : <ProblemNotice error={start.error} />}
      {run === null ? null : <RunReport key={run} run={run} />}
    </section>
  );
}

function DeadLetterTable() {
  const queries = useQueryClient();
  const query = useQuery(deadLettersQuery);
  const retry = useMutation({
    mutationFn: (door: string) => post<RetriedLetters>(`/v1/dead-letters/${door}/_retry`),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{text.jobs.dead}</h2>
      <p>{text.jobs.deadLead}</p>
      <Loaded query={query}>
        {(answer) =>
          answer.items.every((one) => one.messages === 0) ? (
            <p className="quiet">{text.jobs.deadNone}</p>
          ) : (
            <Table
              caption={text.jobs.dead}
              captionHidden
              rows={answer.items.filter((one) => one.messages > 0)}
              rowKey={(one) => one.door}
              columns={[
                { title: text.jobs.door, head: true, cell: (one) => one.door },
                { title: text.jobs.letters, numeric: true, cell: (one) => toDutchNumber(one.messages) },
                {
                  title: text.jobs.retry,
                  cell: (one) => (
                    <Button busy={retry.isPending} onClick={() => retry.mutate(one.door)}>
                      {text.jobs.retry}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {retry.data === undefined ? null : <p role="status">{text.jobs.retried(toCount(retry.data.moved, text.jobs.letterOne, text.jobs.letterMany))}</p>}
      {retry.error === null ? null : <ProblemNotice error={retry.error} />}
    </section>
  );
}

export function JobsPage() {
  return (
    <Page title={text.jobs.title} lead={text.jobs.lead}>
      <div className="columns">
        {jobs.map((job) => (
          <JobCard key={job} job={job} />
        ))}
      </div>
      <DeadLetterTable />
    </Page>
  );
}
