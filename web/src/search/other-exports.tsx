// The same message in exports of other phones: where it stands, and which exports of the chat lack it. Nothing is merged in the archive.
import { Link } from '@tanstack/react-router';
import type { SearchHit } from '#contract/search.ts';
import { searchText } from '../text/search.nl.ts';
import { labelOf } from './facet-filters.ts';

const nameOf = ({ bundleId, n }: { readonly bundleId: string; readonly n: number }) => labelOf('conversation', `${bundleId}/${n}`);

export function OtherExports({ hit: { duplicates = [], lackedBy = [] } }: { readonly hit: SearchHit }) {
  if (duplicates.length + lackedBy.length === 0) return null;
  return (
    <div className="small stack stack--tight">
      {duplicates.length === 0 ? null : (
        <section aria-label={searchText.sources}>
          <p>{searchText.sources}</p>
          <ul>
            {duplicates.map((one) => (
              <li key={`${one.bundleId}/${one.n}/${one.ordinal}`}>
                <Link
                  to="/bundels/$id/gesprekken/$n"
                  params={{ id: one.bundleId, n: String(one.n) }}
                  search={{ bericht: one.ordinal + 1 }}
                  className="utrecht-link utrecht-link--html-a"
                >
                  {searchText.sourceAs(nameOf(one), one.sender)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {lackedBy.length === 0 ? null : (
        <section aria-label={searchText.lacking}>
          <p>{searchText.lacking}</p>
          <ul>
            {lackedBy.map((one) => (
              <li key={`${one.bundleId}/${one.n}`}>
                <Link to="/bundels/$id/gesprekken/$n" params={{ id: one.bundleId, n: String(one.n) }} className="utrecht-link utrecht-link--html-a">
                  {nameOf(one)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
