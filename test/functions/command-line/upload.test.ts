// `woordspoor upload` and `verify` as a person runs them, against the whole embedded ground.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ZipFile } from 'yazl';
import { type Ground, startGround } from '#infra/local/start-ground.ts';
import { type Ended, type ProgramOptions, runProgram, startProxy } from './program.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'whatsapp');
// Each run is a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let [ground, base] = [undefined as unknown as Ground, ''];
let made = 0;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'woordspoor-command-'));
  ground = await startGround({ port: 0, folder: join(base, 'data'), empty: true, today: null });
});
afterAll(async () => {
  await ground.stop();
  await rm(base, { recursive: true, force: true });
});

const newLog = () => join(base, `puts-${++made}`);

async function newFolder(): Promise<string> {
  const folder = join(base, `map-${++made}`);
  await mkdir(folder);
  return folder;
}

/** A small export of its own: no two have the same bytes. */
function chat(lines = 3): string {
  const mark = randomBytes(6).toString('hex');
  return Array.from({ length: lines }, (_, at) => `2${at}-05-2022 10:0${at} - Aafke: bericht ${at} over ${mark}\n`).join('');
}

function as(client: string, options: ProgramOptions = {}): ProgramOptions {
  const environment = {
    WOORDSPOOR_SERVER: ground.publicUrl,
    WOORDSPOOR_CLIENT: `demo-${client}`,
    WOORDSPOOR_SECRET: 'demo',
    XDG_STATE_HOME: join(base, 'state'),
  };
  return { ...options, environment: { ...environment, ...options.environment } };
}

function run(args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  return runProgram(args, as('records-manager', options));
}

const bundleId = /bundle_[0-9A-Z]{26}/;
const lineOf = ({ lines }: Ended, name: string) => lines.find((line) => line.includes(`${name}: `));

/** 40 MiB of zip: a chat and a picture that does not pack. Three parts. */
async function largeExport(file: string): Promise<void> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(chat()), 'WhatsApp-chat met Bouw.txt');
  zip.addBuffer(randomBytes(40 * 2 ** 20), 'IMG-20220502-WA0001.jpg', { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

const partsIn = async (log: string) => (await readFile(log, 'utf8').catch(() => '')).split('\n').flatMap((line) => (line === '' ? [] : [line]));

describe('a folder of exports', () => {
  it('goes in whole: sub folders, names with emoji and odd bytes; hidden files and links are told and left', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'Bram 🎉', '.verborgen'), { recursive: true });
    await writeFile(join(folder, 'chat met Carla.txt'), chat());
    await writeFile(join(folder, 'Bram 🎉', 'WhatsApp-chat met 👩‍🚒.txt'), chat(2));
    await writeFile(Buffer.concat([Buffer.from(`${folder}/Ren`), Buffer.from([0xe9]), Buffer.from('.txt')]), chat());
    await writeFile(join(folder, '.DS_Store'), 'x');
    await writeFile(join(folder, 'Bram 🎉', '.verborgen', 'chat.txt'), chat());
    await symlink(join(folder, 'chat met Carla.txt'), join(folder, 'link.txt'));
    const ended = await run(['upload', folder, '--case', 'ZAAK-MAP', '--new-case']);
    expect([ended.code, ended.err.includes('3 bestanden naar')]).toEqual([0, true]);
    expect(lineOf(ended, 'chat met Carla.txt')).toMatch(/gelezen: 3 berichten.* \[bundle_/);
    expect(lineOf(ended, 'WhatsApp-chat met 👩‍🚒.txt')).toMatch(/Bram 🎉.*gelezen: 2 berichten/);
    expect(lineOf(ended, 'René.txt')).toContain('gelezen: 3 berichten');
    expect(lineOf(ended, '.DS_Store')).toContain('verborgen');
    expect(lineOf(ended, '.verborgen')).toContain('verborgen');
    expect(lineOf(ended, 'link.txt')).toContain('snelkoppeling');
    expect(ended.lines.at(-1)).toBe('3 bestanden: 3 gelezen. Overgeslagen: 3.');

    const status = await run(['status', '--case', 'ZAAK-MAP']);
    expect(status.lines.slice(0, -1).map((line) => /(chat met|WhatsApp-chat met|René)/.test(line))).toEqual([true, true, true]);
    expect([status.code, status.lines.at(-1)]).toEqual([0, '3 bundels: 3 gelezen en bewaard.']);

    const verified = await run(['verify', '--folder', folder, '--case', 'ZAAK-MAP', '--deep']);
    expect([verified.code, verified.lines.at(-1)]).toEqual([0, '3 bestanden bewaard en nagerekend, 0 niet in orde. Overgeslagen: 3.']);
    expect((await run(['verify', folder, '--case', 'ZAAK-ANDERS'])).code).toBe(1);
  });

  it('twice: the second time nothing is sent, with and without the journal', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'een.txt'), chat());
    await writeFile(join(folder, 'twee.txt'), chat());
    const log = newLog();
    expect((await run(['upload', folder, '--case', 'ZAAK-TWEE', '--new-case'], { watch: { log } })).code).toBe(0);
    expect(await partsIn(log)).toEqual(['whole 200', 'whole 200']);
    const second = await run(['upload', folder, '--case', 'ZAAK-TWEE'], { watch: { log } });
    expect([second.code, lineOf(second, 'een.txt')]).toEqual([0, expect.stringContaining('gelezen (was al verstuurd)')]);
    const elsewhere = await run(['upload', folder, '--case', 'ZAAK-TWEE', '--state', join(base, 'andere-plek')], { watch: { log } });
    expect([elsewhere.code, lineOf(elsewhere, 'twee.txt')]).toEqual([0, expect.stringMatching(/was er al: gelezen en bewaard, zaak ZAAK-TWEE\. \[bundle_/)]);
    expect(await partsIn(log)).toHaveLength(2);

    const other = await run(['upload', folder, '--case', 'ZAAK-MAP', '--new-case', '--json']);
    expect([other.code, other.lines.slice(0, 2).map((line) => JSON.parse(line))]).toMatchObject([
      1,
      [{ outcome: 'other-case', caseIds: ['ZAAK-TWEE'] }, { outcome: 'other-case' }],
    ]);
    // Somebody else's file: that it is there is told, not where.
    const strange = await runProgram(['upload', folder, '--case', 'ZAAK-TWEE'], as('employee'));
    expect([strange.code, lineOf(strange, 'een.txt')]).toEqual([0, expect.stringMatching(/ingeleverd door een ander.*bundle_/)]);
  });

  it('says which file is empty, no chat, the same as another, or asks a question; and how that ends', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'a-leeg.txt'), '');
    await writeFile(join(folder, 'b-foto.jpg'), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(200)]));
    await copyFile(join(fixtures, 'one-day.txt'), join(folder, 'c-vraag.txt'));
    await copyFile(join(fixtures, 'one-day.txt'), join(folder, 'd-dubbel.txt'));
    await copyFile(join(fixtures, 'misfit.txt'), join(folder, 'e-twijfel.txt'));
    const ended = await run(['upload', folder, '--case', 'ZAAK-SOORTEN', '--new-case', '--parallel', '1']);
    expect(ended.code).toBe(1);
    expect(lineOf(ended, 'a-leeg.txt')).toContain('geweigerd. Het bestand is leeg');
    expect(lineOf(ended, 'b-foto.jpg')).toContain('geweigerd. Dit is een foto');
    expect(lineOf(ended, 'd-dubbel.txt')).toMatch(/hetzelfde bestand als .*c-vraag\.txt/);
    expect(lineOf(ended, 'e-twijfel.txt')).toMatch(/gelezen: 2 berichten; 2 twijfels: Een regel is niet begrepen/);
    const at = ended.lines.findIndex((line) => line.includes('c-vraag.txt: wacht op een antwoord'));
    const id = bundleId.exec(ended.lines[at] ?? '')?.[0];
    expect(ended.lines.slice(at + 1, at + 3)).toEqual([
      '    Vraag: Dag en maand zijn niet zeker. Kies hoe de datums gelezen moeten worden. (keuzes: dmy, mdy)',
      `    Antwoord geven: ${ground.publicUrl}/bundels/${id}`,
    ]);
    expect(ended.lines.at(-1)).toBe('5 bestanden: 1 gelezen, 1 wacht op een antwoord, 1 dubbel in deze map, 2 geweigerd.');
    const verified = await run(['verify', folder, '--json']);
    expect([verified.code, JSON.parse(verified.lines.at(-1) ?? '')]).toMatchObject([1, { verdicts: { kept: 1, absent: 2, 'not-read-yet': 2 } }]);
  });

  it('stops at a case that nobody knows, at a person that nobody knows, and at a path that is not there: nothing is sent', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'chat.txt'), chat());
    const log = newLog();
    const slip = await run(['upload', folder, '--case', 'ZAAK-TIKFUOT'], { watch: { log } });
    expect([slip.code, slip.err]).toEqual([2, expect.stringContaining('niet bekend: ZAAK-TIKFUOT')]);
    const nobody = await run(['upload', folder, '--case', 'ZAAK-X', '--new-case', '--custodian', 'Niemand Hier'], { watch: { log } });
    expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('sleutelpersoon vinden we niet')]);
    const nowhere = await run(['upload', join(folder, 'weg'), '--case', 'ZAAK-X', '--new-case'], { watch: { log } });
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('Dit bestaat niet')]);
    expect(await partsIn(log)).toEqual([]);
    expect((await run(['status', '--case', 'ZAAK-X'])).lines).toEqual(['0 bundels.']);
  });

  it('is handed in for a key person, by name', async () => {
    const token = await fetch(`${ground.publicUrl}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'demo-records-manager', client_secret: 'demo' }),
    });
    const { access_token } = (await token.json()) as { access_token: string };
    const call = async (path: string, body?: object) => {
      const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
      return (await fetch(`${ground.publicUrl}${path}`, { headers, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) })).json();
    };
    const { id } = (await call('/v1/custodians', { name: 'Ans Vertrekt', function: 'Wethouder' })) as { id: string };
    const folder = await newFolder();
    await writeFile(join(folder, 'chat.txt'), chat());
    const ended = await run(['upload', folder, '--case', 'ZAAK-VERTREK', '--new-case', '--custodian', 'ans vertrekt', '--no-wait', '--json']);
    expect([ended.code, JSON.parse(ended.lines[0] ?? '')]).toMatchObject([0, { outcome: 'sent' }]);
    expect(await call(`/v1/bundles/${JSON.parse(ended.lines[0] ?? '').bundleId}`)).toMatchObject({ custodianId: id });
  });
});

describe('a run that breaks', () => {
  it('killed halfway a large file: the next run sends the missing parts and no other', async () => {
    const folder = await newFolder();
    await largeExport(join(folder, 'groot.zip'));
    const [first, second] = [newLog(), newLog()];
    const args = ['upload', folder, '--case', 'ZAAK-GROOT', '--new-case', '--parallel', '1'];
    const killed = await run(args, { watch: { log: first, signalAtPut: [2, 'SIGKILL'] } });
    expect([killed.code, await partsIn(first)]).toEqual([null, ['1 200']]);
    const journal = (
      await Promise.all((await readdir(join(base, 'state/woordspoor'))).map((name) => readFile(join(base, 'state/woordspoor', name), 'utf8')))
    ).join('\n');
    expect(journal).toContain('"number":1');
    expect(journal).not.toMatch(/groot\.zip|Aafke|Bouw/);
    const resumed = await run(args, { watch: { log: second } });
    expect(await partsIn(second)).toEqual(['2 200', '3 200']);
    expect([resumed.code, lineOf(resumed, 'groot.zip')]).toEqual([0, expect.stringMatching(/gelezen: 3 berichten[,;]/)]);
    expect((await run(['verify', folder, '--deep'])).lines.at(-1)).toBe('1 bestand bewaard en nagerekend, 0 niet in orde.');
  });

  it('stopped by Ctrl-C: says so, ends with 130, and goes on the next time', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'a.txt'), chat());
    await writeFile(join(folder, 'b.txt'), chat());
    const [first, second] = [newLog(), newLog()];
    const args = ['upload', folder, '--case', 'ZAAK-STOP', '--new-case', '--parallel', '1'];
    const stopped = await run(args, { watch: { log: first, signalAtPut: [2, 'SIGINT'] } });
    expect([stopped.code, stopped.err, stopped.lines.at(-1)]).toEqual([
      130,
      expect.stringContaining('Gestopt. Wat al is verstuurd'),
      expect.stringMatching(/^2 bestanden: .*niet afgerond/),
    ]);
    expect(await partsIn(first)).toEqual(['whole 200']);
    const resumed = await run(args, { watch: { log: second } });
    expect([resumed.code, await partsIn(second)]).toEqual([0, ['whole 200']]);
    expect(resumed.lines.at(-1)).toMatch(/^2 bestanden: 2 gelezen\./);
  });

  it('announced, and its journal lost: the file goes under the bundle that was announced', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'a.txt'), chat());
    const args = ['upload', folder, '--case', 'ZAAK-KWIJT', '--new-case'];
    const killed = await run([...args, '--state', join(base, 'kwijt')], { watch: { log: newLog(), signalAtPut: [1, 'SIGKILL'] } });
    expect(killed.code).toBe(null);
    const announced = await run(['status', '--case', 'ZAAK-KWIJT', '--json']);
    const resumed = await run(args);
    expect([resumed.code, bundleId.exec(lineOf(resumed, 'a.txt') ?? '')?.[0]]).toEqual([0, JSON.parse(announced.lines[0] ?? '').id]);
  });

  it.each([
    ['small', () => chat(), 'gelezen: 3 berichten'],
    ['large', () => randomBytes(17 * 2 ** 20), 'geweigerd'],
  ])('a %s file that grows while it goes is not handed in; when it has grown out, it is', async (_size, bytes, afterwards) => {
    const file = join(await newFolder(), 'groeit.txt');
    await writeFile(file, bytes());
    const [log, args] = [newLog(), ['upload', file, '--case', 'ZAAK-GROEIT', '--new-case']];
    const growing = await run(args, { watch: { log, growAtAnnouncement: file } });
    expect([growing.code, lineOf(growing, 'groeit.txt')]).toEqual([1, expect.stringContaining('veranderde tijdens het inleveren')]);
    expect(lineOf(await run(args), 'groeit.txt')).toContain(afterwards);
  });
});

describe('a network with troubles', () => {
  it('busy, cut off, and an answer that is lost: it goes on, and the file is there once', async () => {
    const seen = new Map<string, number>();
    const proxy = await startProxy(ground.publicUrl, ({ method, url }) => {
      const what = `${method} ${url?.replace(/bundle_\w+/, '')}`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
      if (seen.get(what) !== 1) return null;
      if (what === 'POST /oidc/token') return 'cut';
      if (what === 'GET /v1/me') return 'busy';
      return what === 'POST /v1/bundles' ? 'lose-answer' : null;
    });
    const folder = await newFolder();
    await writeFile(join(folder, 'a.txt'), chat());
    const ended = await run(['upload', folder, '--case', 'ZAAK-NET', '--new-case'], { environment: { WOORDSPOOR_SERVER: proxy.url } });
    await proxy.stop();
    expect([ended.code, lineOf(ended, 'a.txt')]).toEqual([0, expect.stringContaining('gelezen: 3 berichten')]);
    expect(seen.get('POST /v1/bundles')).toBe(2);
    expect((await run(['status', '--case', 'ZAAK-NET'])).lines.at(-1)).toBe('1 bundel: 1 gelezen en bewaard.');
  });

  it('nobody there: tries again, says so, and ends with 1', async () => {
    const proxy = await startProxy(ground.publicUrl, () => null);
    await proxy.stop();
    const ended = await run(['status', '--retries', '1'], { environment: { WOORDSPOOR_SERVER: proxy.url } });
    expect([ended.code, ended.out]).toEqual([1, '']);
    expect(ended.err).toMatch(/nieuwe poging[\s\S]*niet te bereiken \(ECONNREFUSED\)/);
  });

  it('a token that ends on the way is fetched anew', async () => {
    let refusals = 0;
    let tokens = 0;
    const proxy = await startProxy(ground.publicUrl, ({ url, headers }) => {
      if (url === '/oidc/token') tokens++;
      // Spoils the token of the first question.
      if (url?.startsWith('/v1/bundles') === true && refusals++ === 0) headers.authorization = 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.x';
      return null;
    });
    const ended = await run(['status', '--case', 'ZAAK-MAP'], { environment: { WOORDSPOOR_SERVER: proxy.url } });
    await proxy.stop();
    expect([ended.code, tokens]).toEqual([0, 2]);
  });
});
