// Brings a bundle under its cases: unknown cases are made (open, unverified), links are written, then the cases are read and what they say
// is taken over. A hold is written on the case before its links are read, and we write the link before we read the case: whatever the
// order of the two, one of them sees the other (Woo 4.1a). Safe to repeat.
import { type Acting, auditEvent } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { Case } from '#core/model/case.ts';
import type { CaseId, HoldId } from '#core/model/id.ts';
import { caseNotFound, deriveBundleRetention, sameRetention } from '#core/retention/derive-bundle-retention.ts';
import { deriveCaseRetention } from '#core/retention/derive-case-retention.ts';
import { reasonsForWork } from '#core/retention/reasons-for-work.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsCases extends NeedsAudit {
  readonly bundles: BundleStore;
  readonly cases: Pick<CaseStore, 'create' | 'getMany' | 'pendingEvent' | 'fileWork'>;
}

/** The head as it stands afterwards. */
export async function coverByCases(needs: NeedsCases, acting: Acting, bundle: Bundle): Promise<Bundle> {
  const { bundles, clock } = needs;
  await makeUnknownCases(needs, acting, bundle.caseIds);
  for (const caseId of bundle.caseIds) await bundles.linkCase(caseId, bundle.id);
  await takeOverHolds(needs, bundle);
  for (;;) {
    // The head before its cases: a case that changes after this look changes the head's rev as well, and then we look again.
    const head = await bundles.get(bundle.id);
    if (head === null) throw new Error('cover: the head is gone');
    const cases = new Map((await needs.cases.getMany(head.caseIds)).map((one) => [one.id, one]));
    const retention = deriveBundleRetention(
      head.ownRetention,
      head.caseIds.map((id) => cases.get(id) ?? caseNotFound(id)),
    );
    if (sameRetention(head.retention, retention)) return head;
    const patched = await bundles.patch(head.id, head.rev, clock.today(), { retention });
    if (patched !== null) return patched;
  }
}

/** A hold that is released in these very moments leaves the case before it leaves the bundles: hence the second look. */
async function takeOverHolds(needs: NeedsCases, bundle: Bundle): Promise<void> {
  const { bundles, clock } = needs;
  const cases = await needs.cases.getMany(bundle.caseIds);
  const fresh = [...holdsOf(cases)].filter((hold) => !bundle.holds.includes(hold));
  if (fresh.length === 0) return;
  for (const hold of fresh) await bundles.addHold(bundle.id, hold);
  const still = holdsOf(await needs.cases.getMany(bundle.caseIds));
  for (const hold of fresh) if (!still.has(hold)) await bundles.removeHold(bundle.id, hold, clock.today());
}

function holdsOf(cases: readonly Case[]): ReadonlySet<HoldId> {
  return new Set(cases.flatMap((one) => one.holds));
}

async function makeUnknownCases(needs: NeedsCases, acting: Acting, caseIds: readonly CaseId[]): Promise<void> {
  const known = new Map((await needs.cases.getMany(caseIds)).map((one) => [one.id, one]));
  for (const id of caseIds) {
    const there = known.get(id);
    if (there === undefined) {
      const now = needs.clock.now();
      const event = auditEvent(now, needs.ids.make('event'), acting, 'case.create', `case:${id}`, { verified: false });
      const fresh = unverifiedCase(id, now);
      if (await needs.cases.create(fresh, event)) await needs.audit.append(event);
      await needs.cases.fileWork(id, reasonsForWork(fresh));
    } else if (!there.verified) {
      const event = await needs.cases.pendingEvent(id);
      if (event !== null) await needs.audit.append(event);
    }
  }
}

/** Named at an upload: nothing is known of it yet, so nothing under it is ever due. */
function unverifiedCase(id: CaseId, createdAt: Case['createdAt']): Case {
  const facts = { id, state: 'open', closedOn: null, selection: null, nomination: null, period: null, derivation: { kind: 'afgehandeld' } } as const;
  return { ...facts, rev: 1, title: null, verified: false, retention: deriveCaseRetention(facts, selectionList2020), holds: [], createdAt };
}
