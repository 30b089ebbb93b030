// Searches held against reading every record (core/search/match-record.ts): totals, order, pages, highlights, facets, expansions, scope.
import { expect } from 'vitest';
import { explainMatch, recordMatches } from '#core/search/match-record.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import type { SearchRequest, SearchScope } from '#core/search/question.ts';
import { type FiledRecord, localNumber } from '#core/search/segment.ts';
import { tokenize } from '#core/text/tokenize.ts';
import type { SearchAnswer } from '#flow/search-answer.ts';
import type { SearchMessages } from '#flow/search-messages.ts';
import type { FiledBundle } from './filed-bundle.ts';
import { register } from './search-ground.ts';

export interface Expected {
  readonly id: string;
  readonly key: readonly (number | string)[];
  readonly bundle: FiledBundle;
  readonly sender: string | null;
  readonly month: string;
}

function custodianOf({ custodianId, uploader }: FiledBundle): string | null {
  return custodianId ?? register.find(({ subject }) => subject === uploader)?.id ?? null;
}

function isOfKind(record: FiledRecord, kind: string): boolean {
  if (kind === 'bijlage') return (record.attachments ?? []).length > 0;
  return record.kind === { tekst: 'text', systeem: 'system', media: 'media' }[kind];
}

/** Every match by reading every record, in order. */
export function byBruteForce(bundles: readonly FiledBundle[], request: SearchRequest, scope: SearchScope): Expected[] {
  const parsed = parseQuery(request.query);
  if (!parsed.ok) throw new Error(`no query: ${parsed.fault.errors?.[0]?.code}`);
  const { filters = {} } = request;
  const has = (values: readonly string[] | undefined, value: string) => values === undefined || values.length === 0 || values.includes(value);
  const found: Expected[] = [];
  for (const bundle of bundles) {
    if (bundle.state !== 'indexed' || (scope.kind === 'uploader' && bundle.uploader !== scope.subject)) continue;
    if (!has(filters.bundleIds, bundle.id) || !has(filters.platforms, 'whatsapp')) continue;
    if (!has(filters.custodianIds, custodianOf(bundle) ?? '')) continue;
    if ((filters.caseIds ?? []).length > 0 && !bundle.caseIds.some((id) => filters.caseIds?.includes(id))) continue;
    for (const { n, title, records } of bundle.conversations) {
      if ((filters.conversations ?? []).length > 0 && !filters.conversations?.some((one) => one.bundleId === bundle.id && one.n === n)) continue;
      records.forEach((record, ordinal) => {
        if (!recordMatches(parsed.value, record, { title, caseIds: bundle.caseIds, platform: 'whatsapp' })) return;
        if ((filters.senders ?? []).length > 0 && (record.sender === null || !filters.senders?.includes(record.sender))) return;
        if ((filters.kinds ?? []).length > 0 && !filters.kinds?.some((kind) => isOfKind(record, kind))) return;
        const day = record.local.slice(0, 10);
        if ((filters.from ?? '') > day || (filters.to ?? '9999-99-99') < day) return;
        found.push({
          id: `${bundle.id}.${n}.${ordinal}`,
          key: request.order === 'conversation' ? [bundle.id, n, ordinal] : [localNumber(record.local), bundle.id, n, ordinal],
          bundle,
          sender: record.sender,
          month: record.local.slice(0, 7),
        });
      });
    }
  }
  const sign = (request.order ?? 'newest') === 'newest' ? -1 : 1;
  return found.sort((a, b) => {
    for (let i = 0; i < 4; i++) {
      const [x, y] = [a.key[i] ?? 0, b.key[i] ?? 0];
      if (x !== y) return x < y ? -sign : sign;
    }
    return 0;
  });
}

export async function ask(search: SearchMessages, request: SearchRequest, scope: SearchScope): Promise<SearchAnswer> {
  const answer = await search(request, scope);
  if (!answer.ok) throw new Error(`fault ${answer.fault.code} ${answer.fault.errors?.[0]?.code ?? ''}`);
  return answer.value;
}

export function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

export async function holdAgainstOracle(search: SearchMessages, bundles: readonly FiledBundle[], request: SearchRequest, scope: SearchScope): Promise<void> {
  const expected = byBruteForce(bundles, request, scope);
  const records = new Map<string, FiledRecord>(
    bundles.flatMap((bundle) => bundle.conversations.flatMap(({ n, records: all }) => all.map((record, i) => [`${bundle.id}.${n}.${i}`, record] as const))),
  );
  const parsed = parseQuery(request.query);
  if (!parsed.ok) throw new Error('no query');

  const walked: string[] = [];
  let next: string | null = null;
  do {
    const answer: SearchAnswer = await ask(search, { ...request, next }, scope);
    expect(answer.total).toBe(expected.length);
    expect(answer.items.length).toBe(Math.min(request.limit ?? 50, expected.length - walked.length));
    for (const item of answer.items) {
      const record = records.get(item.message.id);
      if (record === undefined) throw new Error('a hit that no chat holds');
      expect(item.message.text).toBe(record.text);
      expect(item.message.sentAt.local).toBe(record.local);
      expect(item.message.sender).toBe(record.sender);
      const explained = explainMatch(parsed.value, record);
      expect([item.highlights, item.matched]).toEqual([explained.highlights, explained.matched]);
      walked.push(item.message.id);
    }
    if (walked.length === answer.items.length) {
      const facets = Object.fromEntries(
        (request.facets ?? []).map((kind) => [kind, Object.fromEntries((answer.facets?.[kind] ?? []).map(({ value, messages }) => [value, messages]))]),
      );
      const wanted: Record<string, Record<string, number>> = {
        case: counted(expected.flatMap(({ bundle }) => bundle.caseIds)),
        conversation: counted(expected.map(({ id }) => id.split('.').slice(0, 2).join('/'))),
        sender: counted(expected.flatMap(({ sender }) => (sender === null ? [] : [sender]))),
        month: counted(expected.map(({ month }) => month)),
        app: counted(expected.map(() => 'whatsapp')),
        custodian: counted(expected.flatMap(({ bundle }) => custodianOf(bundle) ?? [])),
      };
      expect(facets).toEqual(Object.fromEntries((request.facets ?? []).map((kind) => [kind, wanted[kind]])));
      for (const { leaf, terms } of answer.expansions) {
        for (const { term, messages } of terms) {
          const query = term.startsWith('tel:') ? `+${term.slice(4)}` : term.endsWith('*') ? leaf : `"${term}"`;
          // Words of two pieces around a star are counted together.
          if (term.includes('#') || /[*].*[^*]/.test(term)) continue;
          const holds = byBruteForce(bundles, { ...request, query }, scope);
          if (term.startsWith('tel:')) expect(messages).toBeLessThanOrEqual(holds.length);
          else if (!term.endsWith('*')) expect([term, messages]).toEqual([term, holds.filter(({ id }) => holdsPlainly(records.get(id), term)).length]);
        }
      }
    }
    next = answer.next;
  } while (next !== null);
  expect(walked).toEqual(expected.map(({ id }) => id));
}

/** A quoted phone number in digits would also find its canonical form; the count of a word is of the word alone. */
function holdsPlainly(record: { readonly text: string; readonly attachments?: readonly { readonly name: string }[] } | undefined, term: string): boolean {
  const terms = term.split(' ');
  const texts = [record?.text ?? '', ...(record?.attachments ?? []).map(({ name }) => name)];
  return texts.some((text) => {
    const words = tokenize(text)
      .map((token) => token.term)
      .filter((word) => !word.startsWith('tel:'));
    return words.some((_, at) => terms.every((wanted, i) => words[at + i] === wanted));
  });
}
