// Door: brings a hold onto all that it covers, or off it again: `{ holdId }`.
import * as z from 'zod';
import { HoldId } from '#core/model/id.ts';
import { applyHold } from '#flow/apply-hold.ts';
import { makeQueueHandler } from '#runtime/lambda.ts';

const Ask = z.object({ holdId: HoldId });

export const handler = makeQueueHandler('apply-hold', async (services, body) => {
  const { holdId } = Ask.parse(body);
  const hold = await applyHold(services, holdId);
  services.log.info('hold.applied', { holdId, state: hold?.state ?? 'unknown', tooLate: hold?.tooLateFor.length ?? 0 });
});
