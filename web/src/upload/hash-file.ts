// Asks the worker for the SHA-256 of a file; a broken-off upload stops the worker.
import { askWorker } from './ask-worker.ts';

export function hashFile(file: File, onProgress: (done: number) => void, signal: AbortSignal): Promise<string> {
  return askWorker(new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' }), file, onProgress, signal);
}
