// Asks the worker for the zip of a folder; stopping ends the worker.
import type { PickedFolder } from './folder-files.ts';
import type { PackNews } from './pack-worker.ts';

/** The newest of its files dates the zip: the same folder is known again as the same upload. */
export function packFolder({ name, files }: PickedFolder, onProgress: (done: number) => void, signal: AbortSignal): Promise<File> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pack-worker.ts', import.meta.url), { type: 'module' });
    const stop = (settle: () => void) => {
      worker.terminate();
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = () => stop(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort);
    worker.addEventListener('message', ({ data }: MessageEvent<PackNews>) => {
      if (data.type === 'progress') onProgress(data.done);
      else if (data.type === 'failed') stop(() => reject(new Error('a file of the folder could not be read')));
      else
        stop(() =>
          resolve(new File([data.zip], `${name}.zip`, { type: 'application/zip', lastModified: Math.max(...files.map(({ file }) => file.lastModified)) })),
        );
    });
    worker.addEventListener('error', () => stop(() => reject(new Error('the worker did not start'))));
    worker.postMessage(files);
  });
}
