// The client of the case system against a small one that is as strict as the real ones: tokens, Accept-Crs, pages, ETags, and all that goes wrong.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeZgwClient, type ZgwClient } from '#store/zgw/zgw-client.ts';
import { zgwToken } from '#store/zgw/zgw-token.ts';
import { startZgwServer, type ZgwServer } from '#test/support/zgw-server.ts';

let server: ZgwServer;
let client: ZgwClient;
beforeAll(async () => {
  server = await startZgwServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.fail(null);
  server.asked.length = 0;
  client = makeZgwClient(server.config);
});

let numbered = 0;
const newNumber = () => `ZAAK-2026-${String(++numbered).padStart(4, '0')}`;

describe('a case by number', () => {
  it('is read with its result type and its row of the selection list', async () => {
    const number = newNumber();
    const url = server.addCase(number, { einddatum: '2026-02-28' });
    server.giveResult(url, { selectielijst: { nummer: '6.1', procestermijn: 'nihil' } });
    expect(await client.findCase(number)).toEqual({
      ok: true,
      value: {
        url,
        number,
        title: 'Aanvraag evenement',
        closedOn: '2026-02-28',
        nomination: null,
        actionDate: null,
        startDate: null,
        archiveStatus: 'to-archive',
        resultType: {
          nomination: 'destroy',
          period: 'P5Y',
          selection: { number: '6.1', processTerm: 'nil' },
          derivation: { kind: 'afgehandeld', characteristic: '', objectType: '', processPeriod: null },
        },
        mainCase: null,
        partCaseUrls: [],
        properties: [],
        objects: [],
        related: [],
        decisions: [],
      },
    });
  });

  it('is asked for with number and organisation, since the number alone may be of another', async () => {
    const number = newNumber();
    server.addCase(number, { bronorganisatie: '000000022' });
    expect(await client.findCase(number)).toEqual({ ok: false, trouble: 'zgw-not-found' });
    const url = server.addCase(number);
    expect(await client.findCase(number)).toMatchObject({ ok: true, value: { url } });
    server.addCase(number);
    expect(await client.findCase(number)).toEqual({ ok: false, trouble: 'zgw-ambiguous' });
  });

  it('reads on over every page', async () => {
    const number = newNumber();
    for (let i = 0; i < 5; i++) server.addCase(number);
    expect(await client.findCase(number)).toEqual({ ok: false, trouble: 'zgw-ambiguous' });
    expect(server.asked.map(({ path }) => new URL(path, 'http://x').searchParams.get('page'))).toEqual([null, '2', '3']);
  });

  it('leaves what it does not need unasked: an open case costs a request or two', async () => {
    const number = newNumber();
    server.giveResult(server.addCase(number), { afleidingswijze: 'eigenschap', datumkenmerk: 'einde' });
    await client.findCase(number);
    expect(server.asked.some(({ path }) => path.includes('zaakeigenschappen'))).toBe(false);
  });
});

describe('what the derivation needs', () => {
  const closed = (type: Parameters<ZgwServer['giveResult']>[1], more = {}) => {
    const url = server.addCase(newNumber(), { einddatum: '2026-02-28', ...more });
    server.giveResult(url, type);
    return url;
  };
  const read = async (url: string) => {
    const found = await client.readCase(url);
    if (!found.ok) throw new Error(found.trouble);
    return found.value;
  };

  it('hoofdzaak: the end of the main case', async () => {
    const hoofdzaak = server.addCase(newNumber(), { einddatum: '2026-05-31' });
    expect((await read(closed({ afleidingswijze: 'hoofdzaak' }, { hoofdzaak }))).mainCase).toEqual({ closedOn: '2026-05-31' });
    expect((await read(hoofdzaak)).partCaseUrls).toHaveLength(1);
  });

  it('eigenschap: the properties of the case', async () => {
    const url = closed({ afleidingswijze: 'eigenschap', datumkenmerk: 'einde' });
    server.addProperty(url, 'einde', '20270301');
    expect((await read(url)).properties).toEqual([{ name: 'einde', value: '20270301' }]);
  });

  it('zaakobject: the characteristic of each object of that kind, in the case or at its own address', async () => {
    const url = closed({ afleidingswijze: 'zaakobject', objecttype: 'overige', datumkenmerk: 'gegevens/einde' });
    const elsewhere = server.addCase(newNumber());
    server.addObject(url, 'overige', { gegevens: { einde: '2027-01-01' } });
    server.addObject(url, 'adres', { gegevens: { einde: '2030-01-01' } });
    server.addObject(url, 'overige', { gegevens: {} });
    server.addObject(url, 'overige', null, elsewhere);
    server.addObject(url, 'overige', null, 'https://elders.voorbeeld.example/objecten/1');
    expect((await read(url)).objects).toEqual(['2027-01-01', null, null, null]);
  });

  it('gerelateerde_zaak: the ends of the others; one in a system of others is not known', async () => {
    const other = server.addCase(newNumber(), { einddatum: '2026-09-09' });
    const url = closed({ afleidingswijze: 'gerelateerde_zaak' }, { relevant: [other, 'https://elders.voorbeeld.example/zaken/1'] });
    expect((await read(url)).related).toEqual([{ closedOn: '2026-09-09' }, { closedOn: null }]);
  });

  it('besluit: both its days', async () => {
    const url = closed({ afleidingswijze: 'vervaldatum_besluit' });
    server.addDecision(url, '2026-03-01', null);
    server.addDecision(url, '2026-03-01', '2031-03-01');
    expect((await read(url)).decisions).toEqual([
      { effectiveOn: '2026-03-01', lapsesOn: null },
      { effectiveOn: '2026-03-01', lapsesOn: '2031-03-01' },
    ]);
  });
});

describe('on the way', () => {
  it('makes a token for each request, fresh and of this client, and shows it to nobody else', async () => {
    const number = newNumber();
    server.giveResult(server.addCase(number), { selectielijst: { nummer: '6.1', procestermijn: 'nihil' } });
    await client.findCase(number);
    const bearer = (one: { headers: { authorization?: string | undefined } }) => one.headers.authorization;
    const [ours, theirs] = [
      server.asked.filter(({ path }) => !path.startsWith('/selectielijst')),
      server.asked.filter(({ path }) => path.startsWith('/selectielijst')),
    ];
    expect(ours.every((one) => bearer(one)?.startsWith('Bearer ey'))).toBe(true);
    expect(theirs.map(bearer)).toEqual([undefined]);
    const key = { clientId: 'a', secret: 'b' };
    expect(zgwToken(key, 1_000_000)).not.toBe(zgwToken(key, 2_000_000));
    expect(JSON.parse(Buffer.from(zgwToken(key, 1_000_000).split('.')[1] ?? '', 'base64url').toString())).toEqual({
      iss: 'a',
      iat: 999,
      client_id: 'a',
      user_id: 'woordspoor',
      user_representation: 'Woordspoor',
    });
  });

  it('asks with If-None-Match and takes 304 for what it had', async () => {
    const url = server.addCase(newNumber(), { einddatum: '2026-02-28' });
    server.giveResult(url);
    const first = await client.readCase(url);
    server.asked.length = 0;
    expect(await client.readCase(url)).toEqual(first);
    expect(server.asked.map(({ status }) => status)).toEqual([304, 304, 304]);
    server.changeCase(url, { einddatum: null });
    expect(await client.readCase(url)).toMatchObject({ ok: true, value: { closedOn: null } });
  });

  it.each([
    ['drop', 'zgw-unreachable'],
    [500, 'zgw-unreachable'],
    [503, 'zgw-unreachable'],
    [429, 'zgw-unreachable'],
    [401, 'zgw-denied'],
    [403, 'zgw-denied'],
    [404, 'zgw-not-found'],
    [410, 'zgw-not-found'],
    [400, 'zgw-not-understood'],
    [302, 'zgw-unreachable'],
    ['nonsense', 'zgw-not-understood'],
  ] as const)('%s is %s, and never half a case', { timeout: 20_000 }, async (how, trouble) => {
    const url = server.addCase(newNumber());
    server.fail(how);
    expect(await client.readCase(url)).toEqual({ ok: false, trouble });
  });

  it('asks again after a hitch', async () => {
    const url = server.addCase(newNumber());
    server.fail(503);
    setTimeout(() => server.fail(null), 100);
    expect(await client.readCase(url)).toMatchObject({ ok: true });
  });

  it('with a key that is not right is denied', async () => {
    const url = server.addCase(newNumber());
    expect(await makeZgwClient({ ...server.config, secret: 'anders' }).readCase(url)).toEqual({ ok: false, trouble: 'zgw-denied' });
  });

  it('does not follow an address of another house', async () => {
    for (const url of ['https://elders.voorbeeld.example/zaken/api/v1/zaken/1', `${server.config.zaken}/../../../geheim`, 'file:///etc/passwd', 'geen adres']) {
      expect(await client.readCase(url)).toEqual({ ok: false, trouble: 'zgw-not-understood' });
    }
    expect(server.asked).toEqual([]);
  });
});
