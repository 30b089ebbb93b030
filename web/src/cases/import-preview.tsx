// What an import of cases changes, in sums and line by line; the lines that are wrong come first and alone.
import type { CaseImportAnswer } from '#contract/case.ts';
import type { RetentionAnswer } from '#contract/retention.ts';
import { Badge } from '../components/badge.tsx';
import { type Fact, Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { toDutchDate } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { text } from '../text.nl.ts';

/** A table of more is no overview; the sums above it are over all. */
const mostRows = 200;
const tones = { new: 'good', changed: 'action', unchanged: 'plain', refused: 'bad' } as const;

function dateOf(retention: RetentionAnswer | null): string {
  if (retention === null) return '';
  if (retention.nomination === 'keep') return text.cases.keep;
  return retention.actionDate === null ? text.cases.noDate : toDutchDate(retention.actionDate);
}

function Refused({ lines }: { readonly lines: CaseImportAnswer['lines'] }) {
  return (
    <section className="stack stack--tight">
      <Notice tone="bad" title={text.caseImport.refusedTitle(lines.length)} live>
        <p>{text.caseImport.refusedHelp}</p>
      </Notice>
      <Table
        caption={text.caseImport.refusedTitle(lines.length)}
        captionHidden
        rows={lines.slice(0, mostRows)}
        rowKey={(one) => String(one.line)}
        columns={[
          { title: text.caseImport.line, numeric: true, head: true, cell: (one) => toDutchNumber(one.line) },
          { title: text.cases.id, cell: (one) => one.caseId ?? '' },
          { title: text.caseImport.message, cell: (one) => one.message },
        ]}
      />
    </section>
  );
}

export function ImportPreview({ answer }: { readonly answer: CaseImportAnswer }) {
  const refused = answer.lines.filter((one) => one.outcome === 'refused');
  if (refused.length > 0) return <Refused lines={refused} />;
  const changes = answer.lines.filter((one) => one.outcome !== 'unchanged');
  const facts = Object.entries(text.caseImport.facts) as [keyof typeof text.caseImport.facts, string][];
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{text.caseImport.previewTitle}</h2>
      {changes.length === 0 ? <p>{text.caseImport.nothing}</p> : null}
      <Facts items={facts.map(([name, label]): Fact => [label, toDutchNumber(answer.totals[name])])} />
      {answer.totals.newlyDue > 0 ? <Notice>{text.caseImport.calm}</Notice> : null}
      {changes.length === 0 ? null : (
        <>
          {changes.length > mostRows ? <p className="small quiet">{text.caseImport.shown(mostRows, changes.length)}</p> : null}
          <Table
            caption={text.caseImport.table}
            rows={changes.slice(0, mostRows)}
            rowKey={(one) => String(one.line)}
            columns={[
              { title: text.caseImport.line, numeric: true, cell: (one) => toDutchNumber(one.line) },
              { title: text.cases.id, head: true, cell: (one) => <span className="nowrap">{one.caseId ?? ''}</span> },
              { title: text.caseImport.outcome, cell: (one) => <Badge tone={tones[one.outcome]}>{text.caseImport.outcomes[one.outcome]}</Badge> },
              { title: text.caseImport.before, cell: (one) => dateOf(one.before) },
              {
                title: text.caseImport.after,
                cell: (one) => (
                  <>
                    <div>{dateOf(one.after)}</div>
                    <div className="small quiet">{one.after?.explanation ?? ''}</div>
                  </>
                ),
              },
              { title: text.caseImport.bundles, numeric: true, cell: (one) => toDutchNumber(one.bundles) },
            ]}
          />
        </>
      )}
    </section>
  );
}
