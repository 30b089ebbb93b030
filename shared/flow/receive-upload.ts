// A file has come in (or work on it is asked for again): awaiting-upload → received. What comes in for a bundle that is done is taken away.
import type { Acting } from '#core/audit/audited.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { IntakeStore } from '#store/intake.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsReceive extends NeedsAudit {
  readonly bundles: Pick<BundleStore, 'get' | 'move'>;
  readonly intake: Pick<IntakeStore, 'head'>;
}

/** 'ingest': go on with ingestBundle, which also finishes what was broken off · 'wait': nothing has come, or a person must answer first. */
export async function receiveUpload(needs: NeedsReceive, acting: Acting, bundleId: string): Promise<'ingest' | 'wait'> {
  const bundle = await needs.bundles.get(bundleId);
  if (bundle === null) return 'wait';
  await settle(needs, bundle);
  if (bundle.state === 'needs-answer') return 'wait';
  if (bundle.state !== 'awaiting-upload') return 'ingest';
  const object = await needs.intake.head(bundleId);
  if (object === null) return 'wait';
  const event = acted(needs, acting, 'bundle.receive', bundleId, { size: object.size });
  const received = await needs.bundles.move(bundleId, ['awaiting-upload'], 'received', needs.clock.now(), needs.clock.today(), { pendingEvent: event });
  if (received !== null) await settle(needs, received);
  return 'ingest';
}
