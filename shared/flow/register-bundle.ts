// A file is announced: its hash claimed, its head made, its cases linked, and a link given by which exactly these bytes may come in.
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle, KeepDecision, OwnRetention } from '#core/model/bundle.ts';
import type { BundleId, CaseId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { caseNotFound, deriveBundleRetention } from '#core/retention/derive-bundle-retention.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { IntakeStore, SignedRequest } from '#store/intake.ts';
import { acted, settle } from './acted.ts';
import { coverByCases, type NeedsCases } from './cover-by-cases.ts';
import type { NeedsAudit } from './needs.ts';

export interface UploadLimits {
  readonly multipartFromBytes: number;
  readonly partBytes: number;
}

export interface NeedsRegister extends NeedsAudit, NeedsCases {
  readonly bundles: BundleStore;
  readonly intake: Pick<IntakeStore, 'presignPut' | 'createMultipart'>;
  readonly index: Pick<IndexStore, 'getNames' | 'putNames'>;
  readonly limits: UploadLimits;
}

export interface RegisterOrder {
  readonly fileName: string;
  readonly size: number;
  /** Lower case hexadecimal. */
  readonly sha256: string;
  readonly caseIds: readonly CaseId[];
  readonly keepDecision?: KeepDecision | undefined;
  readonly retention?: OwnRetention | undefined;
  readonly partChecksums?: boolean | undefined;
}

export type UploadOffer = (SignedRequest & { readonly kind: 'single' }) | { readonly kind: 'multipart'; readonly partSize: number; readonly partCount: number };

export interface Registered {
  readonly bundle: Bundle;
  readonly upload: UploadOffer;
}

export async function registerBundle(needs: NeedsRegister, acting: Acting, order: RegisterOrder): Promise<Result<Registered>> {
  const id = needs.ids.make('bundle');
  const claimed = await needs.bundles.claim(order.sha256, id);
  if (claimed !== 'claimed') return duplicate(needs, acting, order, claimed);

  const caseIds = [...new Set(order.caseIds)];
  const cases = await needs.cases.getMany(caseIds);
  const own = order.retention ?? null;
  const bundle: Bundle = {
    id,
    state: 'awaiting-upload',
    rev: 1,
    size: order.size,
    sha256: order.sha256,
    format: null,
    readerVersion: null,
    caseIds,
    uploader: acting.subject,
    createdAt: needs.clock.now(),
    indexedAt: null,
    upload: await prepareUpload(needs, id, order),
    keepDecision: order.keepDecision ?? null,
    ownRetention: own,
    counts: null,
    period: null,
    doubts: [],
    answers: {},
    segments: [],
    retention: deriveBundleRetention(
      own,
      caseIds.map((caseId) => cases.find((one) => one.id === caseId) ?? caseNotFound(caseId)),
    ),
    holds: [],
    problem: null,
    destruction: null,
  };
  const event = acted(needs, acting, 'bundle.register', id, { size: order.size, sha256: order.sha256, cases: caseIds.length });
  if (!(await needs.bundles.create(bundle, event))) throw new Error('register: a new id is taken');
  const winner = await needs.bundles.claimant(order.sha256);
  if (winner !== null && winner !== id) return withdraw(needs, bundle, winner);

  await needs.index.putNames(id, { fileName: order.fileName, sourceFiles: [] });
  const covered = await coverByCases(needs, acting, bundle);
  await needs.audit.append(event);
  return ok({ bundle: covered, upload: await offerUpload(needs, covered) });
}

/** The first stays; where its registration was broken off before the file had its name, it is finished now. */
async function duplicate(needs: NeedsRegister, acting: Acting, order: RegisterOrder, bundleId: BundleId): Promise<Result<never>> {
  const first = await needs.bundles.get(bundleId);
  if (first?.state === 'awaiting-upload' && first.uploader === acting.subject && (await needs.index.getNames(bundleId)) === null) {
    await needs.index.putNames(bundleId, { fileName: order.fileName, sourceFiles: [] });
    await coverByCases(needs, acting, first);
    await settle(needs, first);
  }
  return no('bundle.duplicate', { ids: { bundleId } });
}

/** The claim was taken over between our claim and our head: the other registration stands, ours is closed. */
async function withdraw(needs: NeedsRegister, bundle: Bundle, winner: BundleId): Promise<Result<never>> {
  await needs.bundles.move(bundle.id, ['awaiting-upload'], 'refused', needs.clock.now(), needs.clock.today(), { problem: { code: 'upload.expired' } });
  return no('bundle.duplicate', { ids: { bundleId: winner } });
}

async function prepareUpload(needs: NeedsRegister, id: BundleId, order: RegisterOrder): Promise<Bundle['upload']> {
  const { multipartFromBytes, partBytes } = needs.limits;
  if (order.size < multipartFromBytes) return { kind: 'single' };
  const partChecksums = order.partChecksums === true;
  return {
    kind: 'multipart',
    uploadId: await needs.intake.createMultipart(id, partChecksums),
    partSize: partBytes,
    partCount: Math.ceil(order.size / partBytes),
    ...(partChecksums ? { partChecksums } : {}),
  };
}

export async function offerUpload(needs: NeedsRegister, bundle: Bundle): Promise<UploadOffer> {
  const { upload } = bundle;
  if (upload.kind === 'multipart') return { kind: 'multipart', partSize: upload.partSize, partCount: upload.partCount };
  return { kind: 'single', ...(await needs.intake.presignPut(bundle.id, bundle.size, bundle.sha256)) };
}
