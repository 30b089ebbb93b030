// Searching on the embedded engine: every kind of query beside its bar, and SQLite FTS5 on the same corpus in the same run.
// `fresh`: drawers that the process has not opened since the archive last changed. `again`: the same query once more, as when a person
// turns a page or adds a filter.
import { DatabaseSync } from 'node:sqlite';
import type { FacetKind, SearchRequest } from '#core/search/question.ts';
import { mergeDictionary } from '#flow/merge-dictionary.ts';
import { makeSearchMessages } from '#flow/search-messages.ts';
import { type ArchiveOptions, benchClock, chatOptionsOf, fillArchive, startBenchEngine } from './corpus/archive.ts';
import { dutchChat, makeRandom, rankedWords } from './corpus/dutch-chat.ts';
import { isMeasured, percentile, underBar } from './figures.ts';

const rounds = 60;
const everyFacet: readonly FacetKind[] = ['case', 'conversation', 'sender', 'month'];

interface Asked extends SearchRequest {
  /** The same question for FTS5; absent where it has none. `forms`: the words that ours found, so that both count the same. */
  readonly fts?: string | 'forms';
}

interface Kind {
  readonly name: string;
  readonly barMs: number;
  readonly queries: readonly Asked[];
}

/** Phrases that do occur: two or three words of a message, taken at random. */
function phrases(options: ArchiveOptions, count: number): readonly string[] {
  const random = makeRandom(7);
  const found: string[] = [];
  for (let bundle = 3; found.length < count; bundle++) {
    for (const { text } of dutchChat({ ...chatOptionsOf(bundle, options), messages: Math.min(options.messagesEach, count * 3) })) {
      const words = text.split(/\s+/);
      const at = Math.floor(random() * Math.max(1, words.length - 3));
      const phrase = words.slice(at, at + 2 + (found.length % 2));
      if (phrase.length > 1 && phrase.every((word) => /^\p{L}+$/u.test(word))) found.push(phrase.join(' '));
      if (found.length === count) break;
    }
  }
  return found;
}

function kindsOf(options: ArchiveOptions): readonly Kind[] {
  const random = makeRandom(11);
  const drawn = Array.from({ length: rounds * 8 }, () => rankedWords[Math.floor(random() ** 2 * 3_000)] ?? 'de').filter((each) => /^[a-z]{2,}$/.test(each));
  const words = drawn.slice(0, rounds);
  const others = drawn.slice(rounds, rounds * 2);
  const long = drawn.filter((word) => word.length >= 6).slice(0, rounds);
  const pairs = words.map((word, i) => [word, others[i] ?? ''] as const);
  const quoted = (word: string) => `"${word}"`;
  const found = phrases(options, rounds);
  return [
    { name: 'word', barMs: 25, queries: words.map((w) => ({ query: quoted(w), fts: quoted(w) })) },
    { name: 'word, its forms', barMs: 25, queries: words.map((w) => ({ query: w, fts: 'forms' })) },
    { name: 'phrase', barMs: 25, queries: found.map((p) => ({ query: quoted(p), fts: quoted(p) })) },
    { name: 'AND', barMs: 25, queries: pairs.map(([a, b]) => ({ query: `"${a}" EN "${b}"`, fts: `"${a}" AND "${b}"` })) },
    { name: 'OR', barMs: 25, queries: pairs.map(([a, b]) => ({ query: `"${a}" OF "${b}"`, fts: `"${a}" OR "${b}"` })) },
    { name: 'NOT', barMs: 25, queries: pairs.map(([a, b]) => ({ query: `"${a}" NIET "${b}"`, fts: `"${a}" NOT "${b}"` })) },
    { name: 'prefix', barMs: 25, queries: long.map((w) => ({ query: `${w.slice(0, 5)}*`, fts: `${w.slice(0, 5)}*` })) },
    { name: 'prefix ver*', barMs: 25, queries: Array(10).fill({ query: 'ver*', fts: 'ver*' }) },
    { name: 'date filter', barMs: 25, queries: words.map((w) => ({ query: quoted(w), filters: { from: '2022-06-01', to: '2022-07-15' } })) },
    { name: 'case filter', barMs: 25, queries: words.map((w, i) => ({ query: quoted(w), filters: { caseIds: [`ZAAK-${i % 40}`] } })) },
    { name: 'infix', barMs: 80, queries: long.map((w) => ({ query: `*${w.slice(1, -1)}*` })) },
    { name: 'fuzzy', barMs: 80, queries: long.map((w) => ({ query: `${w}~1` })) },
    { name: 'NABIJ', barMs: 80, queries: pairs.map(([a, b]) => ({ query: `"${a}" NABIJ/5 "${b}"`, fts: `NEAR("${a}" "${b}", 4)` })) },
    { name: 'commonest, total', barMs: 25, queries: Array(20).fill({ query: quoted(rankedWords[0] ?? ''), limit: 1, fts: quoted(rankedWords[0] ?? '') }) },
    { name: 'facets, commonest', barMs: 1_000, queries: Array(5).fill({ query: quoted(rankedWords[0] ?? ''), facets: everyFacet }) },
    { name: 'facets, everything', barMs: 1_000, queries: Array(5).fill({ query: 'datum:1990-01-01..2090-01-01', facets: everyFacet }) },
  ];
}

export async function benchSearch(options: ArchiveOptions = { bundles: 200, messagesEach: 5_000 }): Promise<void> {
  const engine = await startBenchEngine();
  const archive = await fillArchive(engine, options);
  const sights = new Map(archive.sights.map((sight) => [sight.id, sight]));
  const bundleHeads = async (ids: readonly string[]) => ids.flatMap((id) => sights.get(id) ?? []);
  const merged = await mergeDictionary({ index: engine.index, clock: benchClock, bundles: { sights: bundleHeads } }, 'bench');
  let trips: string[] = [];
  const search = makeSearchMessages({
    index: engine.index,
    bundleHeads,
    indexedBundles: async () => [...archive.segments].map(([id, segments]) => ({ id, segments })),
    keyPeople: async () => [],
    epochMs: Date.now,
    onTrip: (trip) => trips.push(trip),
  });

  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec("CREATE VIRTUAL TABLE m USING fts5(text, tokenize = 'unicode61')");
  const insert = sqlite.prepare('INSERT INTO m(text) VALUES (?)');
  sqlite.exec('BEGIN');
  for (let bundle = 0; bundle < options.bundles; bundle++) for (const { text } of dutchChat(chatOptionsOf(bundle, options))) insert.run(text);
  sqlite.exec('COMMIT');
  const count = sqlite.prepare('SELECT count(*) AS n FROM m WHERE m MATCH ?');

  /** Null: wider than may be asked, which is an answer too. */
  async function run({ fts: _fts, ...request }: Asked): Promise<{ readonly ms: number; readonly total: number; readonly forms: string } | null> {
    const start = performance.now();
    const answer = await search(request, { kind: 'all' });
    const ms = performance.now() - start;
    if (!answer.ok) {
      if (answer.fault.code === 'query.expansion-too-wide') return null;
      throw new Error(answer.fault.code);
    }
    const terms = answer.value.expansions.flatMap((leaf) => leaf.terms.map(({ term }) => `"${term}"`));
    return { ms, total: answer.value.total, forms: terms.join(' OR ') };
  }

  console.log(`corpus              ${archive.messages.toLocaleString('en')} messages in ${options.bundles} bundles, ${merged.added} segments`);
  const cold = await run({ query: 'vergunning' });
  console.log(`first search        ${cold?.ms.toFixed(1)} ms, ${trips.length} round trips (${trips.join(', ')})`);
  const kinds = kindsOf(options).filter(({ name }) => isMeasured(name));
  // A warm Lambda has compiled its code; the engine is given a moment for what it put off while it was filled.
  for (const { queries } of kinds) for (const asked of queries) await run({ ...asked, limit: 49 });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  console.log(
    `${'kind'.padEnd(19)} ${'fresh p50'.padStart(9)} ${'p95'.padStart(7)}        ${'again p50'.padStart(9)} ${'p95'.padStart(7)}   trips  ours + engine (cpu)  requests  units   FTS5 p50    p95  differ`,
  );
  for (const { name, barMs, queries } of kinds) {
    const fresh: number[] = [];
    const again: number[] = [];
    const theirs: number[] = [];
    let differ = 0;
    let compared = 0;
    let mostTrips = 0;
    let wide = 0;
    let ours = 0;
    let engineMs = 0;
    for (const asked of queries) {
      await engine.index.dictionary.wordsChanged();
      await run({ query: 'zzzz NIET zzzz', limit: 1 });
      trips = [];
      const before = engine.cpu();
      const answer = await run(asked);
      const after = engine.cpu();
      ours += after.ours - before.ours;
      engineMs += after.engine - before.engine;
      if (answer === null) {
        wide++;
        continue;
      }
      fresh.push(answer.ms);
      mostTrips = Math.max(mostTrips, trips.length);
      again.push((await run(asked))?.ms ?? 0);
      if (asked.fts === undefined) continue;
      const start = performance.now();
      const { n } = count.get(asked.fts === 'forms' ? answer.forms || '"zzzz"' : asked.fts) as { n: number };
      theirs.push(performance.now() - start);
      compared++;
      if (n !== answer.total) differ++;
    }
    engine.counting.on = true;
    Object.assign(engine.tally, { requests: 0, readUnits: 0 });
    const sampled = queries.slice(0, 10);
    for (const asked of sampled) {
      await engine.index.dictionary.wordsChanged();
      await run(asked);
    }
    engine.counting.on = false;
    const { requests, readUnits } = engine.tally;
    const each = (sum: number) => (sum / sampled.length).toFixed(1);
    const fts =
      compared === 0 ? '' : `   ${percentile(theirs, 0.5).toFixed(1).padStart(8)} ${percentile(theirs, 0.95).toFixed(1).padStart(6)}  ${differ} of ${compared}`;
    console.log(
      `${name.padEnd(19)} ${percentile(fresh, 0.5).toFixed(1).padStart(9)} ${percentile(fresh, 0.95).toFixed(1).padStart(7)} ${underBar(percentile(fresh, 0.95), barMs).padEnd(6)} ${percentile(again, 0.5).toFixed(1).padStart(9)} ${percentile(again, 0.95).toFixed(1).padStart(7)}   ${String(mostTrips).padStart(5)}  ${`${(ours / queries.length).toFixed(1)} + ${(engineMs / queries.length).toFixed(1)} ms`.padEnd(19)} ${each(requests).padStart(8)} ${each(readUnits).padStart(6)}${fts}${wide > 0 ? `   too wide: ${wide}` : ''}`,
    );
  }
  sqlite.close();
  await engine.stop();
}
