// Where a Notificaties API (ZGW 1.0) brings its messages: POST /v1/zgw/notifications. It comes with the one value that was agreed at the
// subscription; without it 401, with another 403. A message is poor: the case at its address is read by the door sync-cases. It may come twice.
import { timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import { Notification } from '#core/zgw/answers.ts';
import type { Services } from '#runtime/services.ts';
import { hashOf } from './caller.ts';
import { parsed, problemResponse } from './problem.ts';
import { jsonBody } from './request-body.ts';

const mostBytes = 64 * 1024;

/** Compared by hash: equal length, so that time tells nothing. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(wanted)));
}

export function addZgwNotifications(app: Hono, services: Pick<Services, 'config' | 'zgw' | 'queue'>): void {
  const { config, zgw, queue } = services;
  const wanted = config.zgw?.notificationAuthorization;
  app.post('/v1/zgw/notifications', async (context) => {
    if (zgw === null || wanted === undefined) return problemResponse({ code: 'not-found' });
    const given = context.req.header('authorization');
    if (given === undefined) return problemResponse({ code: 'session.absent' });
    if (!isSame(given, wanted)) return problemResponse({ code: 'access.denied' });
    const body = await jsonBody(context.req.raw, mostBytes);
    if (!body.ok) return problemResponse(body.fault);
    const { value, errors } = parsed(Notification, body.value);
    if (errors.length > 0) return problemResponse({ code: 'input.invalid', errors });
    const { kanaal, hoofdObject } = value as Notification;
    // `test` is what the Notificaties API sends to see whether the lock works; other channels are not ours to follow.
    if (kanaal === 'zaken' && typeof hoofdObject === 'string' && zgw.isOurs(hoofdObject)) await queue.send('sync-cases', { url: hoofdObject });
    return new Response(null, { status: 204 });
  });
}
