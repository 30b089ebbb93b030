// Handing on: a queue message holds ids only. SQS on AWS, an SQS-compatible engine on the embedded ground.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from './config.ts';

export type QueueMessage = Readonly<Record<string, string | number>>;

export interface Queue {
  readonly send: (door: string, message: QueueMessage, delaySeconds?: number) => Promise<void>;
}

export function makeQueue(sqs: SQSClient, config: Pick<Config, 'queues'>): Queue {
  return {
    send: async (door, message, delaySeconds = 0) => {
      const url = config.queues[door];
      if (url === undefined) throw new Error(`no queue for door ${door}`);
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message), DelaySeconds: delaySeconds }));
    },
  };
}
