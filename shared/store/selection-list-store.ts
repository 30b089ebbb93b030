// Imported selection lists. A list never changes once it is there: another edition is another list.
import type { SelectionListHead } from '#core/model/selection-list-head.ts';
import type { SelectionList, SelectionResult } from '#core/retention/selection-list.ts';
import type { Catalogue, Item } from './catalogue.ts';
import { catalogueKey } from './table.ts';

export type SelectionListStore = ReturnType<typeof makeSelectionListStore>;

const rowsPerPage = 300;

function toHead(item: Item): SelectionListHead {
  const { pk: _pk, sk: _sk, ...head } = item;
  return head as unknown as SelectionListHead;
}

export function makeSelectionListStore(catalogue: Catalogue) {
  /** A list is never changed, so what was read once stays right. */
  const read = new Map<string, SelectionList>();

  async function heads(): Promise<SelectionListHead[]> {
    const found: SelectionListHead[] = [];
    for await (const item of catalogue.each({ partition: ['pk', catalogueKey.selectionList('').pk] })) found.push(toHead(item));
    return found;
  }

  async function get(id: string): Promise<SelectionList | null> {
    const held = read.get(id);
    if (held !== undefined) return held;
    const item = await catalogue.get(catalogueKey.selectionList(id));
    if (item === null) return null;
    const { name, shortName, version, source, licence, processTypes } = toHead(item);
    const results: SelectionResult[] = [];
    const pages = catalogue.each({ partition: ['pk', catalogueKey.selectionListRows(id, 0).pk], sort: { name: 'sk', beginsWith: 'ROWS#' } });
    for await (const page of pages) results.push(...(page['rows'] as SelectionResult[]));
    const list: SelectionList = { name, shortName, version, source, licence, processTypes, results };
    read.set(id, list);
    return list;
  }

  /** The head comes last: a list that can be seen is whole. false: it is there already. */
  async function add(head: SelectionListHead, results: readonly SelectionResult[]): Promise<boolean> {
    for (let at = 0, page = 0; at < results.length; at += rowsPerPage, page++) {
      await catalogue.put({ ...catalogueKey.selectionListRows(head.id, page), rows: results.slice(at, at + rowsPerPage) });
    }
    return catalogue.putNew({ ...catalogueKey.selectionList(head.id), ...head });
  }

  return { heads, get, add };
}
