// Searching a million messages on the embedded engine, beside SQLite FTS5 on the same corpus in the same run.
import { DatabaseSync } from 'node:sqlite';
import type { SearchRequest } from '#core/search/question.ts';
import { makeSearchMessages } from '#flow/search-messages.ts';
import { type ArchiveOptions, chatOptionsOf, fillArchive, startBenchEngine } from './corpus/archive.ts';
import { dutchChat, makeRandom, rankedWords } from './corpus/dutch-chat.ts';

const rounds = 60;
/** Asked with a page of one, as FTS5 only counts. */
const totalOnly = 'commonest, total';
/** Words as people type them: FTS5 is asked for the forms that ours found, so that both count the same. */
const withForms = 'word, its forms';

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function shown(values: readonly number[]): string {
  return `p50 ${percentile(values, 0.5).toFixed(1).padStart(6)} ms   p95 ${percentile(values, 0.95).toFixed(1).padStart(6)} ms`;
}

/** Phrases that do occur: two or three words of a message, taken at random. */
function phrases(options: ArchiveOptions, count: number): readonly string[] {
  const random = makeRandom(7);
  const found: string[] = [];
  for (const { text } of dutchChat({ ...chatOptionsOf(3, options), messages: Math.min(options.messagesEach, count * 3) })) {
    const words = text.split(/\s+/);
    const at = Math.floor(random() * Math.max(1, words.length - 3));
    const phrase = words.slice(at, at + 2 + (found.length % 2));
    if (phrase.length > 1 && phrase.every((word) => /^\p{L}+$/u.test(word))) found.push(phrase.join(' '));
    if (found.length === count) break;
  }
  return found;
}

export async function benchSearch(options: ArchiveOptions = { bundles: 200, messagesEach: 5_000 }): Promise<void> {
  const engine = await startBenchEngine();
  const archive = await fillArchive(engine, options);
  const sights = new Map(archive.sights.map((sight) => [sight.id, sight]));
  let trips: string[] = [];
  const search = makeSearchMessages({
    index: engine.index,
    bundleHeads: async (ids) => ids.flatMap((id) => sights.get(id) ?? []),
    indexedBundles: async () => [...archive.segments].map(([id, segments]) => ({ id, segments })),
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

  async function run(request: SearchRequest): Promise<{ readonly ms: number; readonly total: number; readonly forms: string }> {
    const start = performance.now();
    const answer = await search(request, { kind: 'all' });
    if (!answer.ok) throw new Error(answer.fault.code);
    const ms = performance.now() - start;
    const terms = answer.value.expansions.flatMap((leaf) => leaf.terms.map(({ term }) => `"${term}"`));
    return { ms, total: answer.value.total, forms: terms.join(' OR ') };
  }

  const random = makeRandom(11);
  const word = () => rankedWords[Math.floor(random() ** 2 * 3_000)] ?? 'de';
  const clean = Array.from({ length: rounds * 4 }, word).filter((each) => /^[a-z]{2,}$/.test(each));
  const kinds: Readonly<Record<string, readonly (readonly [ours: string, fts: string])[]>> = {
    word: clean.slice(0, rounds).map((w) => [`"${w}"`, `"${w}"`]),
    [withForms]: clean.slice(0, rounds).map((w) => [w, `"${w}"`]),
    phrase: phrases(options, rounds).map((p) => [`"${p}"`, `"${p}"`]),
    'and of two': clean.slice(0, rounds).map((w, i) => [`"${w}" "${clean.at(-1 - i)}"`, `"${w}" AND "${clean.at(-1 - i)}"`]),
    [totalOnly]: Array(20).fill([`"${rankedWords[0]}"`, `"${rankedWords[0]}"`]),
  };

  console.log(`corpus            ${archive.messages.toLocaleString('en')} messages in ${options.bundles} bundles`);
  const cold = await run({ query: 'vergunning' });
  console.log(`first search      ${cold.ms.toFixed(1)} ms, ${trips.length} round trips (${trips.join(', ')})`);
  // A warm Lambda has compiled its code; the engine is given a moment for what it put off while it was filled.
  for (const [query] of Object.values(kinds).flat()) await run({ query: `${query} OF ${rankedWords[5_000] ?? ''}` });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  for (const [kind, queries] of Object.entries(kinds)) {
    const ours: number[] = [];
    const theirs: number[] = [];
    let differ = 0;
    let mostTrips = 0;
    const before = engine.cpu();
    let sqliteCpu = 0;
    for (const [query, fts] of queries) {
      trips = [];
      const { ms, total, forms } = await run({ query, limit: kind === totalOnly ? 1 : 50 });
      ours.push(ms);
      mostTrips = Math.max(mostTrips, trips.length);
      const start = performance.now();
      const sqliteBefore = process.cpuUsage();
      const { n } = count.get(kind === withForms && forms !== '' ? forms : fts) as { n: number };
      theirs.push(performance.now() - start);
      const sqliteUsed = process.cpuUsage(sqliteBefore);
      sqliteCpu += (sqliteUsed.user + sqliteUsed.system) / 1000;
      if (n !== total) differ++;
    }
    const after = engine.cpu();
    const cpu = `processor ${((after.ours - before.ours - sqliteCpu) / queries.length).toFixed(1)} + ${((after.engine - before.engine) / queries.length).toFixed(1)} ms`;
    engine.counting.on = true;
    Object.assign(engine.tally, { requests: 0, readUnits: 0 });
    for (const [query] of queries.slice(0, 10)) await run({ query });
    engine.counting.on = false;
    const { requests, readUnits } = engine.tally;
    const sampled = Math.min(10, queries.length);
    console.log(
      `${kind.padEnd(17)} ${shown(ours)}   round trips ≤ ${mostTrips}   ${cpu}   ${(requests / sampled).toFixed(1)} requests, ${(readUnits / sampled).toFixed(1)} read units   | FTS5 count: ${shown(theirs)}   totals that differ: ${differ} of ${queries.length}`,
    );
  }
  sqlite.close();
  await engine.stop();
}
