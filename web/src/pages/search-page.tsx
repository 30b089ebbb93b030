// Search: every match, an exact count, where they are, and each hit in its conversation.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { SearchAnswer, SearchHit } from '#contract/search.ts';
import { type SearchAsked, searchQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { Expansions } from '../search/expansions.tsx';
import { Facet } from '../search/facet.tsx';
import { Filters } from '../search/filters.tsx';
import { HitBeside } from '../search/hit-beside.tsx';
import { HitList, hitKey } from '../search/hit-list.tsx';
import { QueryBox } from '../search/query-box.tsx';
import { ask, nothingAsked, setSearch, useSearch } from '../search/search-store.ts';
import { Timeline } from '../search/timeline.tsx';
import { Busy } from '../shell/busy.tsx';
import { isTyping } from '../shell/is-typing.ts';
import { Page } from '../shell/page.tsx';
import { text } from '../text.nl.ts';

const toggled = (list: readonly string[], value: string) => (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]);

/** A conversation is told apart by its bundle: the part of the facet's value before anything that no id holds. */
const bundleOf = (value: string) => /^bundle_[0-9A-Z]{26}/.exec(value)?.[0] ?? value;

function useSearchKeys(box: { readonly current: HTMLInputElement | null }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '/') {
        event.preventDefault();
        box.current?.focus();
      } else if (event.key === 'j' || event.key === 'k') {
        const hits = [...document.querySelectorAll<HTMLButtonElement>('button[data-hit]')];
        const at = hits.indexOf(document.activeElement as HTMLButtonElement);
        const current = at >= 0 ? at : hits.findIndex((hit) => hit.getAttribute('aria-current') === 'true');
        hits[Math.min(hits.length - 1, Math.max(0, current + (event.key === 'j' ? 1 : -1)))]?.focus();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [box]);
}

function Facets({ asked, first }: { readonly asked: SearchAsked; readonly first: SearchAnswer }) {
  const facets = first.facets ?? {};
  return (
    <div className="facets">
      <Facet
        title={text.search.facets.case}
        values={facets.case ?? []}
        chosen={asked.caseIds}
        onToggle={(id) => ask({ caseIds: toggled(asked.caseIds, id) })}
      />
      <Facet
        title={text.search.facets.conversation}
        values={facets.conversation ?? []}
        chosen={(facets.conversation ?? []).map((one) => one.value).filter((value) => asked.bundleIds.includes(bundleOf(value)))}
        onToggle={(value) => ask({ bundleIds: toggled(asked.bundleIds, bundleOf(value)) })}
      />
      <Facet
        title={text.search.facets.sender}
        values={facets.sender ?? []}
        chosen={asked.senders}
        onToggle={(sender) => ask({ senders: toggled(asked.senders, sender) })}
      />
    </div>
  );
}

function Nothing() {
  return (
    <div className="card empty">
      <h2 className="utrecht-heading-2">{text.search.none}</h2>
      <ul>
        {text.search.noneHelp.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

interface FoundProps {
  readonly asked: SearchAsked;
  readonly first: SearchAnswer;
  readonly hits: readonly SearchHit[];
  readonly selected: string | null;
  readonly more: { readonly has: boolean; readonly busy: boolean; readonly load: () => void };
}

function Found({ asked, first, hits, selected, more }: FoundProps) {
  const beside = useRef<HTMLElement>(null);
  const hit = hits.find((one) => hitKey(one) === selected);
  const conversations = first.facets?.conversation;
  const chosen = useRef(false);
  // On a narrow screen the conversation stands below the hits: a choice brings it into sight.
  useEffect(() => {
    if (chosen.current && selected !== null && window.matchMedia('(max-width: 900px)').matches) beside.current?.scrollIntoView({ block: 'start' });
  }, [selected]);
  const select = (one: SearchHit) => {
    chosen.current = true;
    setSearch({ selected: hitKey(one) });
  };
  return (
    <div className="found">
      <div className="stack">
        <h2 className="utrecht-heading-2" aria-live="polite">
          {text.search.total(
            toCount(first.total, text.common.messageOne, text.common.messageMany),
            conversations === undefined ? null : toCount(conversations.length, text.common.conversationOne, text.common.conversationMany),
          )}
        </h2>
        {first.inAttachments === 0 ? null : <p className="small quiet">{text.attachments.inAttachments(first.inAttachments)}</p>}
        <Facets asked={asked} first={first} />
        <HitList hits={hits} selected={selected} onSelect={select} />
        <p className="small quiet">{text.search.shown(toDutchNumber(hits.length), toDutchNumber(first.total))}</p>
        {more.has ? (
          <div>
            <Button busy={more.busy} onClick={more.load}>
              {text.common.more}
            </Button>
          </div>
        ) : null}
      </div>
      <section ref={beside} className="beside" aria-label={text.search.beside}>
        {hit === undefined ? <p className="beside__empty quiet">{text.search.besideEmpty}</p> : <HitBeside hit={hit} hits={hits} />}
      </section>
    </div>
  );
}

export function SearchPage() {
  const { typed, asked, selected } = useSearch();
  const box = useRef<HTMLInputElement>(null);
  useSearchKeys(box);
  const query = useInfiniteQuery({
    ...searchQuery(asked ?? nothingAsked),
    enabled: asked !== null,
  });
  const first = query.data?.pages[0];
  const hits = query.data?.pages.flatMap((page) => page.items) ?? [];
  const bundleName = (id: string) => hits.find((hit) => hit.conversation.bundleId === id)?.conversation.title ?? text.search.untitled;
  return (
    <Page title={text.search.title} wide>
      <QueryBox
        typed={typed}
        busy={query.isFetching && !query.isFetchingNextPage}
        error={query.error}
        box={box}
        onAsk={() => ask({ query: typed.trim(), switched: [] })}
      />
      {asked === null ? (
        <div className="card empty">
          <p>{text.search.start}</p>
          <p className="quiet">{text.search.startHelp}</p>
        </div>
      ) : (
        <>
          <div className="search-tools">
            <div className="stack stack--tight">
              <Filters asked={asked} bundleName={bundleName} />
              {first === undefined ? null : <Expansions asked={asked} expansions={first.expansions} />}
            </div>
            {first === undefined ? null : <Timeline counts={first.facets?.month ?? []} onPeriod={(from, to) => ask({ from, to })} />}
          </div>
          {query.isPending && query.error === null ? <Busy /> : null}
          {first === undefined ? null : first.total === 0 ? (
            <Nothing />
          ) : (
            <Found
              asked={asked}
              first={first}
              hits={hits}
              selected={selected}
              more={{ has: query.hasNextPage, busy: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
            />
          )}
        </>
      )}
    </Page>
  );
}
