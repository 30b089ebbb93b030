// Door: the bundles of a changed case get their date anew: `{ caseId }`.
import * as z from 'zod';
import { CaseId } from '#core/model/id.ts';
import { applyRetention } from '#flow/apply-retention.ts';
import { makeQueueHandler } from '#runtime/lambda.ts';

const Ask = z.object({ caseId: CaseId });

export const handler = makeQueueHandler('apply-retention', async (services, body) => {
  const { caseId } = Ask.parse(body);
  await applyRetention(services, { subject: 'system', role: 'system', origin: `apply-retention/${caseId}` }, caseId);
});
