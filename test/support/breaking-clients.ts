// AWS clients that break at their nth write: the way to prove that a flow may stop after every write and be run again.
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What changes a store or sends a message; all else is reading. */
const writes = new Set([
  'PutCommand',
  'UpdateCommand',
  'DeleteCommand',
  'BatchWriteCommand',
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
  'PutObjectCommand',
  'CopyObjectCommand',
  'DeleteObjectCommand',
  'DeleteObjectsCommand',
  'PutObjectLegalHoldCommand',
  'CreateMultipartUploadCommand',
  'UploadPartCommand',
  'UploadPartCopyCommand',
  'CompleteMultipartUploadCommand',
  'AbortMultipartUploadCommand',
  'SendMessageCommand',
  'SendMessageBatchCommand',
]);

export class Broken extends Error {
  override readonly name = 'Broken';
}

export interface Breaker {
  /** Writes that were asked for so far. */
  readonly count: () => number;
  /** From now on the nth write (1 = the next) fails: `before` it is done, or `after` it, as when the answer is lost. Later ones work again. */
  readonly breakAt: (n: number, when?: 'before' | 'after') => void;
  /** Runs right before the nth write (all that came before it was read), or right after it, instead of breaking: the world moves on meanwhile. */
  readonly meddle: (n: number, when: 'before' | 'after', meddle: () => Promise<void>) => void;
  readonly heal: () => void;
  readonly wrap: <C extends DynamoDBDocumentClient | S3Client | SQSClient>(client: C) => C;
  /** Counts something that is no AWS client, such as a queue that is an object literal. */
  readonly guard: <A extends readonly unknown[], R>(write: (...given: A) => Promise<R>) => (...given: A) => Promise<R>;
}

export function makeBreaker(): Breaker {
  let count = 0;
  let plan: { readonly at: number; readonly when: 'before' | 'after'; readonly meddle: (() => Promise<void>) | null } | null = null;

  async function passing<R>(write: () => Promise<R>): Promise<R> {
    count++;
    const here = plan !== null && count === plan.at ? plan : null;
    if (here === null) return write();
    plan = null;
    if (here.when === 'before') {
      if (here.meddle === null) throw new Broken('broken before the write');
      await here.meddle();
      return write();
    }
    // The answer is lost whatever it was: a write whose condition did not hold is broken off too.
    const [outcome] = await Promise.allSettled([write()]);
    if (here.meddle === null) throw new Broken('broken after the write');
    await here.meddle();
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  return {
    count: () => count,
    breakAt: (n, when = 'after') => {
      plan = { at: count + n, when, meddle: null };
    },
    meddle: (n, when, meddle) => {
      plan = { at: count + n, when, meddle };
    },
    heal: () => {
      plan = null;
    },
    wrap: (client) =>
      new Proxy(client, {
        get(target, name, receiver) {
          if (name !== 'send') return Reflect.get(target, name, receiver) as unknown;
          return (command: object, ...rest: readonly unknown[]) => {
            const send = () => (target.send as (...given: readonly unknown[]) => Promise<unknown>).call(target, command, ...rest);
            return writes.has(command.constructor.name) ? passing(send) : send();
          };
        },
      }),
    guard:
      (write) =>
      (...given) =>
        passing(() => write(...given)),
  };
}

/**
 * Runs `work` once for every write it makes, each time in a fresh world, broken at that write and then run again until it comes through.
 * `check` sees the world afterwards. How many breaks there were.
 */
export async function brokenAtEveryWrite<W>(
  when: 'before' | 'after',
  world: (n: number) => Promise<{ readonly world: W; readonly breaker: Breaker }>,
  work: (world: W) => Promise<unknown>,
  check: (world: W, n: number) => Promise<void>,
): Promise<number> {
  for (let n = 1; ; n++) {
    const { world: fresh, breaker } = await world(n);
    breaker.breakAt(n, when);
    let broke = false;
    try {
      await work(fresh);
    } catch (error) {
      if (!isBroken(error)) throw error;
      broke = true;
    }
    breaker.heal();
    if (!broke) return n - 1;
    await work(fresh);
    await check(fresh, n);
  }
}

export function isBroken(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof Broken) return true;
  return false;
}
