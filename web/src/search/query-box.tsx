// The query, the button, "Zo zoekt u", and under the box the place where a query goes wrong.
import { Link } from '@tanstack/react-router';
import { type RefObject, useState } from 'react';
import { ApiProblem } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Modal } from '../components/modal.tsx';
import { Table } from '../components/table.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { setSearch } from './search-store.ts';

interface QueryBoxProps {
  readonly typed: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly box: RefObject<HTMLInputElement | null>;
  readonly onAsk: () => void;
}

function WrongPlace({ query, error }: { readonly query: string; readonly error: ApiProblem }) {
  const place = error.problem.errors?.find((one) => one.position !== undefined);
  const position = Math.min(place?.position ?? 0, query.length);
  return (
    <div className="notice notice--bad" role="alert" id="search-error">
      <p className="notice__title">{text.search.syntaxTitle}</p>
      <p>
        {text.search.position(position)}: {place?.message ?? error.problem.detail}
      </p>
      <p className="query-place">
        <code>
          {query.slice(0, position)}
          <mark>{query.slice(position, position + 1) || '␣'}</mark>
          {query.slice(position + 1)}
        </code>
      </p>
      <p className="small quiet">{text.errors.code(error.problem.code)}</p>
    </div>
  );
}

export function QueryBox({ typed, busy, error, box, onAsk }: QueryBoxProps) {
  const [help, setHelp] = useState(false);
  const [asked, setAsked] = useState(typed);
  const syntax = error instanceof ApiProblem && error.problem.code === 'query.syntax' ? error : null;
  return (
    <search>
      <form
        className="stack stack--tight"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed);
          onAsk();
        }}
      >
        <div className="query">
          <label className="visually-hidden" htmlFor="query">
            {text.search.label}
          </label>
          <input
            ref={box}
            id="query"
            type="search"
            className="utrecht-textbox utrecht-textbox--html-input query__box"
            value={typed}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={2000}
            aria-keyshortcuts="/"
            aria-invalid={syntax === null ? undefined : true}
            aria-describedby={syntax === null ? undefined : 'search-error'}
            onChange={(event) => setSearch({ typed: event.target.value })}
          />
          <Button type="submit" look="primary" busy={busy}>
            {text.search.button}
          </Button>
          <Button look="subtle" onClick={() => setHelp(true)}>
            {text.search.help}
          </Button>
        </div>
        {syntax === null ? null : <WrongPlace query={asked} error={syntax} />}
        {error !== null && syntax === null ? <ProblemNotice error={error} onAgain={onAsk} /> : null}
      </form>
      {help ? (
        <Modal title={text.search.help} onClose={() => setHelp(false)}>
          <Table
            caption={text.search.help}
            captionHidden
            rows={text.search.helpRows}
            rowKey={([example]) => example}
            columns={[
              { title: text.search.youType, head: true, cell: ([example]) => <code>{example}</code> },
              { title: text.search.youFind, cell: ([, meaning]) => meaning },
            ]}
          />
          <Link to="/hulp/zo-zoekt-u" className="utrecht-link utrecht-link--html-a">
            {text.search.guide}
          </Link>
        </Modal>
      ) : null}
    </search>
  );
}
