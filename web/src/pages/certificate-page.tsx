// A certificate as it stands in the ledger; the same blocks as its PDF, in the same order.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Block } from '#core/export/block.ts';
import type { Certificate } from '#core/export/certificate.ts';
import { certificateBlocks } from '#core/export/certificate-blocks.ts';
import { certificateQuery } from '../api/queries.ts';
import { ButtonLink } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { VerifyCertificate } from '../lists/verify-certificate.tsx';
import { Loaded } from '../shell/loaded.tsx';
import { Page } from '../shell/page.tsx';
import { text } from '../text.nl.ts';

const route = getRouteApi('/verklaringen/$id');

function BlockView({ block }: { readonly block: Block }) {
  if (block.kind === 'facts') return <Facts items={block.facts} />;
  if (block.kind === 'heading') return <h2 className="utrecht-heading-2">{block.text}</h2>;
  if (block.kind === 'title') return null;
  return <p className="measure">{block.text}</p>;
}

export function CertificatePage() {
  const { id } = route.useParams();
  const query = useQuery(certificateQuery(id));
  return (
    <Page
      title={text.certificates.one}
      crumbs={[{ name: text.certificates.title, to: '/verklaringen' }]}
      lead={text.certificates.proves}
      beside={
        <ButtonLink look="primary" href={`/v1/certificates/${id}.pdf`} download>
          {text.certificates.pdf}
        </ButtonLink>
      }
    >
      <Loaded query={query}>
        {(certificate) => (
          <article className="card certificate">
            {certificateBlocks(certificate as unknown as Certificate).map((block, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a certificate never changes
              <BlockView key={at} block={block} />
            ))}
          </article>
        )}
      </Loaded>
      <VerifyCertificate id={id} />
    </Page>
  );
}
