// Case numbers, none of them broken over two lines.
import { text } from '../text.nl.ts';

export function CaseIds({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return <>{text.report.noCase}</>;
  return (
    <>
      {ids.map((id, at) => (
        <span key={id}>
          {at === 0 ? '' : ', '}
          <span className="nowrap">{id}</span>
        </span>
      ))}
    </>
  );
}
