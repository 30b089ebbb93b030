// What a person said of the columns of one file, for another of the same kind: by the names of the columns. The start of a list in JSON may
// show other fields when records have gone from it, and so number them otherwise.
import { type ColumnMapping, columnsOf } from '#core/model/mapping.ts';
import type { TableHead } from './propose-mapping.ts';

/** Null: a column that was chosen for the time or the text is not there. */
export function forSameColumns(mapping: ColumnMapping, from: Pick<TableHead, 'columns'>, to: Pick<TableHead, 'columns'>): ColumnMapping | null {
  const places = new Map(columnsOf(mapping).map((one) => [one, to.columns.indexOf(from.columns[one] ?? '')]));
  const present = (one: number) => (places.get(one) ?? -1) >= 0;
  const placed = (one: number | null) => (one === null || !present(one) ? null : (places.get(one) ?? null));
  const each = (some: readonly number[]) => some.flatMap((one) => placed(one) ?? []);
  const { time, text, sender, conversation, id, kind, attachment } = mapping;
  if (!time.every(present) || !text.some(present)) return null;
  return {
    ...mapping,
    time: each(time),
    text: each(text),
    sender: placed(sender),
    conversation: placed(conversation),
    id: placed(id),
    kind: placed(kind),
    attachment: placed(attachment),
  };
}
