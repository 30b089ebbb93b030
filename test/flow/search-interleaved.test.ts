// A search after every single write of an ingest and of a destruction: the bundle is in the answer whole or not at all.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { executeList } from '#flow/execute-destruction.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { arrive, handIn } from '#test/support/handed-in.ts';
import { closedCase, confirmedList, havingBundle, havingCase, type Lifecycle, lifecycleOn, night, proposedList } from '#test/support/lifecycle.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

/** What every way of asking said, after each write of `work`. */
async function lookingOn({ house, breaker }: Lifecycle, word: string, work: () => Promise<unknown>): Promise<readonly (readonly number[])[]> {
  const seen: (readonly number[])[] = [];
  const total = async (query: string, collapseDuplicates = false) => {
    const found = await house.searchMessages({ query, facets: ['month'], limit: 200, collapseDuplicates }, { kind: 'all' });
    if (!found.ok) throw new Error(found.fault.code);
    const inMonths = (found.value.facets?.month ?? []).reduce((sum, { messages }) => sum + messages, 0);
    expect([found.value.items.length, inMonths]).toEqual([found.value.total, found.value.uncollapsed ?? found.value.total]);
    return found.value.total;
  };
  const look = async () => {
    seen.push([await total(word), await total(`"${word} regel"`), await total(`${word.slice(0, -1)}*`), await total(word, true)]);
    breaker.meddle(1, 'after', look);
  };
  breaker.meddle(1, 'after', look);
  await work();
  breaker.heal();
  return seen;
}

describe('a search between the writes', () => {
  it('sees a bundle that is destroyed whole, and then never again', async () => {
    const life = lifecycleOn(engines, '2026-03-02');
    const { house } = life;
    const caseId = await havingCase(house, closedCase('2025-03-01'));
    const bundle = await havingBundle(house, [caseId], { word: 'sluisdeur', messages: 7, attachments: 1 });
    const list = await confirmedList(house, (await proposedList(house, bundle.id)).id);
    life.setToday('2026-03-09');
    await executeList(house, night, list.id);
    const seen = await lookingOn(life, 'sluisdeur', () => destroyBundle(life.broken, night, list.id, bundle.id));
    expect((await house.bundles.get(bundle.id))?.state).toBe('destroyed');
    expect(seen.length).toBeGreaterThan(5);
    for (const totals of seen) expect([0, 7]).toContain(totals[0]);
    for (const totals of seen) expect(new Set(totals).size).toBe(1);
    const gone = seen.findIndex(([first]) => first === 0);
    expect(gone).toBeGreaterThanOrEqual(0);
    for (const totals of seen.slice(gone)) expect(totals).toEqual([0, 0, 0, 0]);
  }, 120_000);

  it('sees a bundle that is read whole, and not before all of it is there', async () => {
    const life = lifecycleOn(engines, '2026-03-02');
    const { house } = life;
    const lines = Array.from({ length: 40 }, (_, i) => `13-02-2024 09:${String(i).padStart(2, '0')} - Noor de Wit: vuurtoren regel ${i}\n`);
    const { id } = await handIn(house, { fileName: 'vuurtoren.txt', bytes: lines.join('') });
    const seen = await lookingOn(life, 'vuurtoren', () => arrive(life.broken, id));
    expect((await house.bundles.get(id))?.state).toBe('indexed');
    expect(seen.length).toBeGreaterThan(5);
    for (const totals of seen) expect([0, 40]).toContain(totals[0]);
    for (const totals of seen) expect(new Set(totals).size).toBe(1);
    expect(seen[0]).toEqual([0, 0, 0, 0]);
    expect(seen.at(-1)).toEqual([40, 40, 40, 40]);
  }, 120_000);
});
