// `woordspoor search`, `verify --audit` and what goes wrong before anything starts; npx itself, and an older node.
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accessOptions, commandNames, commandOptions, readCommand } from '#functions/command-line/command.ts';
import { type Ground, startGround } from '#infra/local/start-ground.ts';
import { type Ended, type ProgramOptions, runProgram } from './program.ts';

const root = join(import.meta.dirname, '..', '..', '..');
// Each run is a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let [ground, base] = [undefined as unknown as Ground, ''];
const lines = 450;

function as(client: string, args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  const environment = {
    WOORDSPOOR_SERVER: ground.publicUrl,
    WOORDSPOOR_CLIENT: `demo-${client}`,
    WOORDSPOOR_SECRET: 'demo',
    XDG_STATE_HOME: join(base, 'state'),
  };
  return runProgram(args, { ...options, environment: { ...environment, ...options.environment } });
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'woordspoor-command-'));
  ground = await startGround({ port: 0, folder: join(base, 'data'), empty: true, today: null });
  const minute = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  const chat = Array.from({ length: lines }, (_, at) => `14-05-2022 ${minute(at)} - Aafke: vergunning nummer ${at}\n`);
  chat.push('15-05-2022 10:00 - Bram: =SOM(A1) "kap"; klaar\n', '15-05-2022 10:01 - Bram: 👍 \u001b[31m rood\nen verder\n');
  await writeFile(join(base, 'WhatsApp-chat met Bouw.txt'), chat.join(''));
  await as('employee', ['upload', join(base, 'WhatsApp-chat met Bouw.txt'), '--case', 'ZAAK-ZOEK', '--new-case']);
});
afterAll(async () => {
  await ground.stop();
  await rm(base, { recursive: true, force: true });
});

describe('a search', () => {
  it('gives every match, page after page, with the exact total', async () => {
    const found = await as('woo-coordinator', ['search', 'vergunning']);
    expect([found.code, found.lines.length, found.lines.at(-1)]).toEqual([0, lines + 1, '450 resultaten.']);
    expect(found.lines[0]).toMatch(/^2022-05-14 07:29 {2}Aafke \(Bouw\): vergunning nummer 449 {2}\[bundle_\w+\/1\/449\]$/);
    expect(new Set(found.lines).size).toBe(lines + 1);
    const none = await as('woo-coordinator', ['search', 'vergunning', '--case', 'ZAAK-ANDERS']);
    expect([none.code, none.out]).toEqual([0, '0 resultaten.\n']);
    const day = await as('woo-coordinator', ['search', 'vergunning OF klaar', '--from', '2022-05-15', '--to', '2022-05-15']);
    expect(day.lines.at(-1)).toBe('1 resultaat.');
    expect((await as('employee-2', ['search', 'vergunning'])).lines).toEqual(['0 resultaten.']);
  });

  it('as JSON and as CSV: whole, and harmless in a spreadsheet and a terminal', async () => {
    const json = await as('woo-coordinator', ['search', '-', '--json', '--oldest'], { input: 'vergunning\n' });
    const answer = JSON.parse(json.out) as { total: number; items: { message: { ordinal: number } }[] };
    expect([answer.total, answer.items.map(({ message }) => message.ordinal)]).toEqual([lines, Array.from({ length: lines }, (_, at) => at)]);
    const csv = await as('woo-coordinator', ['search', 'klaar', '--csv']);
    expect(csv.out.startsWith('\ufeff"tijd";"afzender";"gesprek";"tekst"')).toBe(true);
    expect([csv.out.includes(`"'=SOM(A1) ""kap""; klaar"`), csv.err]).toEqual([true, '1 resultaat.\n']);
    const red = await as('woo-coordinator', ['search', 'rood']);
    expect([red.out.includes('\u001b'), red.lines[0]?.includes('rood ⏎ en verder')]).toEqual([false, true]);
  });

  it('shows where a query goes wrong, under the query', async () => {
    const wrong = await as('woo-coordinator', ['search', '👍 EN vergunning EN (kap']);
    expect([wrong.code, wrong.out]).toEqual([1, '']);
    const [title, query, caret, why] = wrong.err.split('\n');
    expect([title, query, why]).toEqual(['De zoekvraag klopt niet', '  👍 EN vergunning EN (kap', '  Het haakje wordt niet gesloten.']);
    // The thumb takes two columns and two units.
    expect(caret?.indexOf('^')).toBe(2 + '👍 EN vergunning EN '.length);
  });

  it('is refused to who may not search', async () => {
    const refused = await as('records-manager', ['search', 'vergunning']);
    expect([refused.code, refused.err]).toEqual([1, 'Deze client mag dit niet. Vraag uw beheerder om een andere rol.\n']);
  });
});

describe('the log', () => {
  it('is verified by the auditor, and by nobody else', async () => {
    const verified = await as('auditor', ['verify', '--audit']);
    expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/^Logboek klopt: .* nog geen dag is verzegeld/)]);
    expect((await as('employee', ['verify', '--audit'])).code).toBe(1);
  });
});

describe('before anything starts', () => {
  it('a wrong secret is told, and the secret is not', async () => {
    const wrong = await as('employee', ['status'], { environment: { WOORDSPOOR_SECRET: 'geheim-dat-niet-klopt' } });
    expect([wrong.code, wrong.err]).toEqual([1, 'Het archief kent deze client niet, of het geheim klopt niet.\n']);
    expect((await as('niemand', ['status'])).code).toBe(1);
  });

  it('the secret comes from a file or from standard input as well', async () => {
    const file = join(base, 'geheim');
    await writeFile(file, 'demo\n');
    await chmod(file, 0o600);
    const environment = { WOORDSPOOR_SECRET: '' };
    expect((await as('employee', ['status', '--secret-file', file], { environment })).lines.at(-1)).toBe('1 bundel: 1 gelezen en bewaard.');
    expect((await as('employee', ['status', '--secret-stdin'], { environment, input: 'demo' })).code).toBe(0);
    const without = await as('employee', ['status'], { environment });
    expect([without.code, without.err]).toEqual([2, expect.stringContaining('Geef het geheim')]);
  });

  it.each([
    [[], 'Geef een opdracht'],
    [['delete'], 'Deze opdracht kennen we niet'],
    [['upload'], 'Noem een map of een bestand'],
    [['upload', '.'], 'Geef met --case de zaak'],
    [['upload', '.', '--case', 'a b'], 'Een zaaknummer heeft alleen'],
    [['upload', '.', '--secret', 'geheim'], 'De optie --secret klopt niet'],
    [['upload', '.', '--case', 'Z', '--parallel', '0'], '--parallel moet een heel getal zijn van 1 tot en met 16'],
    [['status', 'iets'], 'Een bundel heet zoiets als'],
    [['status', '--state', 'kwijt'], 'Die toestand bestaat niet'],
    [['search'], 'Geef een zoekvraag'],
    [['search', 'twee', 'woorden'], 'tussen aanhalingstekens'],
    [['search', 'x', '--from', '2024-02-30'], '--from moet een bestaande datum zijn'],
    [['verify', '--deep'], 'of geef --audit'],
  ])('%j is wrong use', (args, complaint) => {
    expect(readCommand(args)).toMatchObject({ kind: 'wrong', problem: expect.stringContaining(complaint) });
  });

  it.each(commandNames)('the help of %s tells of each of its options, and of no other', (name) => {
    const help = readCommand([name, '--help']);
    const told = help.kind === 'help' ? help.text.match(/--[a-z-]+/g) : [];
    expect(new Set(told)).toEqual(
      new Set(Object.keys({ ...accessOptions, ...commandOptions[name] }).flatMap((option) => (option === 'help' ? [] : `--${option}`))),
    );
  });

  it.each([
    [['upload'], 'Noem een map of een bestand'],
    [['status', '--server', 'http://archief.voorbeeld.example'], 'https://'],
    [['status', '--server', 'https://wie:geheim@archief.voorbeeld.example'], 'https://'],
  ])('%j ends with 2 and sends nothing', async (args, complaint) => {
    const ended = await as('employee', args);
    expect([ended.code, ended.out, ended.err]).toEqual([2, '', expect.stringContaining(complaint)]);
    expect(ended.err).not.toContain('geheim@');
  });
});

describe('npx woordspoor', () => {
  it('works in a checkout, and says what it can', async () => {
    const env = { ...process.env, npm_config_cache: join(base, 'npm'), npm_config_audit: 'false', npm_config_offline: 'true' };
    const { stdout } = await promisify(execFile)('npx', ['woordspoor', '--help'], { cwd: root, env });
    expect(stdout).toContain('npx woordspoor upload MAP --case ZAAK');
    expect(stdout).toContain('Uitkomst: 0 alles goed');
  });

  it('stops quietly when nobody reads on', async () => {
    const env = { ...process.env, WOORDSPOOR_SERVER: ground.publicUrl, WOORDSPOOR_CLIENT: 'demo-woo-coordinator', WOORDSPOOR_SECRET: 'demo' };
    const program = join(root, 'functions/command-line/woordspoor.js');
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', `"${process.execPath}" "${program}" search vergunning | head -n 1`], { env });
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  });
});
