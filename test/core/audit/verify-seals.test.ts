// Whatever is done to a sealed log is found, and named: 1,000 random deeds on random logs.
import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayPlus } from '#core/audit/audit-day.ts';
import type { StoredItem } from '#core/audit/canonical-item.ts';
import { type SealBreak, verifySeals } from '#core/audit/verify-seals.ts';
import { type Draw, firstDay, instantOn, itemAt, lay, type MemoryLog, sealedLog, sha256, verified } from './memory-log.ts';

const day = (n: number) => dayPlus(firstDay, n);
/** Small numbers from a seed (mulberry32). */
function drawer(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const counts = [3, 0, 7, 1, 5];
const late = [
  [0, 2],
  [1, 4],
  [0, 4],
] as const;
const logOf = (draw: Draw) => sealedLog(counts, late, draw);
const checkedAll = counts.reduce((sum, n) => sum + n, 0) + late.length;

/** The day's events, or the late ones, and the day whose seal covers the one at `i`. */
function anEvent(log: MemoryLog, draw: Draw): { items: StoredItem[]; i: number; item: StoredItem; covered: string } {
  const filled = [...log.days.values(), log.late].filter((items) => items.length > 0);
  const items = filled[draw(filled.length)] ?? [];
  const i = draw(items.length);
  const item = items[i] ?? {};
  return { items, i, item, covered: item['filedOn']?.S ?? item['pk']?.S?.slice(4) ?? '' };
}

const idOf = (item: StoredItem) => item['sk']?.S?.split('#')[1] ?? null;
const flip = (text: string, draw: Draw) => {
  const at = draw(text.length);
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << draw(5))) + text.slice(at + 1);
};

type Found = Partial<SealBreak>;
/** Each does its deed and says what must be named. */
const deeds: Readonly<Record<string, (log: MemoryLog, draw: Draw) => Found>> = {
  'a character of an event': (log, draw) => {
    const { items, i, item, covered } = anEvent(log, draw);
    const fields = ['id', 'at', 'actor', 'role', 'action', 'object', 'result', 'origin'];
    const field = fields[draw(fields.length)] ?? '';
    items[i] = { ...item, [field]: { S: flip(item[field]?.S ?? '', draw) } };
    return { kind: 'event-changed', eventId: idOf(item), day: covered as SealBreak['day'] };
  },
  'a fact of an event': (log, draw) => {
    const { items, i, item, covered } = anEvent(log, draw);
    const n = item['facts']?.M?.['n']?.N;
    items[i] =
      n === undefined ? { ...item, facts: { M: {} } } : { ...item, facts: { M: { ...item['facts']?.M, n: draw(2) === 0 ? { S: n } : { N: `${n}1` } } } };
    return { kind: 'event-changed', eventId: idOf(item), day: covered as SealBreak['day'] };
  },
  'an attribute more or less': (log, draw) => {
    const { items, i, item, covered } = anEvent(log, draw);
    const { origin: _origin, ...less } = item;
    items[i] = draw(2) === 0 ? less : { ...item, note: { SS: ['x'] } };
    return { kind: 'event-changed', eventId: idOf(item), day: covered as SealBreak['day'] };
  },
  'an event that is gone': (log, draw) => {
    const { items, i, item, covered } = anEvent(log, draw);
    items.splice(i, 1);
    return { kind: 'event-removed', eventId: idOf(item), day: covered as SealBreak['day'] };
  },
  'an event put between': (log, draw) => {
    const on = day(draw(counts.length));
    const item = itemAt(instantOn(on, draw), draw);
    lay(log.days.get(on) ?? [], item);
    return { kind: 'event-inserted', eventId: idOf(item), day: on };
  },
  'a late event put between': (log, draw) => {
    const on = day(draw(counts.length));
    const item = itemAt(instantOn(firstDay, draw), draw, on);
    lay(log.late, item);
    return { kind: 'event-inserted', eventId: idOf(item), day: on };
  },
  'a late event on no day': (log, draw) => {
    const item = itemAt(instantOn(firstDay, draw), draw, ['2020-01-01', 'ooit', '2099-01-01'][draw(3)]);
    lay(log.late, item);
    return { kind: 'event-inserted', eventId: idOf(item) };
  },
  'an event before the first day': (log, draw) => {
    const item = itemAt(instantOn(day(-1 - draw(300)), draw), draw);
    log.days.set(item['at']?.S?.slice(0, 10) ?? '', [item]);
    return { kind: 'event-inserted', eventId: idOf(item), day: item['at']?.S?.slice(0, 10) as SealBreak['day'] };
  },
  'two events that changed places': (log, draw) => {
    const items = log.days.get(day(2)) ?? [];
    const i = draw(items.length - 1);
    const [one = {}, other = {}] = items.slice(i, i + 2);
    const keys = ({ pk, sk }: StoredItem) => ({ ...(pk && { pk }), ...(sk && { sk }) });
    items.splice(i, 2, { ...other, ...keys(one) }, { ...one, ...keys(other) });
    return { kind: 'event-changed', eventId: idOf(one), day: day(2) };
  },
  'a seal that is gone': (log, draw) => {
    const on = day(draw(counts.length));
    log.seals.delete(on);
    return on === firstDay ? { kind: 'event-inserted', day: on } : { kind: 'seal-missing', day: on };
  },
  'a byte of a seal': (log, draw) => {
    const on = day(draw(counts.length));
    const text = log.seals.get(on) ?? '';
    // The time at which the newest seal was made is covered by the seal of the next night.
    const end = on === day(counts.length - 1) ? text.indexOf('"madeAt"') : text.length;
    log.seals.set(on, flip(text.slice(0, end), draw) + text.slice(end));
    return {};
  },
  'a byte of a page': (log, draw) => {
    const names = [...log.pages.keys()];
    const name = names[draw(names.length)] ?? '';
    log.pages.set(name, flip(log.pages.get(name) ?? '', draw));
    return { kind: 'page-damaged', day: name.slice(0, 10) as SealBreak['day'] };
  },
};
const names = Object.keys(deeds);

describe('a sealed log', () => {
  test.prop([fc.integer()], { numRuns: 50 })('that nobody touched fits', async (seed) => {
    const log = await logOf(drawer(seed));
    expect(await verified(log, counts.length)).toEqual({ ok: true, checked: checkedAll, firstBreak: null, sealedThrough: day(4), unsealed: 0, next: null });
  });

  test.prop([fc.integer(), fc.nat({ max: names.length - 1 })], { numRuns: 1_000 })('that was touched does not fit, and the deed is named', async (seed, n) => {
    const draw = drawer(seed);
    const log = await logOf(draw);
    const name = names[n] ?? '';
    const expected = deeds[name]?.(log, draw);
    const found = await verified(log, counts.length);
    expect(found.ok, name).toBe(false);
    expect(found.firstBreak, name).toMatchObject(expected ?? {});
  });

  it('whose day and its pages were both touched is broken on that day', async () => {
    const draw = drawer(1);
    const log = await logOf(draw);
    log.days.get(day(2))?.splice(1, 1);
    for (const name of [...log.pages.keys()].filter((one) => one.startsWith(day(2)))) log.pages.delete(name);
    expect((await verified(log, counts.length)).firstBreak).toEqual({ day: day(2), kind: 'day-differs', eventId: null, position: null });
  });

  it('whose seal was made anew is broken at the next one', async () => {
    const [log, other] = [await logOf(drawer(2)), await logOf(drawer(3))];
    for (const one of ['days', 'seals'] as const) (log[one] as Map<string, unknown>).set(firstDay, other[one].get(firstDay));
    for (const [name, text] of other.pages) if (name.startsWith(firstDay)) log.pages.set(name, text);
    const found = await verified(log, counts.length);
    expect([found.checked, found.firstBreak]).toEqual([counts[0], { day: day(1), kind: 'chain-broken', eventId: null, position: null }]);
  });

  it('of a day with many pages of leaves names the one event of 12,000 that was changed', async () => {
    const log = await sealedLog([12_000], [], drawer(7));
    expect([log.pages.size, await verified(log, 1)]).toMatchObject([3, { ok: true, checked: 12_000 }]);
    const items = log.days.get(firstDay) ?? [];
    const item = items[11_234] ?? {};
    items[11_234] = { ...item, result: { S: 'refused' } };
    expect((await verified(log, 1)).firstBreak).toEqual({ day: firstDay, kind: 'event-changed', eventId: idOf(item), position: 11_234 });
  });

  it('counts what is not sealed yet, late events too', async () => {
    const draw = drawer(4);
    const log = await logOf(draw);
    log.days.set(day(5), [itemAt(instantOn(day(5), draw), draw), itemAt(instantOn(day(5), draw), draw)]);
    lay(log.late, itemAt(instantOn(firstDay, draw), draw, day(6)));
    const found = await verified(log, counts.length);
    expect(found).toMatchObject({ ok: true, checked: checkedAll, unsealed: 3 });
  });

  it('without any seal is whole while it is young and broken when the night has not sealed it', async () => {
    const log = await sealedLog([3], [], drawer(5));
    log.seals.clear();
    expect(await verified(log, 0)).toMatchObject({ ok: true, checked: 0, sealedThrough: null });
    expect((await verified(log, 2)).firstBreak).toEqual({ day: firstDay, kind: 'seal-missing', eventId: null, position: null });
  });

  it('asked from a day beyond the last seal is whole as long as the days between are young', async () => {
    const log = await logOf(drawer(7));
    // As in the first hours of a day: the day before has closed, and the night has not sealed it yet.
    for (const from of [day(5), day(6), day(7)])
      expect(await verified(log, counts.length, from)).toMatchObject({ ok: true, checked: 0, sealedThrough: day(4) });
    log.seals.delete(day(4));
    for (const from of [day(5), day(6), day(7)])
      expect((await verified(log, counts.length, from)).firstBreak).toEqual({ day: day(4), kind: 'seal-missing', eventId: null, position: null });
  });

  it('is verified in parts when time is short, each hanging on the one before', async () => {
    const log = await logOf(drawer(6));
    let from: SealBreak['day'] | null = null;
    let checked = 0;
    let parts = 0;
    for (let ok = false; !ok; parts++) {
      let asked = 0;
      const found = await verifySeals(log.log, sha256, { from, epochMs: Date.parse(day(7)), outOfTime: () => asked++ >= 1 });
      expect(found.firstBreak).toBeNull();
      ({ ok } = found);
      expect(found.next === null).toBe(ok);
      from = found.next;
      checked += found.checked;
    }
    expect([parts, checked]).toEqual([3, checkedAll]);
    log.seals.delete(day(1));
    expect((await verified(log, counts.length, day(2))).firstBreak).toMatchObject({ kind: 'seal-missing', day: day(1) });
  });
});
