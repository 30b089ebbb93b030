// The fields of the mapping: which column is what, how dates are read, and how the file is cut.
import type { MappingQuestion } from '#contract/mapping.ts';
import type { ColumnMapping } from '#core/model/mapping.ts';
import { csvDelimiters, mappingDateOrders, mappingEncodings, mappingZones } from '#core/model/mapping-choices.ts';
import type { MappingCut } from '../api/queries.ts';
import { Choice, SelectField } from '../components/field.tsx';
import { text } from '../text.nl.ts';

interface ColumnFieldProps {
  readonly label: string;
  readonly asked: MappingQuestion;
  readonly value: number | null;
  /** It may be left out. */
  readonly optional?: true;
  readonly onChoose: (column: number | null) => void;
}

const longestExample = 24;

/** A column by its name, with what stands in it. */
function ColumnField({ label, asked, value, optional, onChoose }: ColumnFieldProps) {
  return (
    <SelectField label={label} value={value ?? ''} onChange={(event) => onChoose(event.target.value === '' ? null : Number(event.target.value))}>
      {optional ? <option value="">{text.mapping.none}</option> : null}
      {asked.columns.map((name, i) => {
        const example = asked.samples.map((cells) => cells[i] ?? '').find((cell) => cell.trim() !== '') ?? '';
        const short = example.length > longestExample ? `${example.slice(0, longestExample)}…` : example;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may be the same
          <option key={i} value={i}>
            {short === '' ? name : `${name} (${short})`}
          </option>
        );
      })}
    </SelectField>
  );
}

interface FieldsProps {
  readonly asked: MappingQuestion;
  readonly mapping: ColumnMapping;
  readonly onChange: (part: Partial<ColumnMapping>) => void;
}

export function MappingFields({ asked, mapping, onChange }: FieldsProps) {
  const [time = 0, clock = null] = mapping.time;
  const [said = 0, ...more] = mapping.text;
  const dateOrder = mappingDateOrders.find((one) => one === mapping.dateOrder) ?? 'dmy';
  return (
    <div className="fields">
      <ColumnField label={text.mapping.time} asked={asked} value={time} onChoose={(i) => onChange({ time: clock === null ? [i ?? 0] : [i ?? 0, clock] })} />
      <ColumnField label={text.mapping.clock} asked={asked} value={clock} optional onChoose={(i) => onChange({ time: i === null ? [time] : [time, i] })} />
      <ColumnField label={text.mapping.sender} asked={asked} value={mapping.sender} optional onChoose={(sender) => onChange({ sender })} />
      <ColumnField label={text.mapping.text} asked={asked} value={said} onChoose={(i) => onChange({ text: [i ?? 0, ...more.filter((one) => one !== i)] })} />
      <ColumnField
        label={text.mapping.conversation}
        asked={asked}
        value={mapping.conversation}
        optional
        onChoose={(conversation) => onChange({ conversation })}
      />
      <ColumnField label={text.mapping.attachment} asked={asked} value={mapping.attachment} optional onChoose={(attachment) => onChange({ attachment })} />
      <ColumnField label={text.mapping.number} asked={asked} value={mapping.id} optional onChoose={(id) => onChange({ id })} />
      <ColumnField label={text.mapping.kind} asked={asked} value={mapping.kind} optional onChoose={(kind) => onChange({ kind })} />
      <SelectField
        label={text.mapping.dateOrder}
        {...(asked.dateOrderCertain ? {} : { hint: text.mapping.dateOrderUnsure })}
        value={dateOrder}
        onChange={(event) => onChange({ dateOrder: mappingDateOrders.find((one) => one === event.target.value) ?? dateOrder })}
      >
        {mappingDateOrders.map((one) => (
          <option key={one} value={one}>
            {text.mapping.dateOrders[one]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={text.mapping.zone}
        hint={text.mapping.zoneHint}
        value={mapping.zone}
        onChange={(event) => onChange({ zone: mappingZones.find((one) => one === event.target.value) ?? mapping.zone })}
      >
        {mappingZones.map((one) => (
          <option key={one} value={one}>
            {text.mapping.zones[one]}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

interface CutFieldsProps {
  readonly mapping: ColumnMapping;
  readonly cut: MappingCut;
  readonly onCut: (cut: MappingCut) => void;
}

export function MappingCutFields({ mapping, cut, onCut }: CutFieldsProps) {
  return (
    <details open={Object.keys(cut).length > 0}>
      <summary>{text.mapping.cut}</summary>
      <div className="stack">
        <div className="fields">
          <SelectField
            label={text.mapping.delimiter}
            value={mapping.delimiter ?? ';'}
            onChange={(event) => onCut({ ...cut, delimiter: csvDelimiters.find((one) => one === event.target.value) ?? ';' })}
          >
            {csvDelimiters.map((one) => (
              <option key={one} value={one}>
                {text.mapping.delimiters[one]}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={text.mapping.encoding}
            value={mapping.encoding}
            onChange={(event) => onCut({ ...cut, encoding: mappingEncodings.find((one) => one === event.target.value) ?? 'utf-8' })}
          >
            {mappingEncodings.map((one) => (
              <option key={one} value={one}>
                {text.mapping.encodings[one]}
              </option>
            ))}
          </SelectField>
        </div>
        <Choice kind="checkbox" checked={mapping.header} onChange={(event) => onCut({ ...cut, header: event.target.checked })}>
          {text.mapping.header}
        </Choice>
      </div>
    </details>
  );
}
