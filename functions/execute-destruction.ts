// Door, every night and on request: carries out lists whose cooling-off is over. `{ listId }`: a list of which the last item was settled.
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { ListId } from '#core/model/id.ts';
import { executeDestruction, executeList, type NeedsExecute } from '#flow/execute-destruction.ts';
import { makeJobHandler, makeQueueHandler, parseBody } from '#runtime/lambda.ts';
import { reportRun } from '#runtime/report-run.ts';

const job = 'execute-destruction';
/** pdfkit is loaded when the first certificate is drawn: most nights draw none. */
const renderCertificate: NeedsExecute['renderCertificate'] = async (certificate) =>
  (await import('./documents/certificate-pdf.ts')).renderCertificate(certificate);
const ListAsked = z.object({ listId: ListId });

const ofList = makeQueueHandler(job, async (services, body) => {
  const { listId } = ListAsked.parse(body);
  await executeList({ ...services, renderCertificate }, { subject: 'system', role: 'system', origin: `${job}/${listId}` }, listId);
});

const ofAll = makeJobHandler(job, (services, asked) =>
  reportRun(services, job, asked, (run) =>
    executeDestruction({ ...services, renderCertificate }, { subject: 'system', role: 'system', origin: `${job}/${run}` }),
  ),
);

/** What cannot be read is left to the handler of all, which fails that message alone. */
function namesList(body: string): boolean {
  try {
    return ListAsked.safeParse(parseBody(body)).success;
  } catch {
    return false;
  }
}

export const handler = async (event: SQSEvent | Readonly<Record<string, unknown>>): Promise<SQSBatchResponse | undefined> => {
  if (!('Records' in event)) return ofAll(event);
  const { Records } = event as SQSEvent;
  const answers = [
    await ofList({ Records: Records.filter(({ body }) => namesList(body)) }),
    await ofAll({ Records: Records.filter(({ body }) => !namesList(body)) }),
  ];
  return { batchItemFailures: answers.flatMap((answer) => answer?.batchItemFailures ?? []) };
};
