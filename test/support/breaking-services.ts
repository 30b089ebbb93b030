// A machine that dies: after the n-th write to DynamoDB or S3 has been carried out, its answer is lost and nothing works any more.
import type { Services } from '#runtime/services.ts';

const reads = /^(Get|Query|Scan|Head|List|BatchGet)/;

export class MachineDied extends Error {}

export interface Breaking<S> {
  readonly services: S;
  /** Writes that were carried out. */
  readonly writes: () => number;
}

/**
 * `services` must have clients of their own: their middleware is changed for good. `after` 0: only counts.
 * With `meddle` the machine lives on: the world around it does that between the n-th write and its answer.
 */
export function breakAfterWrite<S extends Pick<Services, 'dynamo' | 's3'>>(services: S, after: number, meddle?: () => Promise<void>): Breaking<S> {
  let writes = 0;
  let dead = false;
  const around = async <Output>(commandName: string | undefined, work: () => Promise<Output>): Promise<Output> => {
    if (dead) throw new MachineDied('no answer');
    if (commandName === undefined || reads.test(commandName)) return work();
    const answer = await work();
    if (++writes === after) {
      await meddle?.();
      dead = meddle === undefined;
    }
    if (dead) throw new MachineDied('answer lost');
    return answer;
  };
  const options = { step: 'initialize', name: 'breaking', priority: 'high' } as const;
  services.s3.middlewareStack.add((next, context) => (args) => around(context['commandName'] as string | undefined, () => next(args)), options);
  services.dynamo.middlewareStack.add((next, context) => (args) => around(context['commandName'] as string | undefined, () => next(args)), options);
  return { services, writes: () => writes };
}
