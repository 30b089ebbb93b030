// A leaf of a day's tree with the place where its event lies, and the pages that keep them: `<hash> "<place>"`, a line each.
import { canonicalItem, hexOf, type StoredItem } from './canonical-item.ts';
import { leafHash, type Sha256 } from './merkle-tree.ts';

export interface Leaf {
  /** Hexadecimal. */
  readonly hash: string;
  /** `DAY#2026-11-24/<instant>#<id>`: partition and sort key. Late events lie under `DAY#late`, so they sort after all others. */
  readonly place: string;
}

export const leavesPerPage = 5_000;

export function leafBytes(sha256: Sha256, item: StoredItem): Uint8Array {
  return leafHash(sha256, canonicalItem(item));
}

export function leafOf(bytes: Uint8Array, item: StoredItem): Leaf {
  return { hash: hexOf(bytes), place: `${item['pk']?.S ?? ''}/${item['sk']?.S ?? ''}` };
}

export function leafPage(leaves: readonly Leaf[]): string {
  return leaves.map(({ hash, place }) => `${hash} ${JSON.stringify(place)}\n`).join('');
}

/** null: this is no page of leaves. */
export function readLeafPage(text: string): readonly Leaf[] | null {
  const leaves: Leaf[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const place = placeIn(line.slice(65));
    if (place === null) return null;
    leaves.push({ hash: line.slice(0, 64), place });
  }
  return leaves;
}

function placeIn(json: string): string | null {
  try {
    const place: unknown = JSON.parse(json);
    return typeof place === 'string' ? place : null;
  } catch {
    return null;
  }
}

/** `event_…` out of a place, or null where it holds none. */
export function eventIn(place: string): string | null {
  return /#(event_[0-9A-HJKMNP-TV-Z]{26})$/.exec(place)?.[1] ?? null;
}
