// Each night: work that has stood still for an hour is sent again, and uploads that never came are closed. It decides nothing of its own.
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle, BundleState } from '#core/model/bundle.ts';
import { Instant } from '#core/model/time.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { Item, Page } from '#store/catalogue.ts';
import type { CustodianStore } from '#store/custodian-store.ts';
import type { HoldStore, StoredHold } from '#store/hold-store.ts';
import type { IntakeStore } from '#store/intake.ts';
import type { PendingStore } from '#store/pending-store.ts';
import type { RunReport } from '#store/run-store.ts';
import { settle } from './acted.ts';
import type { NeedsQueue } from './needs.ts';
import { clearRefused, type NeedsRefuse, refuseBundle } from './refuse-bundle.ts';
import { type NeedsRemoveCustodian, removeCustodian } from './remove-custodian.ts';

export interface NeedsUpkeep extends NeedsRefuse, NeedsQueue {
  readonly bundles: BundleStore;
  readonly holds: Pick<HoldStore, 'list'>;
  readonly custodians: NeedsRemoveCustodian['custodians'] & Pick<CustodianStore, 'list'>;
  readonly pending: PendingStore;
  readonly intake: Pick<IntakeStore, 'head' | 'remove' | 'abort'>;
  readonly intakeDays: number;
}

const stuckAfterMs = 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

export async function nightlyUpkeep(needs: NeedsUpkeep, acting: Acting): Promise<RunReport> {
  const counts = { ingest: 0, destroy: 0, holds: 0, cases: 0, attachments: 0, uploadsExpired: 0 };
  const stuck = ago(needs, stuckAfterMs);

  for (const state of ['received', 'ingesting'] as const) {
    for await (const { id } of standing(needs, state, stuck)) {
      await needs.queue.send('ingest-bundle', { bundleId: id });
      counts.ingest++;
    }
  }
  for await (const { id, destruction } of standing(needs, 'destroying', stuck)) {
    if (destruction === null) continue;
    await needs.queue.send('destroy-bundle', { listId: destruction.listId, bundleId: id });
    counts.destroy++;
  }
  for (const holdId of await stuckHolds(needs, stuck)) {
    await needs.queue.send('apply-hold', { holdId });
    counts.holds++;
  }
  for await (const { id, since } of needs.pending.each('case')) {
    if (since > stuck) continue;
    await needs.queue.send('apply-retention', { caseId: id });
    counts.cases++;
  }
  for await (const { id, since } of needs.pending.each('attachments')) {
    if (since > stuck) continue;
    await needs.queue.send('read-attachments', { bundleId: id });
    counts.attachments++;
  }
  for await (const { id } of needs.pending.each('expiry')) await clear(needs, id);
  for (const custodian of (await needs.custodians.list('removing', 100)).items) await removeCustodian(needs, acting, custodian.id);
  const expired = ago(needs, needs.intakeDays * dayMs);
  for await (const bundle of standing(needs, 'awaiting-upload', stuck)) {
    if ((await needs.intake.head(bundle.id)) !== null) {
      // It has come in and the message was lost.
      await needs.queue.send('ingest-bundle', { bundleId: bundle.id });
      counts.ingest++;
    } else if (bundle.createdAt <= expired && (await expire(needs, acting, bundle))) counts.uploadsExpired++;
  }
  return counts;
}

function ago(needs: NeedsUpkeep, ms: number): Instant {
  return Instant.parse(new Date(needs.clock.epochMs() - ms).toISOString());
}

/** Collected first: what is moved meanwhile must not disturb the paging. */
async function* standing(needs: NeedsUpkeep, state: BundleState, before: Instant): AsyncGenerator<Bundle> {
  const found: Bundle[] = [];
  let next: Item | null = null;
  do {
    const page: Page<Bundle> = await needs.bundles.listStuck(state, before, 100, next);
    found.push(...page.items);
    next = page.next;
  } while (next !== null);
  yield* found;
}

async function stuckHolds(needs: NeedsUpkeep, before: Instant): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { id, since } of needs.pending.each('hold')) if (since <= before) found.add(id);
  for (const state of ['placing', 'releasing'] as const) {
    let next: Item | null = null;
    do {
      const page: Page<StoredHold> = await needs.holds.list(state, 100, next);
      for (const hold of page.items) if ((hold.releasedAt ?? hold.placedAt) <= before) found.add(hold.id);
      next = page.next;
    } while (next !== null);
  }
  return found;
}

async function expire(needs: NeedsUpkeep, acting: Acting, bundle: Bundle): Promise<boolean> {
  const since = needs.clock.now();
  await needs.pending.begin('expiry', bundle.id, since);
  await settle(needs, bundle);
  const closed = await refuseBundle(needs, acting, bundle.id, { from: ['awaiting-upload'], problem: { code: 'upload.expired' } });
  await needs.pending.end('expiry', bundle.id, since);
  return closed;
}

/** An expiry that broke off: when the upload was closed, what it left is taken away again; when it was not, the night closes it anew. */
async function clear(needs: NeedsUpkeep, bundleId: string): Promise<void> {
  const entry = await needs.pending.get('expiry', bundleId);
  const head = await needs.bundles.get(bundleId);
  if (head?.state === 'refused' && head.problem?.code === 'upload.expired') await clearRefused(needs, head);
  if (entry !== null && head?.state !== 'awaiting-upload') await needs.pending.end('expiry', bundleId, entry.since);
}
