// Help: what to keep, how to export, what happens afterwards, how to search.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keepHelpQuery } from '../api/queries.ts';
import { Table } from '../components/table.tsx';
import { guideApps, guideNames } from '../help/guide-apps.ts';
import { Page } from '../shell/page.tsx';
import { searchText } from '../text/search.nl.ts';
import { text } from '../text.nl.ts';
import { KeepExamples } from '../upload/keep-step.tsx';

function WhatToKeep() {
  const { data } = useQuery(keepHelpQuery);
  return (
    <section className="stack stack--tight">
      <h2 className="utrecht-heading-2">{text.help.keep}</h2>
      <p className="measure">{data === undefined || data.rule === '' ? text.help.keepText : data.rule}</p>
      {data === undefined ? null : <KeepExamples help={data} />}
      <p className="measure">{text.keep.notHold}</p>
      {data === undefined || data.contact === '' ? null : <p>{text.keep.contact(data.contact)}</p>}
    </section>
  );
}

function HowToExportPages() {
  return (
    <section className="stack stack--tight">
      <h2 className="utrecht-heading-2">{text.upload.howTo}</h2>
      <p className="measure">{text.help.exportLead}</p>
      <ul className="list-plain tiles">
        {guideApps.map((app) => (
          <li key={app} className="tile">
            <Link to="/hulp/$app" params={{ app }} className="utrecht-link utrecht-link--html-a">
              {guideNames[app]}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function HelpPage() {
  return (
    <Page title={text.help.title}>
      <WhatToKeep />
      <HowToExportPages />
      {(
        [
          [text.help.private, text.help.privateText],
          [text.help.afterwards, text.help.afterwardsText],
          [text.help.who, text.help.whoText],
        ] as const
      ).map(([question, answer]) => (
        <section key={question} className="stack stack--tight">
          <h2 className="utrecht-heading-2">{question}</h2>
          <p className="measure">{answer}</p>
        </section>
      ))}
      <Table
        caption={searchText.help}
        rows={searchText.helpRows}
        rowKey={([example]) => example}
        columns={[
          { title: searchText.youType, head: true, cell: ([example]) => <code>{example}</code> },
          { title: searchText.youFind, cell: ([, meaning]) => meaning },
        ]}
      />
      <Link to="/hulp/zo-zoekt-u" className="utrecht-link utrecht-link--html-a">
        {searchText.guide}
      </Link>
    </Page>
  );
}
