// The whole register, page after page: who is behind is a question about all of it.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { custodiansQuery } from '../api/queries.ts';
import { itemsOf } from '../shell/paged.tsx';
import { byUrgency } from './by-urgency.ts';

export function useAllCustodians() {
  const query = useInfiniteQuery(custodiansQuery);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && error === null) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error]);
  return {
    items: byUrgency(itemsOf(query.data)),
    state: query.data !== undefined && !hasNextPage ? ('complete' as const) : error === null ? ('busy' as const) : ('failed' as const),
    error,
    again: () => void query.refetch(),
  };
}
