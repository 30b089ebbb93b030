// Certificates: one per executed list, kept for good.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listsQuery } from '../api/queries.ts';
import { ButtonLink } from '../components/button.tsx';
import { Table } from '../components/table.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { toDutchNumber } from '../format/numbers.ts';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { text } from '../text.nl.ts';

export function CertificatesPage() {
  const query = useInfiniteQuery(listsQuery('executed'));
  return (
    <Page title={text.certificates.title} lead={text.certificates.lead} wide>
      <Paged
        query={query}
        empty={
          <>
            <p>{text.certificates.empty}</p>
            <p className="quiet">{text.certificates.emptyHelp}</p>
          </>
        }
      >
        {(items) => (
          <Table
            caption={text.certificates.title}
            captionHidden
            rows={items}
            rowKey={(list) => list.id}
            columns={[
              {
                title: text.lists.name,
                head: true,
                cell: (list) =>
                  list.certificateId === null ? (
                    list.name
                  ) : (
                    <Link to="/verklaringen/$id" params={{ id: list.certificateId }} className="utrecht-link utrecht-link--html-a">
                      {list.name}
                    </Link>
                  ),
              },
              { title: text.lists.items, numeric: true, cell: (list) => toDutchNumber(list.items) },
              { title: text.lists.selection, cell: (list) => list.selection ?? '' },
              {
                title: text.certificates.done,
                cell: (list) => {
                  const step = list.steps.findLast((one) => one.to === 'executed');
                  return step === undefined ? '' : toDutchInstant(step.at);
                },
              },
              {
                title: 'PDF',
                cell: (list) =>
                  list.certificateId === null ? null : (
                    <ButtonLink href={`/v1/certificates/${list.certificateId}.pdf`} download>
                      {text.certificates.pdf}
                    </ButtonLink>
                  ),
              },
            ]}
          />
        )}
      </Paged>
    </Page>
  );
}
