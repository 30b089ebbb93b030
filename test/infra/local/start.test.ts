// The ground as a person starts it: real processes, real signals.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
  readonly ready: Promise<string>;
}

function start(...args: string[]): Started {
  const child = spawn(process.execPath, ['infra/local/start.ts', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /staat klaar: (http:\/\/localhost:\d+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void exit.then((code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  ready.catch(() => undefined);
  undo.push(() => child.kill('SIGKILL'));
  return { process: child, output: () => output, exit, ready };
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'woordspoor-start-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function childrenOf(pid: number | undefined): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const [, parent] = /\) \S+ (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      return Number(parent) === pid ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function token(url: string, client: string): Promise<string> {
  const answer = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: 'demo' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe.runIf(process.platform === 'linux')('npm start', () => {
  it('serves API and sign-in, keeps everything over a restart, and stops without leaving a process', async () => {
    const folder = await newFolder();
    const first = start('--port', '0', '--data', folder, '--empty');
    const url = await first.ready;
    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
    const held = await token(url, 'demo-records-manager');
    const put = await fetch(`${url}/v1/cases/ZAAK-2026-0001`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${held}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Proef', state: 'open' }),
    });
    expect(put.status).toBe(200);
    const signIn = await fetch(`${url}/auth/sign-in`, { redirect: 'manual' });
    expect(signIn.headers.get('location')).toMatch(`${url}/oidc/auth?`);
    const children = childrenOf(first.process.pid);
    expect(children).toHaveLength(2);
    first.process.kill('SIGINT');
    expect(await first.exit).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);

    const second = start('--port', new URL(url).port, '--data', folder, '--today', '2031-04-17');
    expect(await second.ready).toBe(url);
    expect(second.output()).toContain('2031-04-17');
    // The token of before the restart is still good: the signing key was kept.
    const got = await fetch(`${url}/v1/cases/ZAAK-2026-0001`, { headers: { authorization: `Bearer ${held}` } });
    expect([got.status, ((await got.json()) as { title: string }).title]).toEqual([200, 'Proef']);
    second.process.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  }, 60_000);

  it('starts a broken worker anew, and takes its children along when it is killed without warning', async () => {
    const started = start('--port', '0', '--data', await newFolder(), '--empty');
    await started.ready;
    const isWorker = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker-process');
    const worker = childrenOf(started.process.pid).find(isWorker) ?? 0;
    process.kill(worker, 'SIGKILL');
    await expect
      .poll(() => childrenOf(started.process.pid).filter((pid) => pid !== worker && isAlive(pid) && isWorker(pid)), { timeout: 15_000 })
      .toHaveLength(1);
    const children = childrenOf(started.process.pid);
    expect(children).toHaveLength(2);
    started.process.kill('SIGKILL');
    await started.exit;
    await expect.poll(() => children.filter(isAlive), { timeout: 15_000 }).toEqual([]);
  }, 60_000);

  it('says clearly that the port or the folder is in use, and what an option should be', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    undo.push(() => new Promise((resolve) => other.close(resolve)));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const onPort = start('--port', port, '--data', await newFolder());
    expect(await onPort.exit).toBe(1);
    expect(onPort.output()).toContain(`Poort ${port} is al in gebruik`);

    const folder = await newFolder();
    const owner = start('--port', '0', '--data', folder, '--empty');
    await owner.ready;
    const intruder = start('--port', '0', '--data', folder);
    expect(await intruder.exit).toBe(1);
    expect(intruder.output()).toContain('al in gebruik door een ander Woordspoor');
    expect((await fetch(`${await owner.ready}/v1/health`)).status).toBe(200);

    const nonsense = start('--today', 'gisteren');
    expect(await nonsense.exit).toBe(1);
    expect(nonsense.output()).toContain('--today moet een bestaande datum zijn');
    owner.process.kill('SIGTERM');
    expect(await owner.exit).toBe(0);
  }, 60_000);
});
