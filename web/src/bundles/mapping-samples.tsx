// Sample records as they would be read by the mapping on the screen: the same code reads the file.
import type { MappingQuestion } from '#contract/mapping.ts';
import type { ColumnMapping } from '#core/model/mapping.ts';
import { readSample } from '#core/parse/generic/generic-record.ts';
import { type Column, Table } from '../components/table.tsx';
import { toDutchLocalTime } from '../format/dates.ts';
import { text } from '../text.nl.ts';

type Sample = ReturnType<typeof readSample> & { readonly n: number };

const conversation: Column<Sample> = { title: text.mapping.conversation, cell: (one) => one.conversation ?? text.mapping.noSender };

const columns: readonly Column<Sample>[] = [
  { title: text.mapping.time, cell: (one) => (one.local === null ? <strong>{text.mapping.noTime}</strong> : toDutchLocalTime(one.local)), head: true },
  { title: text.mapping.sender, cell: (one) => one.sender ?? text.mapping.noSender },
  { title: text.mapping.text, cell: (one) => (one.text === '' ? text.mapping.noText : one.text) },
];

export function MappingSamples({ asked, mapping }: { readonly asked: MappingQuestion; readonly mapping: ColumnMapping }) {
  const samples = asked.samples.map((cells, n): Sample => ({ ...readSample(cells, mapping), n }));
  return (
    <div className="stack stack--tight" aria-live="polite">
      <Table
        caption={text.mapping.samples}
        columns={mapping.conversation === null ? columns : [...columns, conversation]}
        rows={samples}
        rowKey={(one) => String(one.n)}
      />
      {samples.every((one) => one.local === null) ? <p className="field__error">{text.mapping.noTimes}</p> : null}
    </div>
  );
}
