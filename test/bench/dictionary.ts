// The dictionary of half a million words: from the table into memory, and what stars, likenesses and patterns take over it. No search behind it:
// that is `search`.
import { encodePages, type TermCounts } from '#core/search/dictionary.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import { resolveQuery } from '#core/search/resolve-query.ts';
import { makeSearchWords, type Words } from '#flow/search-words.ts';
import { zstdPacking } from '#store/index/packing.ts';
import { startBenchEngine } from './corpus/archive.ts';
import { makeRandom, rankedWords } from './corpus/dutch-chat.ts';
import { percentile, underBar } from './figures.ts';

const loadBarMs = 150;
const walkBarMs = 60;
const rounds = 60;

/** Words, their compounds, and slips of them: as an archive's dictionary grows. */
function manyTerms(count: number): readonly string[] {
  const random = makeRandom(5);
  const plain = rankedWords.filter((word) => /^\p{Ll}{3,}$/u.test(word));
  const terms = new Set<string>(plain);
  const any = () => plain[Math.floor(random() ** 1.5 * plain.length)] ?? 'huis';
  while (terms.size < count) {
    const term = random() < 0.7 ? `${any()}${any()}` : any();
    const at = Math.floor(random() * term.length);
    terms.add(random() < 0.3 ? `${term.slice(0, at)}${String.fromCharCode(97 + Math.floor(random() * 26))}${term.slice(at + 1)}` : term);
  }
  return [...terms].sort();
}

function timed(words: Words, queries: readonly string[]): { readonly times: readonly number[]; readonly found: number; readonly wide: number } {
  const times: number[] = [];
  let found = 0;
  let wide = 0;
  for (const query of queries) {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(parsed.fault.code);
    const start = performance.now();
    const resolved = resolveQuery(parsed.value, words.dictionaries);
    times.push(performance.now() - start);
    if (!resolved.ok) wide++;
    else if (resolved.value.kind === 'leaf' && resolved.value.leaf.on === 'words') {
      for (const word of resolved.value.leaf.pattern.words) if (word.kind === 'any') found += word.terms.length;
    }
  }
  return { times, found, wide };
}

export async function benchDictionary(count = 500_000): Promise<void> {
  const engine = await startBenchEngine();
  const { dictionary } = engine.index;
  const terms = manyTerms(count);
  const counted = function* (): Generator<readonly [string, TermCounts]> {
    for (const [i, term] of terms.entries()) yield [term, { messages: 1 + (i % 50), labels: 0 }];
  };
  let pages = 0;
  let bytes = 0;
  await dictionary.begin('bench', Date.now(), { snapshot: null, making: null, obsolete: null });
  for (const packed of encodePages(counted(), zstdPacking)) {
    bytes += packed.length;
    await dictionary.putPage('bench', pages++, packed);
  }
  await dictionary.putHead('bench', { pages, terms: count, applied: [] });
  if (!(await dictionary.flip('bench', null))) throw new Error('the snapshot does not stand');
  console.log(`dictionary          ${count.toLocaleString('en')} terms, ${pages} pages, ${Math.round(bytes / 1000)} kB in the table`);

  const load = async () => {
    const before = engine.cpu();
    const start = performance.now();
    const words = await makeSearchWords(engine.index, () => undefined).refresh();
    const ms = performance.now() - start;
    const after = engine.cpu();
    return { words, ms, cpu: `processor ${(after.ours - before.ours).toFixed(0)} + ${(after.engine - before.engine).toFixed(0)} ms of the engine` };
  };
  const cold = await load();
  const warm: number[] = [];
  for (let i = 0; i < 5; i++) warm.push((await load()).ms);
  console.log(`load, cold          ${cold.ms.toFixed(0)} ms  ${underBar(cold.ms, loadBarMs)}   ${cold.cpu}   again ${percentile(warm, 0.5).toFixed(0)} ms`);

  const random = makeRandom(9);
  const long = rankedWords.filter((word) => /^[a-z]{6,}$/.test(word));
  const drawn = Array.from({ length: rounds }, () => long[Math.floor(random() * long.length)] ?? 'vergunning');
  const kinds: Readonly<Record<string, readonly string[]>> = {
    infix: drawn.map((word) => `*${word.slice(1, -1)}*`),
    'infix, short': drawn.map((word) => `*${word.slice(2, 5)}*`),
    'star within': drawn.map((word) => `${word.slice(0, 3)}*${word.slice(-2)}`),
    ending: drawn.map((word) => `*${word}`),
    'fuzzy ~1': drawn.map((word) => `${word}~1`),
    'fuzzy ~2': drawn.map((word) => `${word}~2`),
    pattern: drawn.map((word) => `/${word.slice(0, 2)}.*${word.slice(3, 5)}[a-z]+/`),
    'pattern, no start': drawn.map((word) => `/.*${word.slice(1, 4)}.?${word.slice(5)}/`),
  };
  for (const queries of Object.values(kinds)) timed(cold.words, queries);
  for (const [name, queries] of Object.entries(kinds)) {
    const { times, found, wide } = timed(cold.words, queries);
    const p95 = percentile(times, 0.95);
    console.log(
      `${name.padEnd(19)} p50 ${percentile(times, 0.5).toFixed(1).padStart(6)} ms   p95 ${p95.toFixed(1).padStart(6)} ms  ${underBar(p95, walkBarMs)}   ${(found / queries.length).toFixed(1)} words each${wide > 0 ? `, too wide: ${wide}` : ''}`,
    );
  }
  await engine.stop();
}
