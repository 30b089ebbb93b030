// What who keeps the register may do with one person; the answer becomes what the page shows.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CustodianAnswer } from '#contract/custodian.ts';
import { patch, post } from '../api/client.ts';
import { custodianQuery } from '../api/queries.ts';

type Order =
  | { readonly kind: 'change'; readonly patch: Readonly<Record<string, unknown>> }
  | { readonly kind: 'step'; readonly step: string; readonly state: string; readonly remark: string | null }
  | { readonly kind: 'close' | 'remind' };

export interface CustodianWork {
  readonly run: (order: Order, done?: () => void) => void;
  readonly busy: boolean;
  readonly error: unknown;
  /** What was done last, once it is done. */
  readonly did: Order['kind'] | null;
}

export function useCustodianWork(id: string): CustodianWork {
  const queries = useQueryClient();
  const work = useMutation({
    mutationFn: (order: Order) => {
      const path = `/v1/custodians/${id}`;
      if (order.kind === 'change') return patch<CustodianAnswer>(path, order.patch);
      if (order.kind !== 'step') return post<CustodianAnswer>(`${path}/_${order.kind}`);
      return post<CustodianAnswer>(`${path}/_step`, { step: order.step, state: order.state, remark: order.remark });
    },
    onSuccess: (after) => {
      queries.setQueryData(custodianQuery(id).queryKey, after);
      void queries.invalidateQueries({ queryKey: ['custodians'], refetchType: 'none' });
    },
  });
  return {
    run: (order, done) => work.mutate(order, { onSuccess: () => done?.() }),
    busy: work.isPending,
    error: work.error,
    did: work.isSuccess ? work.variables.kind : null,
  };
}
