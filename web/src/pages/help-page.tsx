// Help: what to keep, what happens afterwards, how to search.
import { Table } from '../components/table.tsx';
import { Page } from '../shell/page.tsx';
import { text } from '../text.nl.ts';
import { HowToExport } from '../upload/how-to-export.tsx';

export function HelpPage() {
  return (
    <Page title={text.help.title}>
      {(
        [
          [text.help.keep, text.help.keepText],
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
      <section className="stack stack--tight">
        <h2 className="utrecht-heading-2">{text.upload.howTo}</h2>
        <HowToExport />
      </section>
      <Table
        caption={text.search.help}
        rows={text.search.helpRows}
        rowKey={([example]) => example}
        columns={[
          { title: text.search.youType, head: true, cell: ([example]) => <code>{example}</code> },
          { title: text.search.youFind, cell: ([, meaning]) => meaning },
        ]}
      />
    </Page>
  );
}
