// Packs a folder away from the page: the checksum of some gigabytes takes a while.
import type { WorkNews } from '../ask-worker.ts';
import { type FolderFile, packFiles } from './pack-files.ts';

const say = (news: WorkNews<Blob>) => self.postMessage(news);

self.addEventListener('message', async (event: MessageEvent<readonly FolderFile[]>) => {
  try {
    say({ type: 'made', made: await packFiles(event.data, (done) => say({ type: 'progress', done })) });
  } catch {
    say({ type: 'failed' });
  }
});
