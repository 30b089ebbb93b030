// Hands a worker one task: it tells how far it is and in the end what it made. Stopping ends the worker.

export type WorkNews<Made> =
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'made'; readonly made: Made }
  | { readonly type: 'failed' };

export function askWorker<Made>(worker: Worker, task: unknown, onProgress: (done: number) => void, signal: AbortSignal): Promise<Made> {
  return new Promise((resolve, reject) => {
    const stop = (settle: () => void) => {
      worker.terminate();
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = () => stop(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort);
    worker.addEventListener('message', ({ data: news }: MessageEvent<WorkNews<Made>>) => {
      if (news.type === 'progress') onProgress(news.done);
      else if (news.type === 'made') stop(() => resolve(news.made));
      else stop(() => reject(new Error('a file could not be read')));
    });
    worker.addEventListener('error', () => stop(() => reject(new Error('the worker did not start'))));
    worker.postMessage(task);
  });
}
