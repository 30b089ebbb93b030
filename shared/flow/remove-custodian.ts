// A key person goes out of the register whole: name, function, account, remarks. The bundles stay; they no longer name the person.
// From the first write on nobody is shown the person; broken off, it goes on where it is asked again.
import type { Acting } from '#core/audit/audited.ts';
import type { BundleId, CustodianId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CustodianStore, StoredCustodian } from '#store/custodian-store.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsRemoveCustodian extends NeedsAudit {
  readonly bundles: Pick<BundleStore, 'get' | 'patch'>;
  readonly custodians: Pick<CustodianStore, 'get' | 'change' | 'remove' | 'releaseSubject' | 'linksOf' | 'unlinkBundle'>;
}

export async function removeCustodian(needs: NeedsRemoveCustodian, acting: Acting, id: CustodianId): Promise<Result<{ readonly id: CustodianId }>> {
  const head = await needs.custodians.get(id);
  if (head === null) return no('not-found');
  await settle(needs, head);
  const going = head.state === 'removing' ? head : await begin(needs, acting, head);
  if (going === null) return no('changed-meanwhile');
  await settle(needs, going);
  for (let links = await needs.custodians.linksOf(id, 50); links.items.length > 0; links = await needs.custodians.linksOf(id, 50)) {
    for (const bundleId of links.items) {
      await forgetCustodian(needs, bundleId, id);
      await needs.custodians.unlinkBundle(id, bundleId);
    }
  }
  if (going.subject !== null) await needs.custodians.releaseSubject(going.subject, id);
  await needs.custodians.remove(id);
  return ok({ id });
}

function begin(needs: NeedsRemoveCustodian, acting: Acting, head: StoredCustodian): Promise<StoredCustodian | null> {
  const event = acted(needs, acting, 'custodian.remove', head.id, { state: head.state });
  return needs.custodians.change(head.id, head.rev, { state: 'removing', name: '', function: '', reminder: '', steps: {} }, event);
}

/** Also what another change of the head wins: then it is read again. */
export async function forgetCustodian(needs: Pick<NeedsRemoveCustodian, 'bundles' | 'clock'>, bundleId: BundleId, id: CustodianId): Promise<void> {
  for (;;) {
    const bundle = await needs.bundles.get(bundleId);
    if (bundle === null || bundle.custodianId !== id) return;
    if ((await needs.bundles.patch(bundleId, bundle.rev, needs.clock.today(), { custodianId: null })) !== null) return;
  }
}
