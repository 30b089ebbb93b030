// Brings a hold in the making onto every bundle and object it covers, or a release off them. Each step can be repeated; the last one moves
// the hold on. A bundle whose destruction has begun is too late as a whole and is named; nothing is held by halves.
import type { Acting } from '#core/audit/audited.ts';
import type { BundleState } from '#core/model/bundle.ts';
import type { Hold } from '#core/model/hold.ts';
import type { BundleId, HoldId } from '#core/model/id.ts';
import { coversByRule, isByRule } from '#core/retention/hold-by-rule.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { Item } from '#store/catalogue.ts';
import type { HoldStore, StoredHold } from '#store/hold-store.ts';
import type { PendingStore } from '#store/pending-store.ts';
import type { VaultStore } from '#store/vault.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsHoldBundle extends NeedsAudit {
  readonly holds: Pick<HoldStore, 'addBundle' | 'removeBundle' | 'addTooLate'>;
  readonly bundles: Pick<BundleStore, 'get' | 'addHold' | 'removeHold'>;
  readonly vault: Pick<VaultStore, 'setLegalHold'>;
}

export interface NeedsApplyHold extends NeedsHoldBundle {
  readonly holds: HoldStore;
  readonly bundles: NeedsHoldBundle['bundles'] & Pick<BundleStore, 'linksOfCase' | 'listByState'>;
  readonly cases: Pick<CaseStore, 'addHold' | 'removeHold' | 'getMany'>;
  readonly pending: Pick<PendingStore, 'begin' | 'get' | 'end'>;
}

/** What the entry of a hold in the making keeps: enough to make its head after a crash. */
export interface HoldIntent {
  readonly hold: Hold;
  readonly acting: Acting;
}

/** The hold as it stands afterwards; null when there is no such hold. */
export async function applyHold(needs: NeedsApplyHold, holdId: HoldId): Promise<StoredHold | null> {
  const intent = await needs.pending.get<HoldIntent>('hold', holdId);
  let hold = await needs.holds.get(holdId);
  if (hold === null) {
    if (intent === null) return null;
    const { hold: wanted, acting } = intent.facts;
    // The rule before the head: it alone covers what comes later, and no hold shows without it.
    if (isByRule(wanted.scope)) await needs.pending.begin('hotspot', holdId, intent.since, intent.facts);
    const event = acted(needs, acting, 'hold.place', holdId, {
      reason: wanted.reason,
      bundles: wanted.scope.bundleIds?.length ?? 0,
      cases: wanted.scope.caseIds?.length ?? 0,
    });
    await needs.holds.create(wanted, event);
    hold = await needs.holds.get(holdId);
    if (hold === null) throw new Error('hold: its head is gone');
  }
  await settle(needs, hold);
  const acting: Acting = { subject: hold.releasedBy ?? hold.placedBy, role: 'system', origin: 'apply-hold' };
  const moved = hold.state === 'placing' ? await place(needs, acting, hold) : hold.state === 'releasing' ? await release(needs, acting, hold) : hold;
  if (intent !== null && moved.state !== 'placing') await needs.pending.end('hold', holdId, intent.since);
  return moved;
}

async function place(needs: NeedsApplyHold, acting: Acting, hold: StoredHold): Promise<StoredHold> {
  // The case first, then its links: a bundle that comes under the case meanwhile links itself first and reads the case's holds then.
  for (const caseId of hold.scope.caseIds ?? []) await needs.cases.addHold(caseId, hold.id);
  let held = 0;
  for await (const bundleId of coveredBundles(needs, hold)) if (await holdBundle(needs, hold, bundleId)) held++;
  const event = acted(needs, acting, 'hold.active', hold.id, { bundles: held });
  const active = await needs.holds.move(hold.id, 'placing', 'active', needs.clock.now(), event);
  if (active === null) return (await needs.holds.get(hold.id)) ?? hold;
  await settle(needs, active);
  return active;
}

/** false: its destruction has begun, and the hold says so. */
export async function holdBundle(needs: NeedsHoldBundle, hold: Pick<Hold, 'id'>, bundleId: BundleId): Promise<boolean> {
  await needs.holds.addBundle(hold.id, bundleId);
  if ((await needs.bundles.addHold(bundleId, hold.id)) === 'too-late') {
    await needs.holds.addTooLate(hold.id, bundleId);
    await needs.holds.removeBundle(hold.id, bundleId);
    return false;
  }
  await needs.vault.setLegalHold(bundleId, 'ON');
  return true;
}

async function release(needs: NeedsApplyHold, acting: Acting, hold: StoredHold): Promise<StoredHold> {
  for (const caseId of hold.scope.caseIds ?? []) await needs.cases.removeHold(caseId, hold.id);
  // The rule first: a bundle that came under it a moment ago looks at the rule again, and lets go by itself (cover-by-rules.ts).
  const rule = await needs.pending.get('hotspot', hold.id);
  if (rule !== null) await needs.pending.end('hotspot', hold.id, rule.since);
  let freed = 0;
  const bundleIds = new Set<BundleId>();
  for await (const bundleId of coveredBundles(needs, hold)) bundleIds.add(bundleId);
  for await (const bundleId of needs.holds.eachBundle(hold.id)) bundleIds.add(bundleId);
  for (const bundleId of bundleIds) if (await freeBundle(needs, hold, bundleId)) freed++;
  const event = acted(needs, acting, 'hold.released', hold.id, { bundles: freed });
  const released = await needs.holds.move(hold.id, 'releasing', 'released', needs.clock.now(), event);
  if (released === null) return (await needs.holds.get(hold.id)) ?? hold;
  await settle(needs, released);
  return released;
}

/** Takes the hold off; the objects come free only when no other hold remains. */
export async function freeBundle(needs: NeedsHoldBundle, hold: Pick<Hold, 'id'>, bundleId: BundleId): Promise<boolean> {
  const before = await needs.bundles.get(bundleId);
  if (before === null || before.state === 'destroying' || before.state === 'destroyed') {
    await needs.holds.removeBundle(hold.id, bundleId);
    return false;
  }
  const after = await needs.bundles.removeHold(bundleId, hold.id, needs.clock.today());
  if (after !== null && after.holds.length === 0) {
    await needs.vault.setLegalHold(bundleId, 'OFF');
    // A hold that came meanwhile has locked the objects before or after we freed them: lock them again.
    const now = await needs.bundles.get(bundleId);
    if (now !== null && now.holds.length > 0) await needs.vault.setLegalHold(bundleId, 'ON');
  }
  await needs.holds.removeBundle(hold.id, bundleId);
  return true;
}

async function* coveredBundles(needs: NeedsApplyHold, hold: Hold): AsyncGenerator<BundleId> {
  yield* hold.scope.bundleIds ?? [];
  if (isByRule(hold.scope)) yield* bundlesByRule(needs, hold);
  for (const caseId of hold.scope.caseIds ?? []) {
    let next: Item | null = null;
    do {
      const page: Awaited<ReturnType<BundleStore['linksOfCase']>> = await needs.bundles.linksOfCase(caseId, 100, next);
      yield* page.items;
      next = page.next;
    } while (next !== null);
  }
}

/**
 * What is there now; what comes later finds the rule itself (cover-by-rules.ts). What is being destroyed, or was since the hold was placed,
 * comes after what is there, so that none of it passes unseen on its way: it is too late, and named.
 */
async function* bundlesByRule(needs: NeedsApplyHold, { scope, placedAt, state }: Hold): AsyncGenerator<BundleId> {
  const states: readonly BundleState[] = state === 'placing' ? ['indexed', 'destroying', 'destroyed'] : ['indexed'];
  for (const from of states) {
    let next: Item | null = null;
    do {
      const page: Awaited<ReturnType<BundleStore['listByState']>> = await needs.bundles.listByState(from, 100, next);
      const since = page.items.filter(({ destruction }) => (destruction?.doneAt ?? placedAt) >= placedAt);
      const cases = new Map((await needs.cases.getMany(since.flatMap(({ caseIds }) => caseIds))).map((one) => [one.id as string, one]));
      for (const bundle of since) if (coversByRule(scope, bundle, cases)) yield bundle.id;
      next = since.length < page.items.length ? null : page.next;
    } while (next !== null);
  }
}
