// Keeps the address and the search in step: what a link sets wins on arrival, after that the address follows the page.
import { useLocation, useNavigate, useSearch as useRouteSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { fromSearchAddress, readSearchAddress, toSearchAddress } from './search-address.ts';
import type { SearchAsked } from './search-query.ts';
import { ask } from './search-store.ts';

export function useAddress(asked: SearchAsked): void {
  const navigate = useNavigate();
  const arrived = readSearchAddress(useRouteSearch({ strict: false }));
  const isHere = useLocation({ select: ({ pathname }) => pathname === '/zoeken' });
  const [taken, setTaken] = useState(false);
  const wanted = JSON.stringify(toSearchAddress(asked));
  const there = JSON.stringify(arrived);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` and `there` stand for what the objects hold
  useEffect(() => {
    if (!isHere) return;
    if (!taken) {
      setTaken(true);
      if (there !== '{}' && there !== wanted) ask(fromSearchAddress(arrived));
    } else if (there !== wanted) void navigate({ to: '/zoeken', search: toSearchAddress(asked), replace: true });
  }, [wanted, there, taken, isHere]);
}
