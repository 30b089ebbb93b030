// From Lambda's events to a door's work. An accident is caught here, once, and logged without content.
import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Services, servicesFromEnvironment } from './services.ts';

export type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** Parses a body without letting the parser's error, which quotes the text, escape. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('queue message is not JSON');
  }
}

/** SQS gives a failed message back when its visibility time is over, which is six times the door's time limit: too long for a hitch. */
async function restBriefly({ config, sqs, log }: Services, door: string, { attributes, messageId, receiptHandle }: SQSRecord): Promise<void> {
  const url = config.queues[door];
  if (url === undefined) return;
  const seconds = Number(attributes.ApproximateReceiveCount) > 1 ? 600 : 60;
  try {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }));
  } catch (error) {
    log.accident('queue.rest-failed', error, { messageId });
  }
}

/** A queue door: each message on its own; the ones that fail come back, the others are done. */
export function makeQueueHandler(door: string, work: (services: Services, body: unknown) => Promise<void>): QueueHandler {
  return async (event) => {
    const services = servicesFromEnvironment(door);
    const failures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of event.Records) {
      try {
        await work(services, parseBody(record.body));
      } catch (error) {
        services.log.accident('door.failed', error, { messageId: record.messageId });
        await restBriefly(services, door, record);
        failures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures: failures };
  };
}

export type JobReport = Readonly<Record<string, number | string | boolean>>;

/**
 * A nightly door: the schedule's event carries nothing; "run now" comes through its queue as `{ run }`.
 * `work` gets the run it reports to, or null for a scheduled night (then it makes one).
 */
export function makeJobHandler(
  door: string,
  work: (services: Services, run: string | null) => Promise<void>,
  /** Other messages than a night or a run; without it they are a night. */
  other?: (services: Services, message: unknown) => Promise<void>,
) {
  const queued = makeQueueHandler(door, async (services, body) => {
    const message = typeof body === 'object' && body !== null ? body : {};
    const run = 'run' in message && typeof message.run === 'string' ? message.run : null;
    const isJob = run !== null || other === undefined || Object.keys(message).length === 0;
    await (isJob ? work(services, run) : other(services, message));
  });
  return async (event: SQSEvent | Readonly<Record<string, unknown>>): Promise<SQSBatchResponse | undefined> => {
    if ('Records' in event) return queued(event as SQSEvent);
    const services = servicesFromEnvironment(door);
    try {
      await work(services, null);
    } catch (error) {
      services.log.accident('door.failed', error);
      throw new Error(`door ${door} failed`, { cause: error });
    }
    return undefined;
  };
}
