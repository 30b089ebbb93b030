// Asks the worker for the zip of a folder; stopping ends the worker.
import { askWorker } from '../ask-worker.ts';
import type { PickedFolder } from './folder-files.ts';

/** The newest of its files dates the zip: the same folder is known again as the same upload. */
export async function packFolder({ name, files }: PickedFolder, onProgress: (done: number) => void, signal: AbortSignal): Promise<File> {
  const worker = new Worker(new URL('./pack-worker.ts', import.meta.url), { type: 'module' });
  const zip = await askWorker<Blob>(worker, files, onProgress, signal);
  return new File([zip], `${name}.zip`, { type: 'application/zip', lastModified: Math.max(...files.map(({ file }) => file.lastModified)) });
}
