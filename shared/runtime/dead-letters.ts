// Work that failed too often, laid aside by its queue: counted door by door, and put back when the administrator says so.
import { DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from './config.ts';

/** So many messages go back in one call, within the time the http door has. */
const mostAtOnce = 200;

export function makeDeadLetters(sqs: SQSClient, config: Pick<Config, 'queues' | 'deadLetterQueues'>) {
  async function list(): Promise<readonly { readonly door: string; readonly messages: number }[]> {
    return Promise.all(
      Object.entries(config.deadLetterQueues).map(async ([door, url]) => {
        const { Attributes } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] }),
        );
        const count = (name: string) => Number((Attributes as Record<string, string> | undefined)?.[name] ?? 0);
        return { door, messages: count('ApproximateNumberOfMessages') + count('ApproximateNumberOfMessagesNotVisible') };
      }),
    );
  }

  /** How many went back; null when there is no such door. Sent before it is taken away: broken off in between it is there twice, never lost. */
  async function retry(door: string): Promise<number | null> {
    const [from, to] = [config.deadLetterQueues[door], config.queues[door]];
    if (from === undefined || to === undefined) return null;
    for (let moved = 0; ; ) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: from, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }));
      for (const message of Messages) {
        await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: message.Body ?? '' }));
        await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: message.ReceiptHandle ?? '' }));
        moved++;
      }
      if (Messages.length === 0 || moved >= mostAtOnce) return moved;
    }
  }

  return { list, retry };
}
