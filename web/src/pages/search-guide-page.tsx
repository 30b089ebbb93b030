// "Zo zoekt u": a page that can be linked to and printed.
import { Table } from '../components/table.tsx';
import { Page } from '../shell/page.tsx';
import { searchText } from '../text/search.nl.ts';
import { type GuideExample, guideWords, searchGuide } from '../text/search-guide.nl.ts';
import { text } from '../text.nl.ts';

function Shown({ example }: { readonly example: GuideExample }) {
  return (
    <>
      {example.meaning}
      {[...example.finds.map((one) => [guideWords.finds, one] as const), ...example.misses.map((one) => [guideWords.misses, one] as const)].map(
        ([says, one]) => (
          <span key={one} className="small quiet guide-example">
            {says}: <q>{one}</q>
          </span>
        ),
      )}
    </>
  );
}

export function SearchGuidePage() {
  return (
    <Page title={guideWords.title} lead={guideWords.lead} crumbs={[{ name: text.help.title, to: '/hulp' }]}>
      {searchGuide.map(({ title, lead, examples }) => (
        <section key={title} className="stack stack--tight">
          <h2 className="utrecht-heading-2">{title}</h2>
          <p className="measure">{lead}</p>
          <Table
            caption={title}
            captionHidden
            rows={examples}
            rowKey={({ query }) => query}
            columns={[
              { title: searchText.youType, head: true, cell: ({ query }) => <code className="guide-query">{query}</code> },
              { title: searchText.youFind, cell: (example) => <Shown example={example} /> },
            ]}
          />
        </section>
      ))}
    </Page>
  );
}
