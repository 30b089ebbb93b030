// Links for parts of a large upload, on demand; or a fresh link for a small one. So an upload can be taken up again, also on another day.
import type { Bundle } from '#core/model/bundle.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { IntakeStore, SignedRequest } from '#store/intake.ts';

export interface NeedsSigning {
  readonly bundles: Pick<BundleStore, 'get'>;
  readonly intake: Pick<IntakeStore, 'presignPut' | 'presignPart'>;
}

export interface SignOrder {
  readonly numbers: readonly number[];
  /** Of each part, in the order of `numbers`; needed when registered with part checksums. */
  readonly sha256?: readonly string[] | undefined;
}

export type SignedPart = SignedRequest & { readonly number: number };

/** A small upload has one part: number 1 is the whole file. */
export async function signParts(needs: NeedsSigning, bundleId: string, order: SignOrder): Promise<Result<readonly SignedPart[]>> {
  const bundle = await needs.bundles.get(bundleId);
  if (bundle === null) return no('not-found');
  if (bundle.state !== 'awaiting-upload') return no('bundle.wrong-state', { ids: { state: bundle.state } });
  const { upload } = bundle;
  const last = upload.kind === 'single' ? 1 : upload.partCount;
  const wrong = order.numbers.flatMap((number, i) => (number < 1 || number > last ? [{ field: `numbers.${i}` }] : []));
  if (wrong.length > 0) return no('input.invalid', { errors: wrong });
  const checksummed = upload.kind === 'multipart' && upload.partChecksums === true;
  if (checksummed && order.sha256?.length !== order.numbers.length) return no('input.invalid', { errors: [{ field: 'sha256' }] });

  return ok(
    await Promise.all(
      order.numbers.map(async (number, i) => {
        const signed =
          upload.kind === 'single'
            ? await needs.intake.presignPut(bundle.id, bundle.size, bundle.sha256)
            : await needs.intake.presignPart(
                bundle.id,
                upload.uploadId,
                number,
                partSizeOf(bundle, upload, number),
                checksummed ? order.sha256?.[i] : undefined,
              );
        return { number, ...signed };
      }),
    ),
  );
}

/** Bytes of a part: all the same, but the last. */
export function partSizeOf(bundle: Pick<Bundle, 'size'>, upload: { readonly partSize: number }, number: number): number {
  return Math.min(upload.partSize, bundle.size - (number - 1) * upload.partSize);
}
