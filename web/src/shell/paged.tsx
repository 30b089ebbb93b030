// A list by cursor: what is here, a button for the rest, and words when there is nothing.
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { text } from '../text.nl.ts';
import { Busy } from './busy.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface ItemPage<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

interface PagedProps<Item> {
  readonly query: UseInfiniteQueryResult<InfiniteData<ItemPage<Item>>>;
  readonly empty: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
}

export function itemsOf<Item>(data: InfiniteData<ItemPage<Item>> | undefined): readonly Item[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}

/** What a list by cursor is asked for more by. */
export type Continued = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;

/** The button for the rest, when there is any. */
export function More({ query }: { readonly query: Continued }) {
  return query.hasNextPage ? (
    <div>
      <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {text.common.more}
      </Button>
    </div>
  ) : null;
}

export function Paged<Item>({ query, empty, children }: PagedProps<Item>) {
  if (query.data === undefined) return query.error === null ? <Busy /> : <ProblemNotice error={query.error} onAgain={() => void query.refetch()} />;
  const items = itemsOf(query.data);
  if (items.length === 0 && !query.hasNextPage) return <div className="card empty">{empty}</div>;
  return (
    <div className="stack">
      {children(items)}
      {query.error === null ? null : <ProblemNotice error={query.error} onAgain={() => void query.fetchNextPage()} />}
      <More query={query} />
    </div>
  );
}
