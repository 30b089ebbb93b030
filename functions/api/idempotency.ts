// Idempotency-Key on POST: the same key and request is done once. What is kept is the id of what came of it; the answer is read anew.
import { createHash } from 'node:crypto';
import { no, type Result } from '#core/model/result.ts';
import type { Services } from '#runtime/services.ts';
import { hashOf } from './caller.ts';
import { invalid } from './problem.ts';
import type { Call, Route } from './route.ts';

/** As long as a client may reasonably try again; a request itself ends within the door's 29 seconds. */
const keptSeconds = 24 * 3600;
const leaseSeconds = 60;

function fingerprintOf(method: string, path: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${path}\n${JSON.stringify(body)}`)
    .digest('hex');
}

export async function runOnce(
  { idempotency, clock }: Pick<Services, 'idempotency' | 'clock'>,
  route: Route,
  call: Call<unknown, unknown, unknown>,
  path: string,
): Promise<Result<unknown>> {
  const key = call.header('idempotency-key');
  if (key === undefined || route.again === null) return route.run(call);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) return invalid('Idempotency-Key', 'geef 1 tot 255 zichtbare tekens');
  const hash = hashOf(`${call.caller.actor.subject}\n${key}`);
  const nowSeconds = Math.floor(clock.epochMs() / 1000);
  const fingerprint = fingerprintOf(route.method, path, call.body);
  const standing = await idempotency.begin({ hash, fingerprint, nowSeconds, leaseSeconds, expiresAt: nowSeconds + keptSeconds });
  switch (standing.kind) {
    case 'different':
      return no('idempotency.different-request');
    case 'in-flight':
      return no('idempotency.in-flight');
    case 'done':
      return route.again.read(call, standing.object);
    case 'begun': {
      const outcome = await route.run(call);
      if (outcome.ok) await idempotency.finish(hash, route.again.objectOf(outcome.value));
      else await idempotency.abandon(hash);
      return outcome;
    }
  }
}
