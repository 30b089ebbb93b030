// The queues of the doors: every door but HTTP has one ("run now" reaches the nightly doors through it), each with its dead letters.
import { doors } from '#infra/manifest.ts';
import type { QueueDefinition } from './queue-store.ts';

/** As on the AWS ground: after three tries a message is laid aside. */
const maxReceiveCount = 3;

export const queuedDoors = doors.filter((door) => door.trigger.kind !== 'http');

/** The doors that S3 tells of a new object in the intake bucket. */
export const intakeDoors: readonly string[] = doors
  .filter(({ trigger }) => 'also' in trigger && trigger.also === 'intake-object-created')
  .map((door) => door.name);

function deadLettersOf(door: string): string {
  return `${door}-dead-letters`;
}

export const doorQueues: readonly QueueDefinition[] = queuedDoors.flatMap((door) => [
  { name: door.name, visibilitySeconds: door.timeoutSeconds, maxReceiveCount, deadLetterQueue: deadLettersOf(door.name) },
  { name: deadLettersOf(door.name), visibilitySeconds: 30 },
]);

/** Door name → queue URL, for Config. */
export function queueUrls(urlOf: (name: string) => string): { queues: Record<string, string>; deadLetterQueues: Record<string, string> } {
  return {
    queues: Object.fromEntries(queuedDoors.map((door) => [door.name, urlOf(door.name)])),
    deadLetterQueues: Object.fromEntries(queuedDoors.map((door) => [door.name, urlOf(deadLettersOf(door.name))])),
  };
}
