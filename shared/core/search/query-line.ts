// A query as it was understood, on one line and with every bracket: what a report and a search record print beside what was typed.
import type { Query } from './query.ts';

/** `vergunning fiets OF bouw*` → `((vergunning EN fiets) OF bouw*)`. Empty: everything. */
export function queryLine(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '';
    case 'leaf':
      return query.source;
    case 'not':
      return `NIET ${queryLine(query.part)}`;
    default:
      return `(${query.parts.map(queryLine).join(query.kind === 'and' ? ' EN ' : ' OF ')})`;
  }
}
