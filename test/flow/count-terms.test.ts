// Lists of terms held against reading every record, line by line.
import { fc } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCountPerTerm, type TermCounts } from '#flow/count-terms.ts';
import { makeSearchMessages } from '#flow/search-messages.ts';
import { type FiledBundle, fileBundle, type PlainBundle } from '#test/support/filed-bundle.ts';
import { all, bundleIdOf, makeHeads, oneChat, type SearchGround, startSearchGround } from '#test/support/search-ground.ts';
import { byBruteForce } from '#test/support/search-oracle.ts';
import { bundle, limitsArb, query, request } from '#test/support/search-questions.ts';

let ground: SearchGround;
beforeAll(async () => {
  ground = await startSearchGround();
});
afterAll(() => ground.engine.stop());

async function counted(filed: readonly FiledBundle[], lines: readonly string[], filters = {}): Promise<TermCounts> {
  const count = makeCountPerTerm(makeSearchMessages(makeHeads(ground.index, filed).needs));
  const answer = await count({ query: lines.join('\n'), filters }, all);
  if (!answer.ok) throw new Error(answer.fault.code);
  return answer.value;
}

describe('countPerTerm', () => {
  it('counts each line as a search of its own would, and what no other line finds', async () => {
    let number = 1;
    await fc.assert(
      fc.asyncProperty(
        fc.array(bundle, { minLength: 1, maxLength: 3 }),
        limitsArb,
        fc.array(query, { minLength: 2, maxLength: 6 }),
        request,
        async (plain, limits, lines, { filters }) => {
          const filed: FiledBundle[] = [];
          for (const each of plain as PlainBundle[]) filed.push(await fileBundle(ground.index, bundleIdOf(number++), each, limits));
          try {
            const { rows, total } = await counted(filed, lines, filters);
            const found = lines.map((line) => byBruteForce(filed, { query: line, filters }, all));
            const times = Map.groupBy(found.flat(), ({ id }) => id);
            expect(rows.map(({ hits }) => hits)).toEqual(found.map(({ length }) => length));
            expect(rows.map(({ unique }) => unique)).toEqual(found.map((hits) => hits.filter(({ id }) => times.get(id)?.length === 1).length));
            expect(total).toBe(times.size);
            for (const [i, row] of rows.entries()) {
              const hits = found[i] ?? [];
              const local = hits.map(({ key }) => Number(key[0])).sort((a, b) => a - b);
              expect(row.conversations).toBe(new Set(hits.map(({ id }) => id.split('.').slice(0, 2).join('.'))).size);
              expect([row.first, row.last]).toEqual([local[0] ?? null, local.at(-1) ?? null]);
              expect([...row.byMonth.values()].reduce((sum, one) => sum + one, 0)).toBe(hits.length);
              expect(new Map(row.byBundle)).toEqual(new Map([...Map.groupBy(hits, (hit) => hit.bundle.id)].map(([id, ofBundle]) => [id, ofBundle.length])));
            }
          } finally {
            for (const { id } of filed) await ground.index.deleteBundleRange(id);
          }
        },
      ),
      { numRuns: 5, endOnFailure: false },
    );
  }, 300_000);

  it('gives a line that finds nothing its row, and names the key person of what was found', async () => {
    const filed = await fileBundle(ground.index, bundleIdOf(801), oneChat('indexed', ['de brug', 'brug en sluis', 'sluis']));
    const { rows } = await counted([filed], ['brug', 'sluis', 'vuurtoren', '"de brug"']);
    expect(rows.map(({ line, hits, unique }) => [line, hits, unique])).toEqual([
      ['brug', 2, 0],
      ['sluis', 2, 1],
      ['vuurtoren', 0, 0],
      ['"de brug"', 1, 0],
    ]);
    expect([...(rows[0]?.byCustodian ?? [])]).toEqual([['custodian_1', { name: 'Ada de Wit', hits: 2 }]]);
    await ground.index.deleteBundleRange(filed.id);
  });

  it('says in which place of the list a line cannot be read', async () => {
    const count = makeCountPerTerm(makeSearchMessages(makeHeads(ground.index, []).needs));
    expect(await count({ query: 'brug\nsluis EN OF dam' }, all)).toMatchObject({ ok: false, fault: { code: 'query.syntax', errors: [{ position: 11 }] } });
  });
});
