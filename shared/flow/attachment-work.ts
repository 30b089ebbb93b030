// Who reads the attachments of a bundle now, and how far: on the bundle's head, by writes that hold only while the bundle is indexed and
// the work is ours. A bundle that is to be destroyed goes to `destroying` at once; the work then stops and takes back what it just wrote.
import type { AttachmentReading } from '#core/model/attachment-text.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { BundlePatch, BundleStore } from '#store/bundle-store.ts';
import type { NeedsClock } from './needs.ts';

/** Longer than any one step: a file is given up after four minutes. */
export const attachmentLeaseMs = 330_000;

/** The bundle is not indexed any more, or another has the work. */
export class WorkLost extends Error {
  constructor() {
    super('attachments: the work is not ours any more');
    this.name = 'WorkLost';
  }
}

export interface NeedsAttachmentWork extends NeedsClock {
  readonly bundles: Pick<BundleStore, 'get' | 'patch'>;
}

export interface AttachmentWork {
  /** The reading as it stands on the head. */
  readonly reading: () => AttachmentReading;
  /** Writes to the head, and renews the lease. Throws WorkLost. */
  readonly write: (change: (reading: AttachmentReading, head: Bundle) => Partial<AttachmentReading>, beside?: (head: Bundle) => BundlePatch) => Promise<Bundle>;
  /** Throws WorkLost when the lease has run out: nothing may be written then. */
  readonly check: () => void;
}

export function isWorkedOn({ attachmentText }: Pick<Bundle, 'attachmentText'>, nowMs: number): boolean {
  return attachmentText?.lease != null && attachmentText.lease.until > nowMs;
}

/** The work, or until when another has it; null when there is nothing to do. A machine that died over a file makes that file suspect. */
export async function takeAttachmentWork(
  needs: NeedsAttachmentWork,
  bundleId: string,
  attempt: string,
): Promise<AttachmentWork | { readonly busyUntil: number } | null> {
  const { bundles, clock } = needs;
  const until = () => clock.epochMs() + attachmentLeaseMs;

  let reading: AttachmentReading;
  let validUntil: number;
  for (;;) {
    const head = await bundles.get(bundleId);
    if (head === null || head.state !== 'indexed' || head.attachmentText === undefined || head.attachmentText.state === 'done') return null;
    const { lease, trying, suspect } = head.attachmentText;
    if (lease != null && lease.until > clock.epochMs()) return { busyUntil: lease.until };
    const died = trying == null ? suspect : { file: trying, times: (suspect?.file === trying ? suspect.times : 0) + 1 };
    validUntil = until();
    const taken: AttachmentReading = { ...head.attachmentText, lease: { attempt, until: validUntil }, trying: null, suspect: died ?? null };
    const written = await bundles.patch(bundleId, head.rev, clock.today(), { attachmentText: taken });
    if (written !== null) {
      reading = taken;
      break;
    }
  }

  async function write(
    change: (reading: AttachmentReading, head: Bundle) => Partial<AttachmentReading>,
    beside: (head: Bundle) => BundlePatch = () => ({}),
  ): Promise<Bundle> {
    for (;;) {
      const head = await bundles.get(bundleId);
      if (head?.state !== 'indexed' || head.attachmentText?.lease?.attempt !== attempt) throw new WorkLost();
      const renewed = until();
      const next: AttachmentReading = { ...head.attachmentText, lease: { attempt, until: renewed }, ...change(head.attachmentText, head) };
      const written = await bundles.patch(bundleId, head.rev, clock.today(), { ...beside(head), attachmentText: next });
      if (written === null) continue;
      reading = next;
      validUntil = renewed;
      return written;
    }
  }

  return {
    reading: () => reading,
    write,
    check: () => {
      if (clock.epochMs() >= validUntil) throw new WorkLost();
    },
  };
}
