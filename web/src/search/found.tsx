// What was found: the total, where it is, what one can do with it, and the hits.
import { Link } from '@tanstack/react-router';
import type { SearchAnswer, SearchHit } from '#contract/search.ts';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { useMe } from '../session/session.ts';
import type { Continued } from '../shell/paged.tsx';
import { reportText } from '../text/saved-search.nl.ts';
import { searchText } from '../text/search.nl.ts';
import { text } from '../text.nl.ts';
import { Collect } from './collect.tsx';
import { Facets } from './facets.tsx';
import { HitsBeside } from './hits-beside.tsx';
import { SaveSearch } from './save-search.tsx';
import type { SearchAsked } from './search-query.ts';
import { setSearch } from './search-store.ts';

interface FoundProps {
  readonly asked: SearchAsked;
  readonly first: SearchAnswer;
  readonly hits: readonly SearchHit[];
  readonly selected: string | null;
  readonly more: Continued;
}

/** Saving and reporting: also of a search that found nothing, for that has to be accounted for as well. */
export function SearchActions({ asked }: { readonly asked: SearchAsked }) {
  const { actions } = useMe();
  return (
    <div className="row">
      {actions.includes('search.save') ? <SaveSearch asked={asked} /> : null}
      {actions.includes('term.report') && asked.query !== '' ? (
        <Link to="/zoeken/rapport" className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--secondary-action">
          {reportText.title}
        </Link>
      ) : null}
    </div>
  );
}

export function Found({ asked, first, hits, selected, more }: FoundProps) {
  const conversations = first.facets?.conversation;
  const head = (
    <>
      <h2 className="utrecht-heading-2" aria-live="polite">
        {searchText.total(
          toCount(first.total, text.common.messageOne, text.common.messageMany),
          conversations === undefined ? null : toCount(conversations.length, text.common.conversationOne, text.common.conversationMany),
        )}
      </h2>
      {first.uncollapsed === undefined || first.uncollapsed === first.total ? null : (
        <p className="small quiet">{searchText.uncollapsed(toDutchNumber(first.uncollapsed))}</p>
      )}
      {first.inAttachments === 0 ? null : <p className="small quiet">{text.attachments.inAttachments(first.inAttachments)}</p>}
      <SearchActions asked={asked} />
      <Facets asked={asked} facets={first.facets ?? {}} />
      <Collect />
    </>
  );
  return (
    <HitsBeside
      hits={hits}
      selected={selected}
      onSelect={(key) => setSearch({ selected: key })}
      more={more}
      head={head}
      shown={searchText.shown(toDutchNumber(hits.length), toDutchNumber(first.total))}
    />
  );
}
