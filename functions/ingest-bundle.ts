// Door: a file has come in (S3 notification through the queue), or a bundle is to be read (again): `{ bundleId }`.
import * as z from 'zod';
import { BundleId } from '#core/model/id.ts';
import { ingestBundle } from '#flow/ingest-bundle.ts';
import { receiveUpload } from '#flow/receive-upload.ts';
import { makeQueueHandler } from '#runtime/lambda.ts';
import type { Services } from '#runtime/services.ts';

const Ask = z.object({ bundleId: BundleId });
const Notification = z.object({ Records: z.array(z.object({ eventName: z.string(), s3: z.object({ object: z.object({ key: z.string() }) }) })) });
const TestEvent = z.object({ Event: z.literal('s3:TestEvent') });

/** SQS waits at most 15 minutes before it hands a message on. */
const longestDelay = 900;

/** Bundles that a message names. S3 writes keys as in a form: `+` for a space, the rest in per cents. */
export function bundlesNamed(body: unknown): readonly BundleId[] {
  if (TestEvent.safeParse(body).success) return [];
  const ask = Ask.safeParse(body);
  if (ask.success) return [ask.data.bundleId];
  const notification = Notification.safeParse(body);
  if (!notification.success) throw new Error('message names no bundle');
  return notification.data.Records.flatMap(({ eventName, s3 }) => {
    if (!/^(s3:)?ObjectCreated:/.test(eventName)) return [];
    const id = BundleId.safeParse(decodeURIComponent(s3.object.key.replaceAll('+', ' ')).replace(/^uploads\//, ''));
    return id.success ? [id.data] : [];
  });
}

export async function ingestNamed(services: Services, bundleId: BundleId): Promise<void> {
  const acting = { subject: 'system', role: 'system', origin: `ingest-bundle/${bundleId}` } as const;
  if ((await receiveUpload(services, acting, bundleId)) === 'wait') return;
  const outcome = await ingestBundle(services, acting, bundleId);
  if (outcome.kind === 'busy') await services.queue.send('ingest-bundle', { bundleId }, Math.min(outcome.retryInSeconds, longestDelay));
}

export const handler = makeQueueHandler('ingest-bundle', async (services, body) => {
  for (const bundleId of bundlesNamed(body)) await ingestNamed(services, bundleId);
});
