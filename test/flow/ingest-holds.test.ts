// A hold on a case that is placed or released at any moment of an ingest: head and objects end up as the case says (Woo 4.1a).
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CaseId, type HoldId } from '#core/model/id.ts';
import { placeHold } from '#flow/place-hold.ts';
import { releaseHold } from '#flow/release-hold.ts';
import type { Services } from '#runtime/services.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';
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

async function uploaded(caseId: string): Promise<string> {
  const text = `${androidChat(3, () => `nummer ${++count}`)}13-02-2024 09:00 - Noor: IMG-1.jpg (bestand bijgevoegd)\n`;
  const bytes = craftZip({
    entries: [
      { name: '_chat.txt', data: text },
      { name: 'IMG-1.jpg', data: 'foto' },
    ],
  });
  return (await handIn(services, { fileName: 'a.zip', bytes, caseIds: [caseId] })).id;
}

async function place(caseId: string): Promise<HoldId> {
  const placed = await placeHold(services, keeper, { reason: 'by-hand', note: null, scope: { caseIds: [CaseId.parse(caseId)] } });
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
