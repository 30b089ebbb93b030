// A certificate held against the truth, at any later day: its documents against their hashes, and every bundle it names against the stores.
import type { Certificate } from '#core/export/certificate.ts';
import type { LeftPlace } from '#core/model/destruction-list.ts';
import type { BundleId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CertificateStore } from '#store/certificate-store.ts';
import type { Ledger } from '#store/ledger.ts';
import type { NeedsClock } from './needs.ts';
import { type NeedsWhatIsLeft, whatIsLeft } from './what-is-left.ts';

export interface NeedsVerifyCertificate extends NeedsWhatIsLeft, NeedsClock {
  readonly certificates: Pick<CertificateStore, 'get'>;
  readonly ledger: Pick<Ledger, 'get'>;
  readonly bundles: NeedsWhatIsLeft['bundles'] & Pick<BundleStore, 'getMany'>;
}

export type DocumentState = 'unchanged' | 'changed' | 'missing';

export interface CertificateVerification {
  readonly json: DocumentState;
  readonly pdf: DocumentState;
  /** Bundles that the certificate names as gone, and how many of them were read back in this answer. */
  readonly bundles: number;
  readonly checked: number;
  readonly remaining: readonly { readonly bundleId: BundleId; readonly places: readonly LeftPlace[] }[];
  /** Where to go on; null: all was read back. */
  readonly next: number | null;
}

const atOnce = 10;

/** `from`: how many bundles were read back before; it goes on for `forMs`, and at least with the next ten. */
export async function verifyCertificate(needs: NeedsVerifyCertificate, id: string, from: number, forMs: number): Promise<Result<CertificateVerification>> {
  const head = await needs.certificates.get(id);
  if (head === null) return no('not-found');
  const until = needs.clock.epochMs() + forMs;
  const [json, pdf] = await Promise.all([needs.ledger.get(head.json.key), needs.ledger.get(head.pdf.key)]);
  const documents = { json: stateOf(json, head.json.sha256), pdf: stateOf(pdf, head.pdf.sha256) };
  // What is not the document that was made says nothing of what was destroyed.
  const named = documents.json === 'unchanged' && json !== null ? namedIn(json.bytes) : [];
  const remaining: CertificateVerification['remaining'][number][] = [];
  let at = Math.min(from, named.length);
  do {
    const part = named.slice(at, at + atOnce);
    const heads = new Map((await needs.bundles.getMany(part)).map((one) => [one.id, one]));
    for (const bundleId of part) {
      const bundle = heads.get(bundleId) ?? null;
      const left = await whatIsLeft(needs, bundleId, bundle);
      const places = bundle === null || bundle.state === 'destroyed' ? left : (['catalogue-head', ...left] satisfies LeftPlace[]);
      if (places.length > 0) remaining.push({ bundleId, places });
    }
    at += part.length;
  } while (at < named.length && needs.clock.epochMs() < until);
  return ok({ ...documents, bundles: named.length, checked: at - Math.min(from, named.length), remaining, next: at < named.length ? at : null });
}

function stateOf(entry: { readonly sha256: string } | null, sha256: string): DocumentState {
  return entry === null ? 'missing' : entry.sha256 === sha256 ? 'unchanged' : 'changed';
}

function namedIn(bytes: Uint8Array): readonly BundleId[] {
  const { destroyed, alreadyAbsent } = JSON.parse(new TextDecoder().decode(bytes)) as Certificate;
  return [...destroyed, ...alreadyAbsent].map(({ bundleId }) => bundleId);
}
