// A row of the selection list by number or by word. The table (346 rows) is fetched only where it is used.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SelectionResult } from '#core/retention/selection-list.ts';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { toDutchNumber, toDutchPeriod } from '../format/numbers.ts';
import { Loaded } from '../shell/loaded.tsx';
import { text } from '../text.nl.ts';
import { findSelections } from './find-selections.ts';

const listQuery = {
  queryKey: ['selection-list-2020'],
  queryFn: async () => (await import('#core/retention/selection-list.ts')).selectionList2020,
  staleTime: Number.POSITIVE_INFINITY,
};

export function outcomeOf(row: SelectionResult): string {
  if (row.nomination === 'keep') return text.nomination.keep;
  if (row.nomination === null) return text.cases.selectionLapsed;
  return row.period === null ? text.nomination.destroy : `${text.nomination.destroy} na ${toDutchPeriod(row.period)}`;
}

interface SelectionPickerProps {
  readonly value: string | null;
  readonly onChoose: (number: string) => void;
}

export function SelectionPicker({ value, onChoose }: SelectionPickerProps) {
  const [typed, setTyped] = useState('');
  const query = useQuery(listQuery);
  return (
    <Loaded query={query}>
      {(list) => {
        const chosen = list.results.find((row) => row.number === value);
        const { rows, total } = findSelections(list, typed);
        return (
          <div className="stack stack--tight">
            {chosen === undefined ? null : (
              <p>
                {text.cases.selectionChosen}: <strong>{chosen.number}</strong> {chosen.result} ({outcomeOf(chosen)})
              </p>
            )}
            <TextField
              label={text.cases.selectionLabel}
              hint={text.cases.selectionHint}
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
            <p className="small quiet" aria-live="polite">
              {typed.trim() === ''
                ? list.name
                : total === 0
                  ? text.cases.selectionNone
                  : text.cases.selectionCount(toDutchNumber(rows.length), toDutchNumber(total))}
            </p>
            {typed.trim() === '' || total === 0 ? null : (
              <ul className="list-plain selection" aria-label={text.cases.selectionResults}>
                {rows.map((row) => (
                  <li key={row.number} className="selection__row">
                    <strong>{row.number}</strong>
                    <div>
                      <p>{row.result}</p>
                      <p className="small quiet">{row.description}</p>
                      <p className="small">{outcomeOf(row)}</p>
                    </div>
                    <Button onClick={() => onChoose(row.number)} aria-label={`${text.cases.choose} ${row.number}`} aria-pressed={row.number === value}>
                      {text.cases.choose}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}
