// What was left out or marked before a bundle was sent: pages of ranges in the bundle's own item collection, so that they go with it.
import { type Sift, type SiftReason, type StruckRange, siftReasons } from '#core/model/sift.ts';
import type { Catalogue } from './catalogue.ts';
import { catalogueKey } from './table.ts';

export type SiftStore = ReturnType<typeof makeSiftStore>;

const rangesPerPage = 1_000;

/** As stored: first and last ordinal, and the place of the reason in `siftReasons`. */
type StoredRange = readonly [from: number, to: number, reason: number];

export function makeSiftStore(catalogue: Catalogue) {
  async function put(bundleId: string, conversations: Sift['conversations']): Promise<void> {
    for (const { n, ranges } of conversations) {
      for (let at = 0; at < ranges.length; at += rangesPerPage) {
        const stored = ranges.slice(at, at + rangesPerPage).map(({ from, to, reason }): StoredRange => [from, to, siftReasons.indexOf(reason)]);
        await catalogue.put({ ...catalogueKey.bundleSift(bundleId, n, at / rangesPerPage), ranges: stored });
      }
    }
  }

  /** Ranges of one conversation, in order. */
  async function read(bundleId: string, n: number): Promise<readonly StruckRange[]> {
    const prefix = catalogueKey.bundleSift(bundleId, n, 0).sk.slice(0, -4);
    const ranges: StruckRange[] = [];
    for await (const item of catalogue.each({ partition: ['pk', `BUNDLE#${bundleId}`], sort: { name: 'sk', beginsWith: prefix } })) {
      for (const [from, to, reason] of item['ranges'] as readonly StoredRange[]) ranges.push({ from, to, reason: reasonOf(reason) });
    }
    return ranges;
  }

  async function remove(bundleId: string): Promise<void> {
    for await (const item of catalogue.each({ partition: ['pk', `BUNDLE#${bundleId}`], sort: { name: 'sk', beginsWith: 'SIFT#' } })) {
      await catalogue.remove({ pk: item['pk'] as string, sk: item['sk'] as string });
    }
  }

  async function isAbsent(bundleId: string): Promise<boolean> {
    const page = await catalogue.query({ partition: ['pk', `BUNDLE#${bundleId}`], sort: { name: 'sk', beginsWith: 'SIFT#' }, limit: 1 });
    return page.items.length === 0;
  }

  return { put, read, remove, isAbsent };
}

function reasonOf(place: number): SiftReason {
  const reason = siftReasons[place];
  if (reason === undefined) throw new Error('sift: a reason that is not known');
  return reason;
}
