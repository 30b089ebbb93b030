// Every item of a list, page after page: a decision about a list is a decision about all of it.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ListItemAnswer } from '#contract/destruction-list.ts';
import { listItemsQuery } from '../api/queries.ts';
import { itemsOf } from '../shell/paged.tsx';

export interface AllItems {
  readonly items: readonly ListItemAnswer[];
  readonly complete: boolean;
  readonly error: unknown;
}

export function useAllItems(id: string): AllItems {
  const query = useInfiniteQuery(listItemsQuery(id));
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && error === null) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error]);
  return { items: itemsOf(query.data), complete: query.data !== undefined && !hasNextPage, error };
}
