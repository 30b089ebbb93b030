// A bundle in a process of its own: nothing of the repository in reach, no environment but what the function is given.
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface BundleProcess {
  /** Milliseconds that the import took. */
  readonly importMs: number;
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** All that it wrote so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly ready?: number;
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: string;
}

export async function startBundle(file: string, config: string): Promise<BundleProcess> {
  const child = fork(join(import.meta.dirname, 'invoke-bundle.ts'), [file], {
    cwd: '/',
    env: { WOORDSPOOR_CONFIG: config, TZ: 'UTC', AWS_REGION: 'eu-central-1' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => (text += chunk));
  child.stderr?.on('data', (chunk) => (text += chunk));
  const waiting = new Map<number, (answer: Answer) => void>();
  let next = 0;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const importMs = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the bundle ended with ${code}: ${text.slice(-3000)}`)));
    child.on('message', (answer: Answer) => {
      if (answer.ready !== undefined) resolve(answer.ready);
      else if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    });
  });
  return {
    importMs,
    log: () => text,
    invoke: (event) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, (answer) => {
          waiting.delete(id);
          if (answer.error === undefined) resolve(answer.value);
          else reject(new Error(`${answer.error}\n${text.slice(-3000)}`));
        });
        child.send({ id, event });
      }),
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
