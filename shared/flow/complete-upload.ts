// Puts the parts of a large upload together. The object's arrival then starts the work; asking twice is the same as once.
import type { Bundle } from '#core/model/bundle.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { IntakeStore } from '#store/intake.ts';
import { partSizeOf } from './sign-parts.ts';

export interface NeedsCompleting {
  readonly bundles: Pick<BundleStore, 'get'>;
  readonly intake: Pick<IntakeStore, 'listParts' | 'complete' | 'head'>;
}

export interface NamedPart {
  readonly number: number;
  readonly etag: string;
}

/** What the client names must be what came in: every part, with its size and ETag. */
export async function completeUpload(needs: NeedsCompleting, bundleId: string, named: readonly NamedPart[]): Promise<Result<Bundle>> {
  const bundle = await needs.bundles.get(bundleId);
  if (bundle === null) return no('not-found');
  const { upload } = bundle;
  if (bundle.state === 'refused' && bundle.problem?.code === 'upload.expired') return no('upload.expired');
  if (bundle.state !== 'awaiting-upload') return ok(bundle);
  if (upload.kind === 'single') return (await needs.intake.head(bundleId)) === null ? no('upload.incomplete') : ok(bundle);

  const come = await needs.intake.listParts(bundleId, upload.uploadId);
  if (come === null) return (await needs.intake.head(bundleId)) === null ? no('upload.expired') : ok(bundle);
  const etags = new Map(named.map((part) => [part.number, bare(part.etag)]));
  const byNumber = new Map(come.map((part) => [part.number, part]));
  const errors: { readonly field: string }[] = [];
  for (let number = 1; number <= upload.partCount; number++) {
    const part = byNumber.get(number);
    const sound = part !== undefined && part.size === partSizeOf(bundle, upload, number) && etags.get(number) === bare(part.etag);
    if (!sound) errors.push({ field: `parts.${number}` });
  }
  if (errors.length > 0) return no('upload.incomplete', { errors });
  const parts = come.filter((part) => part.number <= upload.partCount);
  return (await needs.intake.complete(bundleId, upload.uploadId, parts)) === 'absent' ? no('upload.expired') : ok(bundle);
}

/** ETags come with quotes or without, as clients please. */
function bare(etag: string): string {
  return etag.replaceAll('"', '');
}
