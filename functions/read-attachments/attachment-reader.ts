// Reads one attachment after another in a thread that can be ended: when its time is up, at too much memory, or when it dies. The next one starts anew.
import { Worker } from 'node:worker_threads';
import type { AttachmentKind } from '#core/attachment/attachment-kind.ts';
import { attachmentLimits } from '#core/attachment/attachment-limits.ts';
import { type ReadOutcome, unread } from '#core/attachment/read-outcome.ts';
import type { ReadTask } from './document-worker.ts';

export interface AttachmentReader {
  readonly readText: (kind: AttachmentKind, bytes: Uint8Array) => Promise<ReadOutcome>;
  readonly close: () => Promise<void>;
}

export interface AttachmentReaderSettings {
  readonly documentMs: number;
  readonly pictureMs: number;
  readonly heapMb: number;
}

const settingsOfDoor: AttachmentReaderSettings = { documentMs: attachmentLimits.documentMs, pictureMs: attachmentLimits.pictureMs, heapMb: 1024 };

/** From the source, or beside the bundle. */
const threadFile = new URL(import.meta.url.endsWith('.ts') ? './document-worker.ts' : './document-worker.mjs', import.meta.url);

export function makeAttachmentReader({ documentMs, pictureMs, heapMb }: AttachmentReaderSettings = settingsOfDoor): AttachmentReader {
  let thread: Worker | null = null;

  function start(): Worker {
    // Its output is taken and dropped: PDF.js and leptonica may quote what they read.
    const started = new Worker(threadFile, { stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: heapMb } });
    started.stdout.resume();
    started.stderr.resume();
    started.unref();
    return started;
  }

  async function readText(kind: AttachmentKind, bytes: Uint8Array): Promise<ReadOutcome> {
    thread ??= start();
    const worker = thread;
    return new Promise((resolve) => {
      const settle = (outcome: ReadOutcome, dead: boolean) => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        if (dead) {
          thread = null;
          // A thread that ends with an error says so once more.
          worker.on('error', () => undefined);
          void worker.terminate();
        }
        resolve(outcome);
      };
      const timer = setTimeout(() => settle(unread('stopped'), true), kind === 'picture' ? pictureMs : documentMs);
      const onMessage = (outcome: ReadOutcome) => settle(outcome, false);
      const onError = (error: NodeJS.ErrnoException) => settle(unread(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'damaged'), true);
      const onExit = () => settle(unread('damaged'), true);
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage({ kind, bytes } satisfies ReadTask);
    });
  }

  return {
    readText,
    close: async () => {
      const worker = thread;
      thread = null;
      await worker?.terminate();
    },
  };
}
