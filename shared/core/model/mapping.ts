// What a person says of a file without a fixed layout: which column is the time, who spoke, what was said. Numbers and codes only: it stands
// in the catalogue, where no word out of a chat may stand. Columns are numbered from 0, in the order in which the start of the file has them.
import * as z from 'zod';
import { csvDelimiters, mappingDateOrders, mappingEncodings, mappingZones } from './mapping-choices.ts';

const column = z.int().min(0).max(999);

export const ColumnMapping = z
  .strictObject({
    /** Columns of one record, joined: a date and a time may stand apart. */
    time: z.array(column).min(1).max(2),
    sender: column.nullable(),
    /** Joined, each on its own line. */
    text: z.array(column).min(1).max(20),
    conversation: column.nullable(),
    id: column.nullable(),
    kind: column.nullable(),
    attachment: column.nullable(),
    /** Of dates in figures that do not begin with a year. */
    dateOrder: z.enum(mappingDateOrders),
    /** Of times that name no zone. */
    zone: z.enum(mappingZones),
    /** Null in JSON. */
    delimiter: z.enum(csvDelimiters).nullable(),
    encoding: z.enum(mappingEncodings),
    /** The first row names the columns. */
    header: z.boolean(),
  })
  .meta({ description: 'Which column is what, numbered from 0' });
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export function columnsOf({ time, text, sender, conversation, id, kind, attachment }: ColumnMapping): readonly number[] {
  return [...time, ...text, ...[sender, conversation, id, kind, attachment].filter((one) => one !== null)];
}

/** By the layout that they are for: files of one layout are asked about once. */
export type ColumnMappings = Readonly<Record<string, ColumnMapping>>;
