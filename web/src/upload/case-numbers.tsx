// The case number(s) of a chat, looked up while one types.
import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { caseLookUpQuery } from '../api/queries.ts';
import { TextField } from '../components/field.tsx';
import { text } from '../text.nl.ts';
import { areCaseIds, isCaseId, toCaseIds } from './case-ids.ts';

interface CaseNumbersProps {
  readonly value: string;
  readonly onChange: (typed: string) => void;
}

export function CaseNumbers({ value, onChange }: CaseNumbersProps) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 400);
    return () => clearTimeout(timer);
  }, [value]);
  const ids = toCaseIds(settled).filter((id) => isCaseId(id));
  const found = useQueries({ queries: ids.map((id) => caseLookUpQuery(id)) });
  return (
    <div className="stack stack--tight">
      <TextField
        label={text.upload.caseLabel}
        hint={text.upload.caseHint}
        value={value}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        error={areCaseIds(value) ? undefined : text.upload.caseInvalid}
      />
      <ul className="list-plain small" aria-live="polite">
        {ids.map((id, at) => {
          const query = found[at];
          if (query === undefined || query.isPending) return null;
          const looked = query.data;
          return (
            <li key={id}>
              {looked === undefined ? (
                text.upload.caseHidden(id)
              ) : looked.explanation !== null ? (
                <>
                  {text.upload.caseFound(looked.id, looked.title)} <span className="quiet">{looked.explanation}</span>
                </>
              ) : looked.found === 'nowhere' ? (
                text.upload.caseNowhere(id)
              ) : (
                text.upload.caseNew(id)
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
