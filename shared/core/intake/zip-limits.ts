// What an archive may ask of us, in one place. Its claims must be within these limits, and inflating stops at the byte where a claim proves false.

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all entries together, inflated. */
  readonly totalBytes: number;
  /** Bytes of one entry, inflated. S3 takes at most 5 GiB in one put. */
  readonly entryBytes: number;
  /** Inflated bytes for one stored byte. Text of a chat stays under 20. */
  readonly ratio: number;
  /** Below this many inflated bytes a ratio says nothing: a short file of equal lines is no bomb. */
  readonly ratioFromBytes: number;
}

export const zipLimits: ZipLimits = {
  entries: 20_000,
  totalBytes: 20 * 2 ** 30,
  entryBytes: 5 * 2 ** 30,
  ratio: 200,
  ratioFromBytes: 2 ** 20,
};

export function isRatioTooHigh(inflated: number, stored: number, limits: ZipLimits): boolean {
  return inflated > limits.ratioFromBytes && inflated > stored * limits.ratio;
}
