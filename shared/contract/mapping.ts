// The question about a file without a fixed layout: its columns, what they probably are, sample records. GET /v1/bundles/{id}/mapping
import * as z from 'zod';
import { ColumnMapping } from '#core/model/mapping.ts';
import { csvDelimiters, mappingEncodings } from '#core/model/mapping-choices.ts';
import { listOf } from './page.ts';

export const AskMapping = z.strictObject({
  delimiter: z.enum(csvDelimiters).optional().meta({ description: 'How the columns are parted; as proposed when absent' }),
  encoding: z.enum(mappingEncodings).optional(),
  header: z.enum(['true', 'false']).optional().meta({ description: 'Whether the first row names the columns' }),
});
export type AskMapping = z.infer<typeof AskMapping>;

export const MappingQuestion = z
  .object({
    file: z.string(),
    kind: z.enum(['csv', 'json']),
    columns: listOf(z.string()).meta({ description: 'As the file names them' }),
    proposal: ColumnMapping,
    dateOrderCertain: z.boolean().meta({ description: 'Day and month can be told apart by what was seen' }),
    samples: listOf(listOf(z.string())).meta({ description: 'The first records, five at most, by column' }),
  })
  .meta({ id: 'MappingQuestion', description: 'What a person must confirm before the file can be read' });
export type MappingQuestion = z.infer<typeof MappingQuestion>;
