// The machine dies after each single write of the intake, and the work is delivered again: the end is the same as if nothing had happened.
import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { segmentsOf } from '#core/search/segment-list.ts';
import { answerQuestion } from '#flow/answer-question.ts';
import { leaseMs } from '#flow/ingest-lease.ts';
import { registerBundle } from '#flow/register-bundle.ts';
import type { Services } from '#runtime/services.ts';
import { mmsElement, smsElement } from '#test/fixtures/sms-elements.ts';
import { androidChat, undecidedChat } from '#test/fixtures/whatsapp-lines.ts';
import { craftZip } from '#test/fixtures/zip/craft-zip.ts';
import { breakAfterWrite } from '#test/support/breaking-services.ts';
import { type Engines, startEngines } from '#test/support/engines.ts';
import { arrive, employee, handIn, servicesOn, sha256Of } from '#test/support/handed-in.ts';

let engines: Engines;
let services: Services;
let count = 0;

beforeAll(async () => {
  engines = await startEngines();
  services = servicesOn(engines);
});
afterAll(() => engines.stop());

/** As much later as a dead machine's lease lasts. */
function later(base: Services): Services {
  return { ...base, clock: { ...base.clock, epochMs: () => base.clock.epochMs() + leaseMs + 1000 } };
}

/** The same length and words each time, other bytes. */
const unique = () => `nummer${String(++count).padStart(6, '0')}`;

async function keysOf(table: string, pk: string): Promise<string[]> {
  const { Items } = await engines.dynamo.send(
    new QueryCommand({ TableName: table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }),
  );
  return (Items ?? []).map((item) => String(item['sk']));
}

/** All that there is of a bundle in every store, with its own id and word left out. */
async function remains(id: string, sha256: string): Promise<unknown> {
  const bare = (text: string) => text.replaceAll(id, '<id>').replaceAll(id.slice('bundle_'.length), '<ulid>');
  const head = await services.bundles.get(id);
  const { tables } = engines.config;
  const scan = await engines.dynamo.send(new ScanCommand({ TableName: tables.index, ProjectionExpression: 'pk, sk' }));
  const segments = (scan.Items ?? []).filter((item) => `${item['pk']} ${item['sk']}`.includes(id.slice('bundle_'.length)));
  const versions: string[] = [];
  for await (const version of services.vault.listVersions(id)) versions.push(bare(version.key));
  return {
    head:
      head === null
        ? null
        : {
            state: head.state,
            counts: head.counts,
            period: head.period,
            lease: head.lease ?? null,
            problem: head.problem?.code ?? null,
            doubts: head.doubts.map((doubt) => doubt.code),
          },
    filed: head === null ? undefined : segmentsOf(head).length,
    items: (await keysOf(tables.catalogue, `BUNDLE#${id}`)).map(bare),
    links: (await keysOf(tables.catalogue, 'CASE#ZAAK-1')).some((sk) => sk.includes(id)),
    claim: (await services.bundles.claimant(sha256)) === id,
    index: segments
      .filter((item) => !String(item['pk']).startsWith('drawer:') && !String(item['pk']).startsWith('places:'))
      .map((item) => bare(`${item['pk']} ${item['sk']}`))
      .sort(),
    drawers: segments.some((item) => String(item['pk']).startsWith('drawer:')),
    conversations: (await services.index.listConversations(id)).map(({ n, counts }) => [n, counts.records]),
    attachments: (await services.index.listAttachments(id)).map(({ n, name }) => [n, name]),
    name: (await services.index.getNames(id))?.fileName,
    versions: versions.sort(),
    upload: (await services.intake.head(id))?.size,
    events: (await services.audit.list({ object: id, limit: 100, next: null })).items.map((event) => event.action).sort(),
  };
}

const photo = '13-02-2024 09:00 - Noor: IMG-1.jpg (bestand bijgevoegd)\n';
const uploads: Readonly<Record<string, () => { readonly fileName: string; readonly bytes: Uint8Array | string }>> = {
  'a chat as text': () => ({ fileName: 'a.txt', bytes: androidChat(20, (i) => (i === 0 ? unique() : `regel ${i}`)) }),
  'a zip with a photo': () => ({
    fileName: 'a.zip',
    bytes: craftZip({
      entries: [
        { name: '_chat.txt', data: `${androidChat(5, () => unique())}${photo}` },
        { name: 'IMG-1.jpg', data: 'foto' },
      ],
    }),
  }),
  'a backup of two parties with a picture': () => ({
    fileName: 'sms.xml',
    bytes: `<smses count="2">\n${mmsElement({ data: Buffer.from(unique()).toString('base64') })}\n${smsElement({ address: 'Gemeente' })}\n</smses>\n`,
  }),
  'a file that is refused': () => ({ fileName: 'brief.txt', bytes: `Geachte heer ${unique()}\n` }),
  'a chat that raises a question': () => ({ fileName: 'vraag.txt', bytes: undecidedChat.replaceAll('bericht', unique()) }),
};

async function uploaded(name: string): Promise<{ readonly id: string; readonly sha256: string }> {
  const { id, sha256 } = await handIn(services, { ...uploads[name]!(), caseIds: ['ZAAK-1'] });
  return { id, sha256 };
}

describe('ingest', () => {
  test.each(Object.keys(uploads))(
    'of %s ends the same, whichever write was the last before the machine died',
    async (name) => {
      const whole = await uploaded(name);
      const counted = breakAfterWrite(servicesOn(engines), 0);
      await arrive(counted.services, whole.id);
      const expected = await remains(whole.id, whole.sha256);
      expect(counted.writes()).toBeGreaterThan(5);

      for (let n = 1; n <= counted.writes(); n++) {
        const { id, sha256 } = await uploaded(name);
        const { services: dying } = breakAfterWrite(servicesOn(engines), n);
        await expect(arrive(dying, id), `write ${n}`).rejects.toThrow();
        await arrive(later(services), id);
        expect(await remains(id, sha256), `write ${n}`).toEqual(expected);
        await arrive(later(services), id);
        expect(await remains(id, sha256), `write ${n}, delivered once more`).toEqual(expected);
      }
    },
    120_000,
  );

  test('of an answered question ends the same', async () => {
    const asked = async () => {
      const made = await uploaded('a chat that raises a question');
      await arrive(services, made.id);
      return made;
    };
    const whole = await asked();
    const counted = breakAfterWrite(servicesOn(engines), 0);
    await answerQuestion(counted.services, employee, whole.id, { code: 'date-order.ambiguous', choice: 'mdy' });
    await arrive(counted.services, whole.id);
    const expected = await remains(whole.id, whole.sha256);
    for (let n = 1; n <= counted.writes(); n++) {
      const { id, sha256 } = await asked();
      const { services: dying } = breakAfterWrite(servicesOn(engines), n);
      const road = async () => {
        await answerQuestion(dying, employee, id, { code: 'date-order.ambiguous', choice: 'mdy' });
        await arrive(dying, id);
      };
      await expect(road(), `write ${n}`).rejects.toThrow();
      await answerQuestion(services, employee, id, { code: 'date-order.ambiguous', choice: 'mdy' });
      await arrive(later(services), id);
      expect(await remains(id, sha256), `write ${n}`).toEqual(expected);
    }
  }, 120_000);
});

describe('registration', () => {
  const order = (text: string) => ({ fileName: 'a.txt', size: Buffer.byteLength(text), sha256: sha256Of(Buffer.from(text)), caseIds: [] });

  test('broken off after any write can be done again, and the file comes in', async () => {
    const counted = breakAfterWrite(servicesOn(engines), 0);
    const chat = () => androidChat(3, () => unique());
    await registerBundle(counted.services, employee, order(chat()));
    expect(counted.writes()).toBeGreaterThan(3);
    for (let n = 1; n <= counted.writes(); n++) {
      const text = chat();
      const { services: dying } = breakAfterWrite(servicesOn(engines), n);
      await expect(registerBundle(dying, employee, order(text)), `write ${n}`).rejects.toThrow();
      const again = await registerBundle(services, employee, order(text));
      const id = again.ok ? again.value.bundle.id : (again.fault.ids?.['bundleId'] ?? '');
      expect(await services.bundles.claimant(order(text).sha256), `write ${n}`).toBe(id);
      expect(await services.index.getNames(id), `write ${n}`).toMatchObject({ fileName: 'a.txt' });
      expect((await services.bundles.get(id))?.state).toBe('awaiting-upload');
    }
  });
});
