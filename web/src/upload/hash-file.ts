// Asks the worker for the SHA-256 of a file; a broken-off upload stops the worker.
import type { HashNews } from './hash-worker.ts';

export function hashFile(file: File, onProgress: (done: number) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
    const stop = (settle: () => void) => {
      worker.terminate();
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = () => stop(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort);
    worker.addEventListener('message', (event: MessageEvent<HashNews>) => {
      const news = event.data;
      if (news.type === 'progress') onProgress(news.done);
      else if (news.type === 'hash') stop(() => resolve(news.sha256));
      else stop(() => reject(new Error('the file could not be read')));
    });
    worker.addEventListener('error', () => stop(() => reject(new Error('the hash worker did not start'))));
    worker.postMessage(file);
  });
}
