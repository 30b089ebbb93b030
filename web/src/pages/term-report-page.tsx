// The search-term report on screen: each term its row, zero rows too, with the settings that were used; as xlsx and csv.
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch as useRouteSearch } from '@tanstack/react-router';
import type { TermReportAnswer } from '#contract/term-report.ts';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { type Column, Table } from '../components/table.tsx';
import { toDutchDate, toDutchInstant, toDutchMonth } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { isMonth } from '../search/months.ts';
import { questionFacts } from '../search/question-facts.tsx';
import { ReportDownload } from '../search/report-download.tsx';
import { type ReportOf, reportQuery } from '../search/saved-queries.ts';
import { questionOf } from '../search/search-query.ts';
import { useSearch } from '../search/search-store.ts';
import { Busy } from '../shell/busy.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { reportText, savedText } from '../text/saved-search.nl.ts';
import { searchText } from '../text/search.nl.ts';

type Row = Pick<TermReportAnswer['rows'][number], 'hits' | 'messages' | 'inAttachments' | 'conversations' | 'first' | 'last' | 'byMonth' | 'byCustodian'> & {
  readonly key: string;
  readonly name: string;
  readonly unique: number | null;
};

const dayOf = (day: string | null) => (day === null ? '' : toDutchDate(day));

const columns: readonly Column<Row>[] = [
  { title: reportText.term, head: true, cell: ({ name }) => name },
  { title: reportText.hits, numeric: true, cell: ({ hits }) => toDutchNumber(hits) },
  { title: reportText.messages, numeric: true, cell: ({ messages }) => toDutchNumber(messages) },
  { title: reportText.inAttachments, numeric: true, cell: ({ inAttachments }) => toDutchNumber(inAttachments) },
  { title: reportText.conversations, numeric: true, cell: ({ conversations }) => toDutchNumber(conversations) },
  { title: reportText.unique, numeric: true, cell: ({ unique }) => (unique === null ? '' : toDutchNumber(unique)) },
  { title: reportText.first, cell: ({ first }) => dayOf(first) },
  { title: reportText.last, cell: ({ last }) => dayOf(last) },
];

/** One row a month (or a key person), one column a term. */
function Spread({
  title,
  first,
  rows,
  keysOf,
  hitsOf,
}: {
  readonly title: string;
  readonly first: string;
  readonly rows: readonly Row[];
  readonly keysOf: (row: Row) => readonly (readonly [key: string, name: string])[];
  readonly hitsOf: (row: Row, key: string) => number;
}) {
  const keys = new Map(rows.flatMap(keysOf));
  if (keys.size === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <Table
        caption={title}
        captionHidden
        rows={[...keys].sort(([a], [b]) => (a < b ? -1 : 1))}
        rowKey={([key]) => key}
        columns={[
          { title: first, head: true, cell: ([, name]) => name },
          ...rows.map((row) => ({ title: row.name, numeric: true as const, cell: ([key]: readonly [string, string]) => toDutchNumber(hitsOf(row, key)) })),
        ]}
      />
    </details>
  );
}

function Report({ report }: { readonly report: TermReportAnswer }) {
  const { settings, total, excluded } = report;
  const rows: readonly Row[] = [
    ...report.rows.map((row, at) => ({ ...row, key: String(at), name: row.term })),
    ...(report.rows.length > 1 ? [{ ...total, key: 'total', name: reportText.total, unique: null }] : []),
  ];
  const zero = report.rows.filter(({ hits }) => hits === 0).map(({ term }) => term);
  return (
    <>
      {zero.length === 0 ? null : <Notice title={reportText.zero(zero)} />}
      <Table caption={reportText.rows} captionHidden columns={columns} rows={rows} rowKey={({ key }) => key} />
      <Spread
        title={reportText.byMonth}
        first={reportText.month}
        rows={rows}
        keysOf={(row) => row.byMonth.map(({ month }) => [month, isMonth(month) ? toDutchMonth(month) : searchText.noMonth] as const)}
        hitsOf={(row, key) => row.byMonth.find(({ month }) => month === key)?.hits ?? 0}
      />
      <Spread
        title={reportText.byCustodian}
        first={reportText.custodian}
        rows={rows}
        keysOf={(row) => row.byCustodian.map(({ custodianId, name }) => [custodianId ?? '', name ?? reportText.noCustodian] as const)}
        hitsOf={(row, key) => row.byCustodian.find(({ custodianId }) => (custodianId ?? '') === key)?.hits ?? 0}
      />
      <section className="stack stack--tight">
        <h2 className="utrecht-heading-2">{reportText.settings}</h2>
        <Facts
          items={[
            ...questionFacts({ ...settings, query: settings.query ?? report.rows.map(({ term }) => term).join('\n') }),
            [reportText.made, toDutchInstant(settings.at)],
            [savedText.searched, savedText.bundles(settings.watermark.bundles.indexed ?? 0)],
            [reportText.excluded, reportText.excludedCount(excluded.length)],
          ]}
        />
      </section>
    </>
  );
}

function ReportOn({ of }: { readonly of: ReportOf }) {
  const query = useQuery(reportQuery(of));
  return (
    <>
      {query.data === undefined ? (
        query.error === null ? (
          <Busy what={reportText.making} />
        ) : (
          <ProblemNotice error={query.error} onAgain={() => void query.refetch()} />
        )
      ) : (
        <>
          <ReportDownload of={of} />
          <Report report={query.data} />
        </>
      )}
    </>
  );
}

export function TermReportPage() {
  const { van } = useRouteSearch({ from: '/zoeken/rapport' });
  const { asked, started } = useSearch();
  const of = van !== undefined ? { searchId: van } : started && asked.query !== '' ? (questionOf(asked) as ReportOf) : null;
  return (
    <Page title={reportText.title} lead={reportText.lead} crumbs={[{ name: searchText.title, to: '/zoeken' }]} wide>
      {of === null ? (
        <div className="card empty">
          <p>{reportText.nothing}</p>
          <p className="quiet">{reportText.nothingHelp}</p>
          <Link to="/zoeken" className="utrecht-link utrecht-link--html-a">
            {savedText.toSearch}
          </Link>
        </div>
      ) : (
        <ReportOn of={of} />
      )}
    </Page>
  );
}
