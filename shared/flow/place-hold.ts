// A hold is placed (Woo 4.1a, objection, appeal, hotspot, by hand): its intent is stored first and blocks from then on.
import type { Acting } from '#core/audit/audited.ts';
import type { Hold, HoldReason, HoldScope } from '#core/model/hold.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { isByRule } from '#core/retention/hold-by-rule.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import { applyHold, type HoldIntent, type NeedsApplyHold } from './apply-hold.ts';
import type { NeedsQueue } from './needs.ts';

export interface NeedsPlaceHold extends NeedsApplyHold, NeedsQueue {
  readonly bundles: NeedsApplyHold['bundles'] & Pick<BundleStore, 'getMany'>;
  readonly cases: NeedsApplyHold['cases'] & Pick<CaseStore, 'getMany' | 'countBundles'>;
  readonly pending: NeedsApplyHold['pending'] & Pick<PendingStore, 'begin'>;
}

export interface HoldOrder {
  readonly reason: HoldReason;
  readonly note: string | null;
  readonly scope: HoldScope;
}

/** Up to so many bundles are held before the answer; more are held by the door apply-hold. */
const inline = 20;
/** The door looks after what an answer broken off may have left. */
const afterSeconds = 60;

export async function placeHold(needs: NeedsPlaceHold, acting: Acting, order: HoldOrder): Promise<Result<Hold>> {
  const bundleIds = [...new Set(order.scope.bundleIds ?? [])];
  const caseIds = [...new Set(order.scope.caseIds ?? [])];
  const [bundles, cases] = await Promise.all([needs.bundles.getMany(bundleIds), needs.cases.getMany(caseIds)]);
  const unknown = [
    ...bundleIds.filter((id) => !bundles.some((one) => one.id === id)).map((id) => ({ field: 'scope.bundleIds', message: id })),
    ...caseIds.filter((id) => !cases.some((one) => one.id === id)).map((id) => ({ field: 'scope.caseIds', message: id })),
  ];
  if (unknown.length > 0) return no('not-found', { errors: unknown });

  const { requestId, period, selections } = order.scope;
  const hold: Hold = {
    id: needs.ids.make('hold'),
    rev: 1,
    state: 'placing',
    reason: order.reason,
    note: order.note,
    scope: {
      ...(bundleIds.length === 0 ? {} : { bundleIds }),
      ...(caseIds.length === 0 ? {} : { caseIds }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(period === undefined ? {} : { period }),
      ...(selections === undefined || selections.length === 0 ? {} : { selections }),
    },
    placedBy: acting.subject,
    placedAt: needs.clock.now(),
    releasedBy: null,
    releasedAt: null,
    tooLateFor: [],
  };
  // One write, and it blocks: all the rest follows from it, whoever is still alive by then.
  await needs.pending.begin('hold', hold.id, hold.placedAt, { hold, acting } satisfies HoldIntent);

  let covered = bundleIds.length;
  for (const id of caseIds) covered += await needs.cases.countBundles(id);
  const later = isByRule(hold.scope) || covered > inline;
  await needs.queue.send('apply-hold', { holdId: hold.id }, later ? 0 : afterSeconds);
  return ok(later ? hold : ((await applyHold(needs, hold.id)) ?? hold));
}
