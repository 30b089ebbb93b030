// What happened, what is safe, what to do, and the code.
import { ApiProblem } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { text } from '../text.nl.ts';

export function ProblemNotice({ error, onAgain }: { readonly error: unknown; readonly onAgain?: () => void }) {
  const problem = error instanceof ApiProblem ? error.problem : { ...text.errors.broken, code: 'window.accident', status: 0 };
  const places = 'errors' in problem ? (problem.errors ?? []).flatMap((place) => place.message ?? []) : [];
  return (
    <Notice tone="bad" title={problem.title} live>
      <p>{problem.detail}</p>
      {places.length === 0 ? null : (
        <ul>
          {places.map((place) => (
            <li key={place}>{place}</li>
          ))}
        </ul>
      )}
      {problem.status === 0 || problem.status >= 500 ? <p>{text.errors.safe}</p> : null}
      <p className="small quiet">{text.errors.code(problem.code)}</p>
      {onAgain === undefined ? null : (
        <div>
          <Button onClick={onAgain}>{text.errors.again}</Button>
        </div>
      )}
    </Notice>
  );
}
