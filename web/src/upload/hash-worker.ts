// SHA-256 of a whole file, slice by slice, away from the page. Memory stays at one slice.
import { createSHA256 } from 'hash-wasm';
import type { WorkNews } from './ask-worker.ts';

const sliceBytes = 4 * 2 ** 20;
const say = (news: WorkNews<string>) => self.postMessage(news);

self.addEventListener('message', async (event: MessageEvent<File>) => {
  try {
    const file = event.data;
    const hasher = await createSHA256();
    hasher.init();
    for (let at = 0; at < file.size; at += sliceBytes) {
      hasher.update(new Uint8Array(await file.slice(at, at + sliceBytes).arrayBuffer()));
      say({ type: 'progress', done: Math.min(file.size, at + sliceBytes) });
    }
    say({ type: 'made', made: hasher.digest('hex') });
  } catch {
    say({ type: 'failed' });
  }
});
