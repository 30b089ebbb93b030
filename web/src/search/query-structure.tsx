// Under the box: how the query is understood, in the words and order in which it was typed.
import { Fragment } from 'react';
import { searchText } from '../text/search.nl.ts';
import type { Piece, Understood } from './understand.ts';

/** A longer list is folded: it stands in the box as well. */
const few = 5;

function Joined({ parts, word, inner }: { readonly parts: readonly Piece[]; readonly word: string; readonly inner: boolean }) {
  return (
    <>
      {inner ? '(' : null}
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand twice; the order is the meaning
        <Fragment key={at}>
          {at === 0 ? null : <b className="structure__operator"> {word} </b>}
          <PieceView piece={part} inner />
        </Fragment>
      ))}
      {inner ? ')' : null}
    </>
  );
}

function PieceView({ piece, inner = false }: { readonly piece: Piece; readonly inner?: boolean }) {
  switch (piece.kind) {
    case 'leaf':
      return (
        <span className="structure__leaf">
          {piece.source}
          {piece.says === '' ? null : <span className="quiet"> {piece.says}</span>}
        </span>
      );
    case 'not':
      return (
        <>
          <b className="structure__operator">{searchText.not} </b>
          <PieceView piece={piece.part} inner />
        </>
      );
    case 'near':
      return (
        <>
          <Joined parts={piece.left} word={searchText.or} inner={piece.left.length > 1} />
          <b className="structure__operator"> {searchText.near(piece.distance)} </b>
          <Joined parts={piece.right} word={searchText.or} inner={piece.right.length > 1} />
        </>
      );
    case 'and':
    case 'or':
      return <Joined parts={piece.parts} word={searchText[piece.kind]} inner={inner} />;
  }
}

export function QueryStructure({ understood }: { readonly understood: Extract<Understood, { readonly ok: true }> }) {
  const { piece, lines } = understood;
  if (piece === null) return null;
  if (lines > 1 && piece.kind === 'or') {
    return (
      <details className="structure small" id="query-structure" open={piece.parts.length <= few}>
        <summary>
          {searchText.understood} {searchText.understoodLines(piece.parts.length)}
        </summary>
        <ol className="structure__lines">
          {piece.parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their place
            <li key={at}>
              <PieceView piece={part} />
            </li>
          ))}
        </ol>
      </details>
    );
  }
  return (
    <p className="structure small" id="query-structure">
      {searchText.understood} <PieceView piece={piece} />
    </p>
  );
}
