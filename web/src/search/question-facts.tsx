// What was asked, in words: the query as typed, filters, and the forms that were switched off.
import type { SavedSearchAnswer } from '#contract/saved-search.ts';
import type { Fact } from '../components/facts.tsx';
import { savedText } from '../text/saved-search.nl.ts';
import { filtersOn } from './filters.tsx';
import { toAsked } from './saved-queries.ts';

export function questionFacts(question: Pick<SavedSearchAnswer, 'query' | 'switchedOff' | 'filters'>): readonly Fact[] {
  const filters = filtersOn(toAsked(question)).map(({ name }) => name);
  return [
    [
      savedText.query,
      question.query === '' ? (
        savedText.everything
      ) : (
        <code key="query" className="question">
          {question.query}
        </code>
      ),
    ],
    [savedText.filters, filters.length === 0 ? savedText.noFilters : filters.join(', ')],
    [savedText.off, question.switchedOff.length === 0 ? null : question.switchedOff.map(({ leaf, terms }) => savedText.offOne(leaf, terms)).join('; ')],
  ];
}
