// The program as a person starts it: its own process, its own state folder; and a proxy that is now and then out of order.
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Watch } from './watched.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly lines: readonly string[];
}

export interface ProgramOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly watch?: Watch;
  readonly input?: string | Uint8Array;
}

export function runProgram(args: readonly string[], { environment = {}, watch, input = '' }: ProgramOptions = {}): Promise<Ended> {
  const preload = watch === undefined ? [] : ['--import', join(import.meta.dirname, 'watched.ts')];
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...preload, join(root, 'functions/command-line/woordspoor.js'), ...args], {
    env: { PATH, HOME, ...environment, ...(watch === undefined ? {} : { WATCH: JSON.stringify(watch) }) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const heard = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.err += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...heard, lines: heard.out.split('\n').filter((line) => line !== '') })));
}

type Disorder = (incoming: IncomingMessage) => 'busy' | 'cut' | 'lose-answer' | null;

/** Stands before the archive. `lose-answer`: the archive does what is asked, and its answer never arrives. */
export async function startProxy(target: string, disorder: Disorder): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const { hostname, port } = new URL(target);
  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const what = disorder(incoming);
    if (what === 'cut') return void incoming.socket.destroy();
    if (what === 'busy') return void response.writeHead(503, { 'retry-after': '0' }).end();
    const onward = request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      if (what === 'lose-answer') answer.resume().once('end', () => incoming.socket.destroy());
      else answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers));
    });
    onward.once('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
