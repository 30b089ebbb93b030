// The thread in which attachments are read: what hangs or eats memory is ended from outside (attachment-reader.ts) and takes nothing with it.
import { parentPort } from 'node:worker_threads';
import type { AttachmentKind } from '#core/attachment/attachment-kind.ts';
import { readDocument } from '#core/attachment/read-document.ts';
import { readPicture } from './read-picture.ts';

export interface ReadTask {
  readonly kind: AttachmentKind;
  readonly bytes: Uint8Array;
}

parentPort?.on('message', async ({ kind, bytes }: ReadTask) => {
  parentPort?.postMessage(await readDocument(kind, bytes, readPicture));
});
