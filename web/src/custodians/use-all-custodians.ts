// The whole register, page after page: who is behind is a question about all of it.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CustodianAnswer } from '#contract/custodian.ts';
import { custodiansQuery } from '../api/queries.ts';
import { itemsOf } from '../shell/paged.tsx';

const urgency: Readonly<Record<CustodianAnswer['standing']['punctuality'], number>> = { behind: 0, 'due-soon': 1, 'on-time': 2, 'no-rhythm': 3, left: 4 };

/** Who is behind the longest stands first; then who is due first. */
export function byUrgency(custodians: readonly CustodianAnswer[]): readonly CustodianAnswer[] {
  return custodians.toSorted(
    (a, b) =>
      urgency[a.standing.punctuality] - urgency[b.standing.punctuality] ||
      b.standing.daysBehind - a.standing.daysBehind ||
      (a.standing.dueOn ?? '~').localeCompare(b.standing.dueOn ?? '~') ||
      a.name.localeCompare(b.name, 'nl'),
  );
}

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
