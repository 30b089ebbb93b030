// Makes the seal of a day out of its events as they are stored: pages of leaves go out as they fill, the tree keeps only its edge.
import type { CalendarDate, Instant } from '#core/model/time.ts';
import { hexOf, type StoredItem } from './canonical-item.ts';
import { type Leaf, leafBytes, leafOf, leafPage, leavesPerPage } from './leaf.ts';
import { makeMerkleTree, type Sha256 } from './merkle-tree.ts';
import { type Seal, sealAlgorithm } from './seal.ts';

export interface SealOrder {
  readonly day: CalendarDate;
  /** Hash of the seal of the day before; null on the first. */
  readonly previous: string | null;
  readonly madeAt: Instant;
  /** In the order of their keys. */
  readonly events: AsyncIterable<readonly StoredItem[]>;
  readonly late: readonly StoredItem[];
}

/** `putPage` keeps a page of leaves and gives its hash. */
export async function sealDay(sha256: Sha256, order: SealOrder, putPage: (text: string) => Promise<string>): Promise<Seal> {
  const tree = makeMerkleTree(sha256);
  const pages: string[] = [];
  let leaves: Leaf[] = [];
  const turnPage = async () => {
    if (leaves.length > 0) pages.push(await putPage(leafPage(leaves)));
    leaves = [];
  };
  const file = async (items: readonly StoredItem[]) => {
    for (const item of items) {
      const bytes = leafBytes(sha256, item);
      tree.add(bytes);
      leaves.push(leafOf(bytes, item));
      if (leaves.length === leavesPerPage) await turnPage();
    }
  };
  for await (const items of order.events) await file(items);
  await file(order.late);
  await turnPage();
  const { day, previous, madeAt, late } = order;
  return { algorithm: sealAlgorithm, day, count: tree.size(), late: late.length, root: hexOf(tree.root()), previous, pages, madeAt };
}
