// Door: reads the text of a bundle's attachments: `{ bundleId }`. Long work goes on in a next message.
import * as z from 'zod';
import { BundleId } from '#core/model/id.ts';
import { readAttachments } from '#flow/read-attachments.ts';
import { makeQueueHandler } from '#runtime/lambda.ts';
import { makeAttachmentReader } from './read-attachments/attachment-reader.ts';

const Ask = z.object({ bundleId: BundleId });

/** Of the 15 minutes that a door has: the last file may take four, and filing one. */
const workMs = 8 * 60_000;

export const handler = makeQueueHandler('read-attachments', async (services, body) => {
  const { bundleId } = Ask.parse(body);
  const reader = makeAttachmentReader();
  try {
    const acting = { subject: 'system', role: 'system', origin: `read-attachments/${bundleId}` } as const;
    const until = services.clock.epochMs() + workMs;
    const outcome = await readAttachments({ ...services, readText: reader.readText }, acting, bundleId, until);
    if (outcome.kind === 'more') await services.queue.send('read-attachments', { bundleId });
    if (outcome.kind === 'busy') await services.queue.send('read-attachments', { bundleId }, outcome.retryInSeconds);
  } finally {
    await reader.close();
  }
});
