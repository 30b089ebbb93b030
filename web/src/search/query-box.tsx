// The query, the button, "Zo zoekt u"; under the box how it is understood, or the place where it goes wrong.
import { Link } from '@tanstack/react-router';
import { type RefObject, useDeferredValue, useEffect, useState } from 'react';
import { ApiProblem } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Modal } from '../components/modal.tsx';
import { Table } from '../components/table.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { searchText } from '../text/search.nl.ts';
import { text } from '../text.nl.ts';
import { QueryStructure } from './query-structure.tsx';
import { askQuery, setSearch } from './search-store.ts';
import type { Understood } from './understand.ts';
import { useUnderstood } from './use-understood.ts';

/** The archive takes no longer question (contract/search). */
const longest = 2000;
const restMs = 900;

interface Wrong {
  readonly query: string;
  readonly position: number;
  readonly message: string;
}

function WrongPlace({ wrong: { query, position, message }, tried }: { readonly wrong: Wrong; readonly tried: boolean }) {
  return (
    <div className={tried ? 'notice notice--bad' : 'notice notice--warn small'} role={tried ? 'alert' : undefined} id="search-error">
      {tried ? <p className="notice__title">{searchText.syntaxTitle}</p> : null}
      <p>
        {tried ? null : <strong>{searchText.unfinished} </strong>}
        {searchText.position(position)}: {message}
      </p>
      <p className="query-place">
        <code>
          {query.slice(0, position)}
          <mark>{query.slice(position, position + 1) || '␣'}</mark>
          {query.slice(position + 1)}
        </code>
      </p>
      {tried ? <p className="small quiet">{text.errors.code('query.syntax')}</p> : null}
    </div>
  );
}

function wrongOf(query: string, understood: Understood | null): Wrong | null {
  if (query.length > longest) return { query, position: longest, message: searchText.tooLong(query.length) };
  return understood === null || understood.ok ? null : { query, position: Math.min(understood.position, query.length), message: understood.message };
}

function refusalOf(query: string, error: unknown): Wrong | null {
  if (!(error instanceof ApiProblem) || error.problem.code !== 'query.syntax') return null;
  const place = error.problem.errors?.find((one) => one.position !== undefined);
  return { query, position: Math.min(place?.position ?? 0, query.length), message: place?.message ?? error.problem.detail };
}

/** True once nothing was typed for a moment: nobody is corrected in the middle of a word. */
function useAtRest(typed: string): boolean {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), restMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return rested === typed;
}

interface QueryBoxProps {
  readonly typed: string;
  /** As it was asked last. */
  readonly asked: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly onAgain: () => void;
}

export function QueryBox({ typed, asked, busy, error, box, onAgain }: QueryBoxProps) {
  const [help, setHelp] = useState(false);
  const [tried, setTried] = useState('');
  const understood = useUnderstood(useDeferredValue(typed));
  const atRest = useAtRest(typed);
  const refusal = typed.trim() === asked ? refusalOf(asked, error) : null;
  const own = wrongOf(typed, understood);
  const isTried = refusal !== null || tried === typed;
  const wrong = own ?? refusal;
  const shown = wrong !== null && (isTried || atRest) ? wrong : null;
  const submit = () => {
    setTried(typed);
    if (own === null) askQuery(typed.trim());
  };
  return (
    <search>
      <form
        className="stack stack--tight"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="query">
          <label className="visually-hidden" htmlFor="query">
            {searchText.label}
          </label>
          <textarea
            ref={box}
            id="query"
            className="utrecht-textarea utrecht-textarea--html-textarea query__box"
            rows={Math.min(8, typed.split('\n').length)}
            value={typed}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            aria-keyshortcuts="/"
            aria-invalid={shown !== null && isTried ? true : undefined}
            aria-describedby={shown === null ? 'query-hint' : 'search-error query-hint'}
            onChange={(event) => setSearch({ typed: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              submit();
            }}
          />
          <Button type="submit" look="primary" busy={busy}>
            {searchText.button}
          </Button>
          <Button look="subtle" onClick={() => setHelp(true)}>
            {searchText.help}
          </Button>
        </div>
        <p id="query-hint" className="visually-hidden">
          {searchText.boxHint}
        </p>
        {shown === null ? null : <WrongPlace wrong={shown} tried={isTried} />}
        {own === null && understood?.ok === true ? <QueryStructure understood={understood} /> : null}
        {error !== null && refusalOf(asked, error) === null ? <ProblemNotice error={error} onAgain={onAgain} /> : null}
      </form>
      {help ? (
        <Modal title={searchText.help} onClose={() => setHelp(false)}>
          <p className="small">{searchText.boxHint}</p>
          <Table
            caption={searchText.help}
            captionHidden
            rows={searchText.helpRows}
            rowKey={([example]) => example}
            columns={[
              { title: searchText.youType, head: true, cell: ([example]) => <code>{example}</code> },
              { title: searchText.youFind, cell: ([, meaning]) => meaning },
            ]}
          />
          <Link to="/hulp/zo-zoekt-u" className="utrecht-link utrecht-link--html-a">
            {searchText.guide}
          </Link>
        </Modal>
      ) : null}
    </search>
  );
}
