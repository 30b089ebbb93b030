// Packs a folder away from the page: the checksum of some gigabytes takes a while.
import { type FolderFile, packFiles } from './pack-files.ts';

export type PackNews = { readonly type: 'progress'; readonly done: number } | { readonly type: 'packed'; readonly zip: Blob } | { readonly type: 'failed' };

const say = (news: PackNews) => self.postMessage(news);

self.addEventListener('message', async (event: MessageEvent<readonly FolderFile[]>) => {
  try {
    say({ type: 'packed', zip: await packFiles(event.data, (done) => say({ type: 'progress', done })) });
  } catch {
    say({ type: 'failed' });
  }
});
