// What became of the hits of a run: still there, destroyed (under which certificate), or not to be shown; and what a later run changed.
import { Link } from '@tanstack/react-router';
import type { SearchRunAnswer } from '#contract/saved-search.ts';
import { Facts } from '../components/facts.tsx';
import { useMe } from '../session/session.ts';
import { savedText } from '../text/saved-search.nl.ts';

type Destroyed = SearchRunAnswer['standing']['destroyed'];
type Lost = SearchRunAnswer['standing']['lost'];

function Losses({ destroyed, lost }: { readonly destroyed: Destroyed; readonly lost: Lost }) {
  const mayRead = useMe().actions.includes('certificate.read');
  if (destroyed.length + lost.length === 0) return null;
  return (
    <ul>
      {destroyed.map(({ certificateId, number, hits }) => (
        <li key={certificateId ?? ''}>
          {certificateId !== null && mayRead ? (
            <Link to="/verklaringen/$id" params={{ id: certificateId }} className="utrecht-link utrecht-link--html-a">
              {savedText.destroyed(hits, number)}
            </Link>
          ) : (
            savedText.destroyed(hits, number)
          )}
        </li>
      ))}
      {lost.map(({ reason, hits }) => (
        <li key={reason}>{savedText.lost[reason](hits)}</li>
      ))}
    </ul>
  );
}

function Searched({ run: { parsed, watermark } }: { readonly run: SearchRunAnswer }) {
  const { indexed = 0, ...others } = watermark.bundles;
  const rest = Object.values(others).reduce((sum, n) => sum + (n ?? 0), 0);
  return (
    <details className="small">
      <summary>{savedText.searched}</summary>
      <Facts
        items={[
          [
            savedText.parsed,
            parsed === '' ? (
              savedText.everything
            ) : (
              <code key="parsed" className="question">
                {parsed}
              </code>
            ),
          ],
          [savedText.searched, [savedText.bundles(indexed), ...(rest === 0 ? [] : [savedText.notSearched(rest)])].join('; ')],
          [savedText.at, savedText.versions(watermark.epoch, watermark.words)],
        ]}
      />
    </details>
  );
}

export function RunStanding({ run }: { readonly run: SearchRunAnswer }) {
  const { total, standing, difference } = run;
  const nothingChanged = difference !== null && difference.new === 0 && difference.gone.length === 0 && difference.destroyed.length === 0;
  return (
    <>
      <p>{total === 0 ? savedText.standingNone : savedText.standing(standing.shown, total)}</p>
      <Losses destroyed={standing.destroyed} lost={standing.lost} />
      {difference === null ? null : (
        <section className="stack stack--tight">
          <h3 className="utrecht-heading-3">{savedText.difference(difference.with)}</h3>
          {nothingChanged ? <p>{savedText.noDifference}</p> : <p>{savedText.fresh(difference.new)}</p>}
          <Losses destroyed={difference.destroyed} lost={difference.gone} />
        </section>
      )}
      <Searched run={run} />
    </>
  );
}
