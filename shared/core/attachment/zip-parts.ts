// The parts of a small archive that is an office file, within limits: what it claims is counted before a byte is inflated,
// and inflating stops where a claim proves false.
import { unzipSync } from 'fflate';
import { attachmentLimits } from './attachment-limits.ts';

export type ZipParts =
  | { readonly ok: true; readonly parts: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly reason: 'too-large' | 'damaged' };

export function zipParts(bytes: Uint8Array, wanted: (name: string) => boolean, limits = attachmentLimits): ZipParts {
  let claimed = 0;
  let tooLarge = false;
  try {
    const found = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!wanted(name)) return false;
        claimed += originalSize;
        tooLarge ||= claimed > limits.inflatedBytes;
        return !tooLarge;
      },
    });
    return tooLarge ? { ok: false, reason: 'too-large' } : { ok: true, parts: new Map(Object.entries(found)) };
  } catch {
    return { ok: false, reason: 'damaged' };
  }
}
