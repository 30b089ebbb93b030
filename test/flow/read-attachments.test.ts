// Words in attachments are found with their page; what cannot be read is a doubt; the work breaks off after every write and ends the same;
// a bundle that is destroyed meanwhile leaves nothing behind. On the engines, with files of our own making.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachmentLimits } from '#core/attachment/attachment-limits.ts';
import { readDocument } from '#core/attachment/read-document.ts';
import type { Bundle } from '#core/model/bundle.ts';
import { allSegments, isShelf } from '#core/search/attachment-shelf.ts';
import { segmentPlaceOf } from '#core/search/segment.ts';
import { attachmentLeaseMs } from '#flow/attachment-work.ts';
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { executeList } from '#flow/execute-destruction.ts';
import { nightlyUpkeep } from '#flow/nightly-upkeep.ts';
import { type NeedsReadAttachments, readAttachments } from '#flow/read-attachments.ts';
import type { Services } from '#runtime/services.ts';
import { cardFile, docxFile, mailFile, odtFile, pdfFile, pptxFile, xlsxFile } from '#test/fixtures/attachment-files.ts';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { breakAfterWrite } from '#test/support/breaking-services.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { ingested, type Sent, servicesOn, system } from '#test/support/handed-in.ts';
import { closedCase, confirmedList, drain, everythingStored, havingCase, lifecycleOn, night, proposedList } from '#test/support/lifecycle.ts';

let engines: Engines;
let services: Services & { readonly sent: Sent[] };
let count = 0;

beforeAll(async () => {
  engines = await startEngines();
  services = servicesOn(engines);
});
afterAll(() => engines.stop());

const all = { kind: 'all' } as const;
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]), Buffer.alloc(500, 7)]);
const small = { files: 2, units: 1_000_000, ms: 60_000 };

type Files = Readonly<Record<string, Uint8Array>>;

/** A chat of which every file is named by a message, but for those whose name begins with `los-`. */
function zipOf(files: Files): Uint8Array {
  const named = Object.keys(files).filter((name) => !name.startsWith('los-'));
  const lines = named.map((name, i) => `13-02-2024 10:${String(i).padStart(2, '0')} - Noor de Wit: ${name} (bestand bijgevoegd)\nbijschrift ${i}`);
  const text = `13-02-2024 09:00 - Joris Kamp: begin ${++count}\n${lines.join('\n')}\n`;
  return craftZip({ entries: [{ name: 'WhatsApp-chat met Wijkteam.txt', data: text }, ...Object.entries(files).map(([name, data]) => ({ name, data }))] });
}

async function havingFiles(files: Files, on: Services = services, caseIds: readonly string[] = []): Promise<Bundle> {
  const bundle = await ingested(on, { fileName: 'WhatsApp-chat met Wijkteam.zip', bytes: zipOf(files), caseIds });
  expect(bundle.state).toBe('indexed');
  return bundle;
}

function needs(on: Services, readText: NeedsReadAttachments['readText'] = readDocument): NeedsReadAttachments {
  return { ...on, readText };
}

const later = () => Date.now() + 3_600_000;
const read = (bundle: Bundle, on: NeedsReadAttachments = needs(services), until = later()) => readAttachments(on, system, bundle.id, until, small);

async function find(query: string, bundle: Bundle, on: Services = services) {
  const found = await on.searchMessages({ query, filters: { bundleIds: [bundle.id] }, order: 'oldest', facets: ['conversation', 'sender'] }, all);
  if (!found.ok) throw new Error(found.fault.code);
  return found.value;
}

const head = async (bundle: Bundle) => (await services.bundles.get(bundle.id)) as Bundle;
const codes = (bundle: Bundle) => bundle.doubts.filter(({ code }) => code.startsWith('attachment.')).map(({ code, count: times }) => [code, times]);

describe('words in attachments', () => {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await havingFiles({
      'besluit.pdf': await pdfFile({ pages: ['Inleiding over het park', 'De ontheffing voor de kademuur is verleend'] }),
      'notitie.docx': docxFile('Notitie over damwanden'),
      'begroting.xlsx': xlsxFile('Kosten', 'graafwerk'),
      'praatje.pptx': pptxFile('Welkom', 'vertel over baggeren'),
      'brief.odt': odtFile('Brief over duikers'),
      'bericht.eml': mailFile('Graag akkoord op het baggerwerk', docxFile('tekst van de sluiswachter'), 'inhoud.docx'),
      'Joris.vcf': cardFile('Joris Kamp'),
      'lijst.txt': Buffer.from('hoogwater en beschoeiing'),
      'los-rapport.txt': Buffer.from('niemand noemt dit meetrapport'),
    });
  });

  test('are asked for when the chat is indexed, and not found before they are read', async () => {
    expect(services.sent.filter(({ door, message }) => door === 'read-attachments' && message['bundleId'] === bundle.id)).toHaveLength(1);
    expect(bundle.attachmentText).toMatchObject({ state: 'reading', total: 9, read: 0 });
    expect((await find('kademuur', bundle)).total).toBe(0);
  });

  test('are found with file, page, the words around them and the message that carries the file', async () => {
    expect(await read(bundle)).toEqual({ kind: 'done' });
    const { total, inAttachments, items } = await find('kademuur', bundle);
    expect([total, inAttachments]).toEqual([1, 1]);
    expect(items[0]).toMatchObject({
      kind: 'attachment',
      attachment: { name: 'besluit.pdf', unit: 'page', number: 2, snippet: 'De ontheffing voor de kademuur is verleend', carried: true },
      conversation: { bundleId: bundle.id, n: 1, title: 'Wijkteam' },
      message: { ordinal: 1, sender: 'Noor de Wit', text: 'bijschrift 0', sentAt: { local: '2024-02-13T10:00' } },
      matched: ['kademuur'],
    });
    const [hit] = items;
    expect(hit?.attachment?.highlights.map(([from, to]) => hit.attachment?.snippet.slice(from, to))).toEqual(['kademuur']);
    expect(hit?.message.id).toBe(`${bundle.id}.1.1`);
  });

  test.each([
    ['damwanden', 'notitie.docx', 'part', 1],
    ['graafwerk', 'begroting.xlsx', 'sheet', 1],
    ['baggeren', 'praatje.pptx', 'slide', 1],
    ['duikers', 'brief.odt', 'part', 1],
    ['baggerwerk', 'bericht.eml', 'part', 1],
    ['sluiswachter', 'bericht.eml', 'part', 1],
    ['"Gemeente Waterstad"', 'Joris.vcf', 'part', 1],
    ['beschoeiing', 'lijst.txt', 'part', 1],
  ])('%s stands in %s', async (query, name, unit, number) => {
    const { items } = await find(query, bundle);
    expect(items.map(({ attachment }) => attachment)).toEqual([expect.objectContaining({ name, unit, number })]);
  });

  test('of a file that no message names are found too', async () => {
    const { items } = await find('meetrapport', bundle);
    expect(items).toEqual([expect.objectContaining({ conversation: { bundleId: bundle.id, n: 0, title: null } })]);
    expect(items[0]?.attachment).toMatchObject({ name: 'los-rapport.txt', carried: false });
  });

  test('count for their conversation and sender, and obey van:, in: and NIET', async () => {
    const { facets } = await find('kademuur', bundle);
    expect(facets?.conversation).toEqual([{ value: `${bundle.id}/1`, label: 'Wijkteam', messages: 1 }]);
    expect(facets?.sender).toEqual([{ value: 'Noor de Wit', messages: 1 }]);
    expect((await find('kademuur van:noor', bundle)).total).toBe(1);
    expect((await find('kademuur van:joris', bundle)).total).toBe(0);
    expect((await find('kademuur in:wijkteam', bundle)).total).toBe(1);
    expect((await find('ontheffing NIET kademuur', bundle)).total).toBe(0);
  });

  test('are found with bijlage:, and by words that only the dictionary can name', async () => {
    expect(await find('bijlage:kademuur', bundle)).toMatchObject({ total: 1, inAttachments: 1 });
    expect(await find('bijlage:besluit', bundle)).toMatchObject({ total: 1, inAttachments: 0 });
    expect(await find('kademu*', bundle)).toMatchObject({ total: 1, inAttachments: 1 });
    expect(await find('*emuur', bundle)).toMatchObject({ total: 1, inAttachments: 1 });
    expect(await find('ontheffing NABIJ/3 kademuur', bundle)).toMatchObject({ total: 1, inAttachments: 1 });
  });

  test('are no answer to a question that asks for no word: those are about messages', async () => {
    const messages = bundle.counts?.records ?? 0;
    expect(await find('', bundle)).toMatchObject({ total: messages, inAttachments: 0 });
    expect(await find('van:noor', bundle)).toMatchObject({ total: messages - 1, inAttachments: 0 });
    expect(await find('NIET kademuur', bundle)).toMatchObject({ total: messages, inAttachments: 0 });
  });

  test('are told on the head, and a second delivery changes nothing', async () => {
    const before = await head(bundle);
    expect(before.attachmentText).toMatchObject({ state: 'done', total: 9, read: 9, withText: 9, lease: null });
    expect(before.doubts.filter(({ code }) => code.startsWith('attachment.'))).toEqual([]);
    expect(await read(bundle)).toEqual({ kind: 'nothing' });
    expect((await head(bundle)).rev).toBe(before.rev);
    expect(await services.pending.get('attachments', bundle.id)).toBeNull();
    const events = (await services.audit.list({ object: bundle.id, limit: 100, next: null })).items.map(({ action }) => action);
    expect(events.filter((action) => action === 'bundle.read-attachments')).toHaveLength(1);
  });
});

describe('what cannot be read', () => {
  test('is a doubt, the rest is read, and the bundle stays as it was', async () => {
    const bundle = await havingFiles({
      'geheim.pdf': await pdfFile({ pages: ['geheim'], password: 'x' }),
      'kapot.pdf': Buffer.from('%PDF-1.7 kapot'),
      'scan.pdf': await pdfFile({ pages: [''] }),
      'slot.odt': odtFile('geheim', true),
      'pak.zip': craftZip({ entries: [{ name: 'a.txt', data: 'x' }] }),
      'foto.jpg': jpeg,
      'spraak.opus': Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead'), Buffer.alloc(100)]),
      'goed.txt': Buffer.from('leesbare woorden'),
    });
    const readText: NeedsReadAttachments['readText'] = async (kind, bytes) =>
      kind === 'picture' ? { ok: false, reason: 'no-text' } : readDocument(kind, bytes);
    expect(await read(bundle, needs(services, readText))).toEqual({ kind: 'done' });
    const after = await head(bundle);
    expect(after.state).toBe('indexed');
    expect(after.attachmentText).toMatchObject({ read: 8, withText: 1 });
    expect(codes(after).sort()).toEqual([
      ['attachment.damaged', 1],
      ['attachment.encrypted', 2],
      ['attachment.no-text', 1],
      ['attachment.text-not-read', 1],
    ]);
    const places = [];
    for (let next = null, more = true; more; more = next !== null) {
      const page = await services.bundles.listDoubts(bundle.id, next);
      places.push(...page.items);
      next = page.next as null;
    }
    expect(places.filter(({ code }) => code === 'attachment.encrypted').map(({ evidence }) => evidence)).toHaveLength(2);
    expect((await find('leesbare', bundle)).total).toBe(1);
    expect(await services.index.getAttachmentText(bundle.id, 1)).toMatchObject({ outcome: 'encrypted' });
  });

  test('because it is too large is not even taken into memory', async () => {
    const bundle = await havingFiles({ 'groot.txt': Buffer.from('in het archief staat dat dit groter is') });
    const listAttachments: typeof services.index.listAttachments = async (id) =>
      (await services.index.listAttachments(id)).map((file) => ({ ...file, size: attachmentLimits.documentBytes + 1 }));
    let opened = 0;
    const readText: NeedsReadAttachments['readText'] = async () => {
      opened++;
      return { ok: false, reason: 'damaged' };
    };
    await read(bundle, { ...needs(services, readText), index: { ...services.index, listAttachments } });
    expect(opened).toBe(0);
    expect(codes(await head(bundle))).toEqual([['attachment.too-large-to-read', 1]]);
  });

  test('because the machine died over it twice is passed over the third time', async () => {
    const bundle = await havingFiles({
      'eerst.txt': Buffer.from('eerste woorden'),
      'gif.pdf': Buffer.from('%PDF-1.4'),
      'laatst.txt': Buffer.from('laatste woorden'),
    });
    let deaths = 0;
    let passed = 0;
    const clock = { ...services.clock, epochMs: () => services.clock.epochMs() + passed };
    for (;;) {
      // Nothing that dies says so: whatever comes after is lost, and the lease runs out.
      const dying = servicesOn(engines);
      let dead = false;
      const silent =
        <A extends readonly unknown[], R>(work: (...given: A) => Promise<R>) =>
        async (...given: A): Promise<R> => {
          if (dead) return new Promise<R>(() => undefined);
          return work(...given);
        };
      const bundles = { ...dying.bundles, get: silent(dying.bundles.get), patch: silent(dying.bundles.patch) };
      const died = new Promise<'died'>((resolve) => {
        const readText: NeedsReadAttachments['readText'] = (kind, bytes) => {
          if (kind !== 'pdf') return readDocument(kind, bytes);
          deaths++;
          dead = true;
          resolve('died');
          return new Promise(() => undefined);
        };
        void read(bundle, { ...needs(dying, readText), bundles, clock }).then((outcome) => resolve(outcome.kind as never));
      });
      const end = await died;
      if (end !== 'died') {
        expect(end).toBe('done');
        break;
      }
      expect(await read(bundle, { ...needs(services), clock })).toMatchObject({ kind: 'busy' });
      passed += attachmentLeaseMs + 1;
    }
    expect(deaths).toBe(2);
    expect(codes(await head(bundle))).toEqual([['attachment.reading-stopped', 1]]);
    expect((await find('woorden', bundle)).total).toBe(2);
  }, 60_000);
});

describe('long work', () => {
  const files = () => Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`deel-${i}.txt`, Buffer.from(`gezamenlijk stuk${i}`)]));

  test('is handed on when time is up, and goes on where it stopped', async () => {
    const bundle = await havingFiles(files());
    let looked = 0;
    const counting: NeedsReadAttachments['readText'] = (kind, bytes) => {
      looked++;
      return readDocument(kind, bytes);
    };
    let now = Date.now();
    const clock = { ...services.clock, epochMs: () => now };
    const ticking: NeedsReadAttachments['readText'] = (kind, bytes) => {
      now += 1000;
      return counting(kind, bytes);
    };
    expect(await read(bundle, { ...needs(services, ticking), clock }, now + 2500)).toEqual({ kind: 'more' });
    expect((await head(bundle)).attachmentText).toMatchObject({ state: 'reading', read: 3, total: 5, lease: null });
    expect((await find('gezamenlijk', bundle)).total).toBe(3);
    expect(await read(bundle, { ...needs(services, ticking), clock })).toEqual({ kind: 'done' });
    expect(looked).toBe(5);
    expect((await find('gezamenlijk', bundle)).total).toBe(5);
  });

  test('that was forgotten is sent again by the night', async () => {
    const bundle = await havingFiles(files());
    const life = lifecycleOn(engines, '2026-03-02');
    life.pass(2 * 3_600_000);
    expect((await nightlyUpkeep(life.house, night))['attachments']).toBeGreaterThan(0);
    expect(life.sent).toContainEqual(expect.objectContaining({ door: 'read-attachments', message: { bundleId: bundle.id } }));
  });

  test('ends the same, whichever write was the last before the machine died', async () => {
    const loaded = async () =>
      havingFiles({
        'a.pdf': await pdfFile({ pages: ['kademuur een', 'kademuur twee'] }),
        'b.pdf': Buffer.from('%PDF kapot'),
        'los-c.txt': Buffer.from('kademuur drie'),
      });
    const remains = async (bundle: Bundle) => {
      const after = await head(bundle);
      const listed = (await services.index.listSegments(bundle.id)).map(({ id }) => id).sort();
      return {
        // Where a file came under suspicion the batches are cut elsewhere.
        reading: { ...after.attachmentText, batches: 0, segments: '' },
        known:
          allSegments(after)
            .map(({ id }) => id)
            .sort()
            .join() === listed.join(),
        doubts: codes(after),
        found: (await find('kademuur', bundle)).items.map(({ attachment }) => [attachment?.name, attachment?.number]),
        pending: await services.pending.get('attachments', bundle.id),
        events: (await services.audit.list({ object: bundle.id, limit: 100, next: null })).items.map(({ action }) => action).sort(),
      };
    };
    const whole = await loaded();
    const counted = breakAfterWrite(servicesOn(engines), 0);
    expect(await read(whole, needs(counted.services))).toEqual({ kind: 'done' });
    const expected = await remains(whole);
    expect(expected.found).toHaveLength(3);
    expect(counted.writes()).toBeGreaterThan(15);
    const afterwards = { ...services.clock, epochMs: () => services.clock.epochMs() + attachmentLeaseMs + 1000 };
    for (let n = 1; n <= counted.writes(); n++) {
      const bundle = await loaded();
      const { services: dying } = breakAfterWrite(servicesOn(engines), n);
      await expect(read(bundle, needs(dying)), `write ${n}`).rejects.toThrow();
      await read(bundle, { ...needs(services), clock: afterwards });
      expect(await remains(bundle), `write ${n}`).toEqual(expected);
    }
  }, 240_000);
});

describe('a bundle that is destroyed', () => {
  async function ready(word: string) {
    const life = lifecycleOn(engines, '2026-03-02');
    const caseId = await havingCase(life.house, closedCase('2025-03-01', { selection: '6.2' }));
    const bundle = await havingFiles(
      { 'a.txt': Buffer.from(`${word} in tekst`), 'b.pdf': Buffer.from('%PDF kapot'), 'los-c.txt': Buffer.from(`${word} los`) },
      life.house,
      [caseId],
    );
    return { life, bundle };
  }

  async function executing({ life, bundle }: Awaited<ReturnType<typeof ready>>) {
    const list = await confirmedList(life.house, (await proposedList(life.house, bundle.id)).id);
    life.setToday('2026-03-20');
    await executeList(life.house, night, list.id);
    return list;
  }

  test('takes the text of its attachments with it: nothing of a planted word is left in any store', async () => {
    const world = await ready('zeldzaamwoord');
    await read(world.bundle, needs(world.life.house));
    expect((await find('zeldzaamwoord', world.bundle, world.life.house)).total).toBe(2);
    expect(await everythingStored(engines)).toContain('zeldzaamwoord');
    await executing(world);
    await drain(world.life);
    const after = await head(world.bundle);
    expect(after.state).toBe('destroyed');
    expect(after.attachmentText).toBeUndefined();
    expect(await everythingStored(engines)).not.toContain('zeldzaamwoord');
    expect(await read(world.bundle)).toEqual({ kind: 'nothing' });
    expect(await services.pending.get('attachments', world.bundle.id)).toBeNull();
  }, 60_000);

  test('while its attachments are read leaves nothing behind, whichever write came before', async () => {
    const counted = await ready('proefwoord');
    const counting = breakAfterWrite(servicesOn(engines), 0);
    await read(counted.bundle, needs(counting.services));
    const writes = counting.writes();
    expect(writes).toBeGreaterThan(10);
    for (let n = 1; n <= writes; n++) {
      const word = `weesgeval${String(n).padStart(3, '0')}`;
      const world = await ready(word);
      const list = await executing(world);
      world.life.sent.length = 0;
      // Right after the n-th write of the reader the bundle goes to be destroyed, as far as that can come while the reader works.
      const meddled = breakAfterWrite(servicesOn(engines), n, async () => {
        const outcome = await destroyBundle(world.life.house, night, list.id, world.bundle.id);
        expect(['waits', 'destroyed'], `write ${n}`).toContain(outcome);
      });
      const outcome = await read(world.bundle, needs(meddled.services));
      expect(['done', 'nothing'], `write ${n}`).toContain(outcome.kind);
      await drain(world.life);
      expect((await head(world.bundle)).state, `write ${n}`).toBe('destroyed');
      expect(await services.pending.get('attachments', world.bundle.id), `write ${n}`).toBeNull();
    }
    expect([...new Set((await everythingStored(engines)).match(/weesgeval\d+/g) ?? [])]).toEqual([]);
  }, 240_000);

  test('is rid even of what a reader wrote that stood still until all was gone', async () => {
    const world = await ready('nazorg');
    await read(world.bundle, needs(world.life.house));
    const shelf = allSegments(await head(world.bundle)).filter(({ id }) => isShelf(segmentPlaceOf(id).n));
    expect(shelf).not.toEqual([]);
    await executing(world);
    await drain(world.life);
    await services.index.putAttachmentTexts(world.bundle.id, [{ file: 1, outcome: 'read' }]);
    await read(world.bundle);
    expect(await services.index.verifyBundleAbsent(world.bundle.id, shelf)).toBe(true);
  }, 60_000);
});
