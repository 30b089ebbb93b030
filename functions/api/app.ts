// The http door: every route goes the same road, in this order. Known method → form that was asked for → caller → token of the browser
// → role → input, all errors together → done once → audit → answer. Accidents are caught here, once, and logged without content.
import { type Context, Hono } from 'hono';
import { auditEvent } from '#core/audit/audited.ts';
import { grantOf } from '#core/model/access.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { Fault, FaultPlace } from '#core/model/fault.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { Services } from '#runtime/services.ts';
import { isForged, makeAuthenticate } from './caller.ts';
import { makeCursor } from './cursor.ts';
import { runOnce } from './idempotency.ts';
import { makeIdentity } from './identity.ts';
import { openApiOf, publicRoutes } from './openapi.ts';
import { parsed, problemResponse } from './problem.ts';
import { jsonBody } from './request-body.ts';
import { type Call, honoPath, type Route } from './route.ts';
import { routes as allRoutes } from './routes.ts';
import { dataHeaders, withHeaders } from './security-headers.ts';
import { addSignIn } from './sign-in.ts';
import { addWindow } from './window.ts';
import { addZgwNotifications } from './zgw-notifications.ts';

/** Accept names the media type, its family or everything, and not with weight zero. */
export function isAcceptable(accept: string | undefined, media: readonly string[]): boolean {
  // Files are of any kind: whoever names one is right.
  if (accept === undefined || accept.trim() === '' || media.includes('application/octet-stream')) return true;
  return accept.split(',').some((one) => {
    const [range = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false;
    return range === '*/*' || media.some((type) => range === type || range === `${type.split('/')[0]}/*`);
  });
}

/** A query as an object; a key that comes twice becomes a list, which no schema admits. */
function queryOf(url: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  for (const [key, value] of new URL(url).searchParams) query[key] = key in query ? [query[key], value].flat() : value;
  return { ...query };
}

/** What an audit event calls this object: an id where the path holds one, else the route's resource. */
function objectOf(route: Route, params: unknown): string {
  const named = (params ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof named['caseId'] === 'string') return `case:${named['caseId']}`;
  return typeof named['id'] === 'string' ? named['id'] : (route.path.split('/')[1] ?? '');
}

async function inputOf(route: Route, context: Context): Promise<Result<{ params: unknown; query: unknown; body: unknown }>> {
  const params = route.params === null ? { value: {}, errors: [] } : parsed(route.params, context.req.param());
  if (params.errors.length > 0 && !route.makesPath) return no('not-found');
  const rawQuery = queryOf(context.req.url);
  const unknown: FaultPlace[] =
    route.query === null ? Object.keys(rawQuery).map(() => ({ field: '?', code: 'unrecognized_keys', message: 'dit adres heeft geen zoekvelden' })) : [];
  const query = route.query === null ? { value: {}, errors: unknown } : parsed(route.query, rawQuery);
  let body: ReturnType<typeof parsed> = { value: {}, errors: [] };
  if (route.body !== null) {
    const json = await jsonBody(context.req.raw, route.bodyLimit, route.textBody);
    if (!json.ok && json.fault.code !== 'input.invalid') return json;
    body = json.ok ? parsed(route.body, json.value) : { value: undefined, errors: json.fault.errors ?? [] };
  }
  const errors = [...params.errors, ...query.errors, ...body.errors];
  return errors.length > 0 ? no('input.invalid', { errors }) : ok({ params: params.value, query: query.value, body: body.value });
}

function isUnavailable(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return /Throttl|ProvisionedThroughput|ServiceUnavailable|SlowDown|RequestLimit|IdentityUnreachable/.test(name);
}

export function makeApp(services: Services, routes: readonly Route[] = allRoutes): Hono {
  const { audit, clock, config, ids, log } = services;
  const identity = makeIdentity(config.identity);
  const authenticate = makeAuthenticate(services, identity);
  let document: string | undefined;
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    withHeaders(context.res, dataHeaders);
  });

  async function answer(route: Route, context: Context): Promise<Response> {
    const refuse = (fault: Fault) => problemResponse(fault);
    if (!isAcceptable(context.req.header('accept'), [...route.answers.map(({ media }) => media), 'application/problem+json'])) {
      return refuse({ code: 'media-type.not-acceptable' });
    }
    const caller = await authenticate(context.req.header('authorization'), context.req.header('cookie'));
    if (!caller.ok) return refuse(caller.fault);
    if (route.method !== 'get' && isForged(caller.value, context.req.header('x-csrf'))) return refuse({ code: 'access.csrf' });

    const { action } = route;
    const { actor } = caller.value;
    const origin = `api/${ids.make('event').slice('event_'.length)}`;
    const grant = grantOf(actor.roles, action);
    const acting = { subject: actor.subject, role: grant?.role ?? actor.roles[0] ?? 'employee', origin };
    const write = (object: string, facts?: AuditEvent['facts'], result: AuditEvent['result'] = 'done') =>
      audit.append(auditEvent(clock.now(), ids.make('event'), acting, action, object, facts, result));
    if (grant === null) {
      const params = route.params === null ? null : parsed(route.params, context.req.param()).value;
      await write(objectOf(route, params), { code: 'access.denied' }, 'refused');
      return refuse({ code: 'access.denied' });
    }

    const input = await inputOf(route, context);
    if (!input.ok) return refuse(input.fault);
    const { params, query, body } = input.value;
    const {
      next,
      limit: _limit,
      facets: _facets,
      ...filters
    } = { ...(query as Record<string, unknown>), ...(route.method === 'post' ? (body as Record<string, unknown>) : {}) };
    const call: Call<unknown, unknown, unknown> = {
      services,
      params,
      query,
      body,
      caller: caller.value,
      grant,
      acting,
      cursor: makeCursor(JSON.stringify([route.id, params, filters, actor.subject])),
      header: (name) => context.req.header(name),
      audit: write,
    };
    const outcome = await runOnce(services, route, call, context.req.path).catch((error: unknown) => {
      if (typeof next === 'string' && error instanceof Error && error.name === 'ValidationException')
        return no('cursor.invalid', { errors: [{ field: 'next' }] });
      throw error;
    });
    if (!outcome.ok) {
      if (route.method !== 'get' || outcome.fault.code === 'not-found') {
        await write(objectOf(route, params), { code: outcome.fault.code }, 'refused');
      }
      return refuse(outcome.fault);
    }
    if (outcome.value instanceof Response) return outcome.value;
    return new Response(JSON.stringify(outcome.value), { status: route.answers[0]?.status ?? 200, headers: { 'content-type': 'application/json' } });
  }

  app.get('/v1/health', (context) => context.json({ status: 'ok' }));
  app.on(['GET', 'OPTIONS'], '/v1/openapi.json', (context) => {
    context.header('access-control-allow-origin', '*');
    context.header('cross-origin-resource-policy', 'cross-origin');
    if (context.req.method === 'GET') {
      document ??= JSON.stringify(openApiOf(routes, config.publicUrl));
      return context.body(document, 200, { 'content-type': 'application/json' });
    }
    context.header('access-control-allow-methods', 'GET');
    return context.body(null, 204);
  });

  for (const route of routes) {
    app.on(route.method.toUpperCase(), `/v1${honoPath(route.path)}`, (context) => answer(route, context));
  }
  for (const path of new Set([...routes, ...publicRoutes].map((route) => route.path))) {
    const methods = [...routes, ...publicRoutes].filter((route) => route.path === path).map((route) => route.method.toUpperCase());
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    app.all(`/v1${honoPath(path)}`, (context) =>
      context.req.method === 'OPTIONS' ? context.body(null, 204, { allow }) : problemResponse({ code: 'method.not-allowed' }, { allow }),
    );
  }

  addZgwNotifications(app, services);
  addSignIn(app, services, identity, authenticate);
  app.all('/v1/*', () => problemResponse({ code: 'not-found' }));
  app.all('/auth/*', () => problemResponse({ code: 'not-found' }));
  if (config.webFolder !== undefined) addWindow(app, config);

  app.notFound(() => problemResponse({ code: 'not-found' }));
  app.onError((error) => {
    const unavailable = isUnavailable(error);
    log.accident(unavailable ? 'api.unavailable' : 'api.failed', error);
    return withHeaders(problemResponse({ code: unavailable ? 'unavailable' : 'internal' }), dataHeaders);
  });
  return app;
}
