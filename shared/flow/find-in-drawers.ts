// The records that match, segment by segment, from what the drawers said and what is known of bundles, heads and columns.
import { conversationNumber, isShelf, mayBeFound } from '#core/search/attachment-shelf.ts';
import { andBits, noBits } from '#core/search/bits.ts';
import type { FoundSegment } from '#core/search/count-answer.ts';
import { evaluate, evaluateFilters } from '#core/search/evaluate.ts';
import { type PlacesRequest, placesKey } from '#core/search/match-places.ts';
import type { SegmentCards } from '#core/search/open-drawers.ts';
import type { Question } from '#core/search/question.ts';
import { segmentPlaceOf } from '#core/search/segment.ts';
import { everyTime, needsColumns, type RecordFilters, type SegmentView } from '#core/search/segment-view.ts';
import { bitsOfWordsAsked } from '#core/search/words-asked.ts';
import type { ReadDrawer } from './drawer-memory.ts';
import type { BundleSight, Known } from './search-cache.ts';

/** What the drawers said. */
export interface OpenedDrawers {
  readonly bySegment: ReadonlyMap<string, SegmentCards>;
  readonly candidates: ReadonlySet<string> | 'any';
  readonly segmentIds: readonly string[];
  readonly places: readonly PlacesRequest[];
  /** Read now; the others were recalled. */
  readonly read: readonly ReadDrawer[];
  readonly recalled: boolean;
}

/** By `placesKey`. */
export type Places = ReadonlyMap<string, Uint8Array>;

/** The matching records of every segment that may be shown; `lost`: a part of an indexed bundle is not there. */
export function findInDrawers(
  question: Question,
  { bySegment, candidates, segmentIds, places: asked }: OpenedDrawers,
  known: Known,
  places: Places,
  shown: ReadonlyMap<string, BundleSight>,
): readonly FoundSegment[] | 'lost' {
  const { query, filters } = question;
  const isShown = (segmentId: string) => shown.has(segmentPlaceOf(segmentId).bundleId);
  const gone = ({ segments, ...drawer }: PlacesRequest) =>
    [...segments].some(([id, bytes]) => isShown(id) && (places.get(placesKey(drawer, id))?.length ?? 0) < bytes);
  if (asked.some(gone)) return 'lost';
  const found: FoundSegment[] = [];
  for (const segmentId of segmentIds) {
    const sight = shown.get(segmentPlaceOf(segmentId).bundleId);
    if (sight === undefined || !mayBeFound(segmentId, sight.attachmentsReadTo ?? null)) continue;
    const head = known.heads.get(segmentId);
    if (head === undefined) return 'lost';
    if (question.bundleFilter.platforms !== null && !question.bundleFilter.platforms.has(head.platform)) continue;
    const columns = known.columns.get(segmentId) ?? null;
    if (columns === null && (wantsColumns(question) || needsColumns(query, filters, head))) return 'lost';
    const title = known.titles.get(conversationOf(segmentId)) ?? null;
    const view: SegmentView = { head, phrases: new Map(), cards: bySegment.get(segmentId) ?? new Map(), places, columns, title, caseIds: sight.caseIds };
    const filterBits = isFiltered(filters) ? evaluateFilters(filters, view) : null;
    const may = candidates === 'any' || candidates.has(segmentId) ? evaluate(query, view) : noBits(head.count);
    const matching = isShelf(head.n) ? andBits(may, bitsOfWordsAsked(query, view)) : may;
    found.push({ head, view, filterBits, bits: filterBits === null ? matching : andBits(matching, filterBits), times: columns?.times ?? null });
  }
  return found;
}

export function isFiltered(filters: RecordFilters): boolean {
  return filters.senders.length > 0 || filters.kinds.length > 0 || filters.from > everyTime.from || filters.to < everyTime.to;
}

/** Facets that look at single records. */
export function wantsColumns({ facets }: Question): boolean {
  return facets.includes('month') || facets.includes('sender');
}

/** Of a shelf: the conversation that it belongs to. */
export function conversationOf(segmentId: string): string {
  const { bundleId, n } = segmentPlaceOf(segmentId);
  return `${bundleId}/${conversationNumber(n)}`;
}
