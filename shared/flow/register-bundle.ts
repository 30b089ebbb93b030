// A file is announced: its hash claimed, its head made, its cases linked, and a link given by which exactly these bytes may come in.
import type { Acting } from '#core/audit/audited.ts';
import { decideKeep } from '#core/intake/keep-outcome.ts';
import type { Bundle, KeepAnswers, OwnRetention } from '#core/model/bundle.ts';
import type { DateOrder } from '#core/model/chat.ts';
import type { BundleId, CaseId, CustodianId } from '#core/model/id.ts';
import type { ColumnMappings } from '#core/model/mapping.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { Sift } from '#core/model/sift.ts';
import { caseNotFound, deriveBundleRetention } from '#core/retention/derive-bundle-retention.ts';
import { summariseSift } from '#core/sift/summarise-sift.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { CustodianStore } from '#store/custodian-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { IntakeStore, SignedRequest } from '#store/intake.ts';
import type { SettingsStore } from '#store/settings-store.ts';
import type { SiftStore } from '#store/sift-store.ts';
import { acted, settle } from './acted.ts';
import { coverByCases, type NeedsCases } from './cover-by-cases.ts';
import type { NeedsAudit } from './needs.ts';
import { forgetCustodian } from './remove-custodian.ts';

export interface UploadLimits {
  readonly multipartFromBytes: number;
  readonly partBytes: number;
}

export interface NeedsRegister extends NeedsAudit, NeedsCases {
  readonly bundles: BundleStore;
  readonly intake: Pick<IntakeStore, 'presignPut' | 'createMultipart'>;
  readonly index: Pick<IndexStore, 'getNames' | 'putNames'>;
  readonly custodians: Pick<CustodianStore, 'get' | 'linkBundle' | 'unlinkBundle'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly sifts: Pick<SiftStore, 'put'>;
  readonly limits: UploadLimits;
}

export interface RegisterOrder {
  readonly fileName: string;
  readonly size: number;
  /** Lower case hexadecimal. */
  readonly sha256: string;
  readonly caseIds: readonly CaseId[];
  readonly keepDecision?: KeepAnswers | undefined;
  /** The key person whose chat it is. */
  readonly custodianId?: CustodianId | undefined;
  readonly retention?: OwnRetention | undefined;
  readonly partChecksums?: boolean | undefined;
  /** What was left out or marked before this file was made. */
  readonly sift?: SiftOrder | undefined;
}

export interface SiftOrder extends Sift {
  /** What the untouched file proves of its dates; what is sent may prove it no more. */
  readonly dateOrder?: DateOrder | undefined;
  /** Which column is what, as the person saw it when she struck: the places in `conversations` hold for that reading only. */
  readonly mappings?: ColumnMappings | undefined;
}

export type UploadOffer = (SignedRequest & { readonly kind: 'single' }) | { readonly kind: 'multipart'; readonly partSize: number; readonly partCount: number };

export interface Registered {
  readonly bundle: Bundle;
  readonly upload: UploadOffer;
}

export async function registerBundle(needs: NeedsRegister, acting: Acting, order: RegisterOrder): Promise<Result<Registered>> {
  if (order.custodianId !== undefined && !(await isThere(needs, order.custodianId))) return no('input.invalid', { errors: [{ field: 'custodianId' }] });
  if (order.sift?.mode === 'cut' && (await needs.settings.get()).settings.wholeOriginalRequired) return no('sift.whole-required');
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
    custodianId: order.custodianId ?? null,
    createdAt: needs.clock.now(),
    indexedAt: null,
    upload: await prepareUpload(needs, id, order),
    keepDecision: order.keepDecision === undefined ? null : decideKeep(order.keepDecision),
    ...(order.sift === undefined ? {} : { sift: summariseSift(order.sift) }),
    ownRetention: own,
    counts: null,
    period: null,
    doubts: [],
    answers: answersOf(order.sift),
    segments: '',
    retention: deriveBundleRetention(
      own,
      caseIds.map((caseId) => cases.find((one) => one.id === caseId) ?? caseNotFound(caseId)),
    ),
    holds: [],
    problem: null,
    destruction: null,
  };
  const event = acted(needs, acting, 'bundle.register', id, {
    size: order.size,
    sha256: order.sha256,
    cases: caseIds.length,
    ...(bundle.sift === undefined ? {} : { sift: bundle.sift.mode, originalSha256: bundle.sift.originalSha256, struck: bundle.sift.records }),
  });
  if (!(await needs.bundles.create(bundle, event))) throw new Error('register: a new id is taken');
  const winner = await needs.bundles.claimant(order.sha256);
  if (winner !== null && winner !== id) return withdraw(needs, bundle, winner);

  await keepSift(needs, id, order);
  await linkCustodian(needs, bundle);
  await needs.index.putNames(id, { fileName: order.fileName, sourceFiles: [] });
  const covered = await coverByCases(needs, acting, bundle);
  await needs.audit.append(event);
  return ok({ bundle: covered, upload: await offerUpload(needs, covered) });
}

function answersOf(sift: SiftOrder | undefined): Bundle['answers'] {
  const { dateOrder, mappings } = sift ?? {};
  return { ...(dateOrder === undefined ? {} : { dateOrder }), ...(mappings === undefined ? {} : { mappings }) };
}

/** The first stays; where its registration was broken off before the file had its name, it is finished now. */
async function duplicate(needs: NeedsRegister, acting: Acting, order: RegisterOrder, bundleId: BundleId): Promise<Result<never>> {
  const first = await needs.bundles.get(bundleId);
  if (first?.state === 'awaiting-upload' && first.uploader === acting.subject && (await needs.index.getNames(bundleId)) === null) {
    if (first.sift !== undefined) await keepSift(needs, bundleId, order);
    await linkCustodian(needs, first);
    await needs.index.putNames(bundleId, { fileName: order.fileName, sourceFiles: [] });
    await coverByCases(needs, acting, first);
    await settle(needs, first);
  }
  return no('bundle.duplicate', { ids: { bundleId } });
}

async function isThere({ custodians }: Pick<NeedsRegister, 'custodians'>, id: CustodianId): Promise<boolean> {
  const custodian = await custodians.get(id);
  return custodian !== null && custodian.state !== 'removing';
}

/** Removed in these very moments: the removal looks through the links, so we look once more after ours is there. */
async function linkCustodian(needs: NeedsRegister, { id, custodianId }: Bundle): Promise<void> {
  if (custodianId === null || custodianId === undefined) return;
  await needs.custodians.linkBundle(custodianId, id);
  if (await isThere(needs, custodianId)) return;
  await forgetCustodian(needs, id, custodianId);
  await needs.custodians.unlinkBundle(custodianId, id);
}

/** Before the names: where these stand, the marks are complete. */
async function keepSift({ sifts }: NeedsRegister, id: BundleId, { sift }: RegisterOrder): Promise<void> {
  if (sift !== undefined) await sifts.put(id, sift.conversations);
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
