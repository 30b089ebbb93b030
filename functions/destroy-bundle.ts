// Door: destroys one bundle of a list that is being executed: `{ listId, bundleId }`. All that decides is in the flow.
import * as z from 'zod';
import { BundleId, ListId } from '#core/model/id.ts';
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { makeQueueHandler } from '#runtime/lambda.ts';

const Ask = z.object({ listId: ListId, bundleId: BundleId });

export const handler = makeQueueHandler('destroy-bundle', async (services, body) => {
  const { listId, bundleId } = Ask.parse(body);
  const outcome = await destroyBundle(services, { subject: 'system', role: 'system', origin: `destroy-bundle/${listId}` }, listId, bundleId);
  services.log.info('bundle.destruction', { listId, bundleId, outcome });
});
