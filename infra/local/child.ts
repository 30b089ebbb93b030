// A process of the ground beside the main one. It never outlives its parent: when the line between them breaks, it stops.
import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';

export interface Child<Ready> {
  readonly ready: Promise<Ready>;
  readonly exited: Promise<number | null>;
  /** Asks it to stop; after `graceMs` it is killed. */
  readonly stop: (graceMs: number) => Promise<void>;
  readonly kill: () => void;
}

type ToParent<Ready> = { readonly kind: 'ready'; readonly ready: Ready } | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** What a child could not do, in its own words. */
class ChildFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ChildFailure';
    this.code = code;
  }
}

const largestLog = 10 * 2 ** 20;

/** A log that has grown large makes room: the one before it goes. */
function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLog) renameSync(file, `${file}.old`);
  return openSync(file, 'a');
}

interface ChildOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its standard output goes; absent: to ours. */
  readonly log?: string;
}

export function startChild<Ready>(file: string, task: unknown, { environment = {}, log }: ChildOptions = {}): Child<Ready> {
  const output = log === undefined ? 'inherit' : openLog(log);
  const child: ChildProcess = fork(file, [], { env: { ...process.env, ...environment }, stdio: ['ignore', output, 'inherit', 'ipc'] });
  if (typeof output === 'number') closeSync(output);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise<Ready>((resolve, reject) => {
    child.on('message', (message: ToParent<Ready>) => {
      if (message.kind === 'ready') resolve(message.ready);
      else reject(new ChildFailure(message.code, message.message));
    });
    child.once('error', reject);
    void exited.then((code) => reject(new ChildFailure('exited', `the process ended with code ${code}`)));
  });
  // Whoever waits for it sees the failure; whoever does not is not troubled by it.
  ready.catch(() => undefined);
  child.send({ kind: 'start', task });
  return {
    ready,
    exited,
    stop: async (graceMs) => {
      const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
      if (child.connected) child.send({ kind: 'stop' }, () => undefined);
      await exited;
      clearTimeout(force);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The other side: runs `start` with the parent's task, tells when it is ready, and stops when told to or when the parent is gone. */
export function runAsChild<Task, Ready>(start: (task: Task) => Promise<{ readonly ready: Ready; readonly stop: () => Promise<void> }>): void {
  let stop: (() => Promise<void>) | undefined;
  let stopping = false;
  const end = async () => {
    if (stopping) return;
    stopping = true;
    await stop?.();
    process.exit(0);
  };
  // Ctrl-C reaches the whole group at once: the parent decides in which order things stop.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => void end());
  process.on('message', (message: { kind: 'start'; task: Task } | { kind: 'stop' }) => {
    if (message.kind === 'stop') {
      void end();
      return;
    }
    start(message.task).then(
      (started) => {
        stop = started.stop;
        process.send?.({ kind: 'ready', ready: started.ready });
      },
      (error: unknown) => {
        const { code = 'failed', message: text = '' } = error as { code?: string; message?: string };
        process.send?.({ kind: 'failed', code: String(code), message: text }, () => process.exit(1));
      },
    );
  });
}
