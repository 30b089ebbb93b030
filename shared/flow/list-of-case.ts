// Under which selection list a case is valued: the one it has, else the one that holds on the day of its closing. A list that is imported
// changes no case that is there: that takes somebody who puts the case anew (ARCHITECTURE 7: a rule change never destroys by itself).
import type { Case } from '#core/model/case.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { type SelectionList, selectionList2020 } from '#core/retention/selection-list.ts';
import type { SelectionListStore } from '#store/selection-list-store.ts';

export interface NeedsSelectionLists {
  readonly selectionLists: Pick<SelectionListStore, 'get' | 'heads'>;
}

export interface ListOfCase {
  /** null: the built-in one. */
  readonly id: string | null;
  readonly list: SelectionList;
}

const builtIn: ListOfCase = { id: null, list: selectionList2020 };

async function listById(needs: NeedsSelectionLists, id: string): Promise<ListOfCase> {
  const list = await needs.selectionLists.get(id);
  if (list === null) throw new Error('selection list: its rows are gone');
  return { id, list };
}

/** The list in force on a day. */
async function listOn(needs: NeedsSelectionLists, day: CalendarDate): Promise<ListOfCase> {
  const heads = (await needs.selectionLists.heads()).filter(({ from }) => from <= day).sort((a, b) => (a.from < b.from ? 1 : -1));
  const [latest] = heads;
  return latest === undefined ? builtIn : listById(needs, latest.id);
}

/** `existing` keeps its list as long as it stays valued as it was. */
export async function listOfCase(
  needs: NeedsSelectionLists,
  existing: Pick<Case, 'selectionList' | 'selection'> | null,
  selection: string | null,
  day: CalendarDate,
): Promise<ListOfCase> {
  if (existing !== null && existing.selection !== null && existing.selection === selection) {
    return existing.selectionList == null ? builtIn : listById(needs, existing.selectionList);
  }
  return listOn(needs, day);
}
