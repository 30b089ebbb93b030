// What was left out or marked before a bundle was sent: pages of ranges in the bundle's own item collection, so that they go with it.
import type { Sift, StruckRange } from '#core/model/sift.ts';
import { packRanges, unpackRanges } from '#core/sift/pack-ranges.ts';
import type { Catalogue } from './catalogue.ts';
import { catalogueKey } from './table.ts';

export type SiftStore = ReturnType<typeof makeSiftStore>;

/** Some 60 kB packed. */
const rangesPerPage = 20_000;

export function makeSiftStore(catalogue: Catalogue) {
  async function put(bundleId: string, conversations: Sift['conversations']): Promise<void> {
    for (const { n, ranges } of conversations) {
      for (let at = 0; at < ranges.length; at += rangesPerPage) {
        await catalogue.put({ ...catalogueKey.bundleSift(bundleId, n, at / rangesPerPage), ranges: packRanges(ranges.slice(at, at + rangesPerPage)) });
      }
    }
  }

  /** Ranges of one conversation, in order. */
  async function read(bundleId: string, n: number): Promise<readonly StruckRange[]> {
    const prefix = catalogueKey.bundleSift(bundleId, n, 0).sk.slice(0, -4);
    const ranges: StruckRange[] = [];
    for await (const item of catalogue.each({ partition: ['pk', `BUNDLE#${bundleId}`], sort: { name: 'sk', beginsWith: prefix } })) {
      for (const range of unpackRanges(item['ranges'] as Uint8Array)) ranges.push(range);
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
