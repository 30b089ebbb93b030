// A hold on a case that is placed or released at any moment of an ingest: head and objects end up as the case says (Woo 4.1a).
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HoldScope } from '#core/model/hold.ts';
import { CaseId, type HoldId } from '#core/model/id.ts';
import { CalendarDate } from '#core/model/time.ts';
import { addDays } from '#core/retention/calendar.ts';
import { applyHold } from '#flow/apply-hold.ts';
import { placeHold } from '#flow/place-hold.ts';
import { releaseHold } from '#flow/release-hold.ts';
import type { Services } from '#runtime/services.ts';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { breakAfterWrite } from '#test/support/breaking-services.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { arrive, handIn, servicesOn } from '#test/support/handed-in.ts';

let engines: Engines;
let services: Services;
let count = 0;

beforeAll(async () => {
  engines = await startEngines();
  services = servicesOn(engines);
});
afterAll(() => engines.stop());

const keeper = { subject: 'kees', role: 'records-manager', origin: 'test' } as const;

/** A chat of one day, with a photo. */
async function uploaded(caseId: string, day = CalendarDate.parse('2024-02-13')): Promise<string> {
  const [year, month, date] = day.split('-');
  const line = (text: string) => `${date}-${month}-${year} 09:00 - Noor: ${text}\n`;
  const text = `${line(`nummer ${++count}`)}${line('hallo')}${line('IMG-1.jpg (bestand bijgevoegd)')}`;
  const bytes = craftZip({
    entries: [
      { name: '_chat.txt', data: text },
      { name: 'IMG-1.jpg', data: 'foto' },
    ],
  });
  return (await handIn(services, { fileName: 'a.zip', bytes, caseIds: [caseId] })).id;
}

const place = (caseId: string) => placeOn({ caseIds: [CaseId.parse(caseId)] });

async function placeOn(scope: HoldScope): Promise<HoldId> {
  const placed = await placeHold(services, keeper, { reason: 'by-hand', note: null, scope });
  if (!placed.ok) throw new Error(placed.fault.code);
  return placed.value.id;
}

async function heldObjects(id: string): Promise<(boolean | undefined)[]> {
  const held: (boolean | undefined)[] = [];
  for await (const version of services.vault.listVersions(id)) held.push((await services.vault.head(version.key))?.held);
  return held;
}

/** Writes of one ingest, and one more for the moment after the last. */
async function moments(): Promise<number> {
  const counted = breakAfterWrite(servicesOn(engines), 0);
  await arrive(counted.services, await uploaded('ZAAK-COUNT'));
  return counted.writes() + 1;
}

test('a hold that is placed at any moment is on the head and on every object', async () => {
  const last = await moments();
  for (let n = 1; n <= last; n++) {
    const caseId = `ZAAK-PLACE-${n}`;
    const id = await uploaded(caseId);
    let hold: HoldId | null = null;
    const { services: interrupted } = breakAfterWrite(servicesOn(engines), n, async () => {
      hold = await place(caseId);
    });
    await arrive(interrupted, id);
    hold ??= await place(caseId);
    expect(await services.bundles.get(id), `write ${n}`).toMatchObject({ state: 'indexed', holds: [hold] });
    expect(await heldObjects(id), `write ${n}`).toEqual([true, true]);
  }
}, 120_000);

test('a hold that is released at any moment leaves nothing behind', async () => {
  const last = await moments();
  for (let n = 1; n <= last; n++) {
    const caseId = `ZAAK-RELEASE-${n}`;
    const id = await uploaded(caseId);
    const hold = await place(caseId);
    let released = false;
    const release = async () => {
      released = (await releaseHold(services, keeper, hold)).ok;
    };
    const { services: interrupted } = breakAfterWrite(servicesOn(engines), n, release);
    await arrive(interrupted, id);
    if (!released) await release();
    expect(released, `write ${n}`).toBe(true);
    expect(await services.bundles.get(id), `write ${n}`).toMatchObject({ state: 'indexed', holds: [] });
    expect(await heldObjects(id), `write ${n}`).toEqual([false, false]);
  }
}, 120_000);

/** Each its own, so that a hotspot covers one chat. */
const ownDay = (n: number) => addDays(CalendarDate.parse('2013-01-13'), n);
/** A hotspot on one day; applied as its door does. */
const hotspot = async (day: CalendarDate): Promise<HoldId> => {
  const hold = await placeOn({ period: { from: day, until: day } });
  await applyHold(services, hold);
  return hold;
};
const releaseHotspot = async (hold: HoldId): Promise<boolean> => {
  const released = await releaseHold(services, keeper, hold);
  await applyHold(services, hold);
  return released.ok;
};

test('a hotspot that stands, or is placed at any moment of an ingest, is on the head and on every object', async () => {
  const last = await moments();
  for (let n = 0; n <= last; n++) {
    const id = await uploaded(`ZAAK-HOTSPOT-${n}`, ownDay(n));
    let hold: HoldId | null = n === 0 ? await hotspot(ownDay(n)) : null;
    const { services: interrupted } = breakAfterWrite(servicesOn(engines), n, async () => {
      hold = await hotspot(ownDay(n));
    });
    await arrive(interrupted, id);
    hold ??= await hotspot(ownDay(n));
    expect(await services.bundles.get(id), `write ${n}`).toMatchObject({ state: 'indexed', holds: [hold] });
    expect(await heldObjects(id), `write ${n}`).toEqual([true, true]);
    expect(await releaseHotspot(hold)).toBe(true);
    expect(await heldObjects(id), `write ${n}`).toEqual([false, false]);
  }
}, 120_000);

test('a hotspot that is released at any moment of an ingest leaves nothing behind', async () => {
  const last = await moments();
  for (let n = 1; n <= last + 3; n++) {
    const id = await uploaded(`ZAAK-HOTSPOT-RELEASE-${n}`, ownDay(500 + n));
    const hold = await hotspot(ownDay(500 + n));
    let released = false;
    const release = async () => {
      released = await releaseHotspot(hold);
    };
    const { services: interrupted } = breakAfterWrite(servicesOn(engines), n, release);
    await arrive(interrupted, id);
    if (!released) await release();
    expect(released, `write ${n}`).toBe(true);
    expect(await services.bundles.get(id), `write ${n}`).toMatchObject({ state: 'indexed', holds: [] });
    expect(await heldObjects(id), `write ${n}`).toEqual([false, false]);
  }
}, 120_000);
