// OpenAPI 3.1 from the routes and the contract (NL API Design Rules 2: version header, problem+json, 400 declared, contact).
import * as z from 'zod';
import { Health } from '#contract/me.ts';
import { Problem } from '#contract/problem.ts';
import { faultStatus } from '#core/model/fault.ts';
import type { DescribedRoute } from './route.ts';

type Json = Record<string, unknown>;

export const apiVersion = '1.0.0';

/** zod writes a nullable value as `anyOf`; a type list keeps the format in sight, as the design rules ask of dates. */
function tidy(schema: Json): void {
  const { anyOf } = schema as { anyOf?: readonly Json[] };
  if (anyOf?.length === 2 && anyOf[1]?.['type'] === 'null' && typeof anyOf[0]?.['type'] === 'string' && anyOf[0]['enum'] === undefined) {
    const { anyOf: _anyOf, ...rest } = schema;
    for (const key of Object.keys(schema)) delete schema[key];
    Object.assign(schema, anyOf[0], { type: [anyOf[0]['type'], 'null'] }, rest);
  }
  if (schema['format'] === 'date' || schema['format'] === 'date-time') delete schema['pattern'];
  if (schema['type'] === 'integer') delete schema['pattern'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  delete schema['readOnly'];
}

function makeComponents() {
  const schemas: Record<string, Json> = {};

  /** The schema, with everything that has an id moved into the components. Answers may grow: they admit other fields. */
  function refer(schema: z.ZodType, io: 'input' | 'output'): Json {
    const made = z.toJSONSchema(schema, {
      io,
      target: 'draft-2020-12',
      override: ({ jsonSchema }) => {
        tidy(jsonSchema as Json);
        if (io === 'output') delete (jsonSchema as Json)['additionalProperties'];
      },
    }) as Json;
    const { $schema: _schema, $defs, ...rest } = JSON.parse(JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
    for (const [name, one] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
      delete one['$id'];
      const held = schemas[name];
      if (held !== undefined && JSON.stringify(held) !== JSON.stringify(one)) throw new Error(`OpenAPI: two schemas are called ${name}`);
      schemas[name] = one;
    }
    const id = schema.meta()?.id;
    if (id === undefined || rest['$ref'] !== undefined) return rest;
    schemas[id] = { ...rest, id: undefined };
    return { $ref: `#/components/schemas/${id}` };
  }

  return { schemas, refer };
}

function requestBodyOf(route: DescribedRoute, refer: (schema: z.ZodType, io: 'input' | 'output') => Json): Json {
  const text = route.textBody == null ? {} : { [route.textBody.media]: { schema: { type: 'string' } } };
  return { required: true, content: { 'application/json': { schema: refer(route.body as z.ZodType, 'input') }, ...text } };
}

const versionHeader = { 'API-Version': { $ref: '#/components/headers/ApiVersion' } };

const statusNames: Readonly<Record<number, string>> = {
  400: 'Input is invalid: all errors together',
  401: 'Nobody is signed in',
  403: 'The role does not allow this',
  404: 'Not found, or not to be seen by this caller',
  406: 'Not in the form that was asked for',
  409: 'Does not fit the present state',
  413: 'Too large',
  415: 'Only application/json is read',
  500: 'An accident on our side',
  503: 'Not available for a moment',
};

/** The refusals that a route can give, by status, with their codes. */
export function refusalsOf(route: DescribedRoute): ReadonlyMap<number, readonly string[]> {
  const guarded = route.action !== 'public';
  const codes = new Set([
    ...(route.query !== null || route.body !== null || route.params !== null || guarded ? ['input.invalid'] : []),
    ...(guarded ? ['session.absent', 'access.denied'] : []),
    ...(guarded && route.method !== 'get' ? ['access.csrf'] : []),
    ...(route.params === null ? [] : ['not-found']),
    'media-type.not-acceptable',
    ...(route.body === null ? [] : ['payload.too-large', 'media-type.unsupported']),
    ...(route.method === 'post' && route.again !== null ? ['idempotency.different-request', 'idempotency.in-flight'] : []),
    ...(route.faults ?? []),
    'internal',
    'unavailable',
  ] as (keyof typeof faultStatus)[]);
  const byStatus = new Map<number, string[]>();
  for (const code of codes) byStatus.set(faultStatus[code], [...(byStatus.get(faultStatus[code]) ?? []), code]);
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}

const publicRoute = { method: 'get', action: 'public', params: null, query: null, body: null, again: null } as const;

/** What anybody may ask. The app answers these itself, before it asks who is there. */
export const publicRoutes: readonly DescribedRoute[] = [
  {
    ...publicRoute,
    id: 'getHealth',
    path: '/health',
    tag: 'Over deze API',
    summary: 'Answers when the API does',
    answers: [{ status: 200, description: 'The API answers', schema: Health, media: 'application/json' }],
  },
  {
    ...publicRoute,
    id: 'getOpenApi',
    path: '/openapi.json',
    tag: 'Over deze API',
    summary: 'This document',
    answers: [{ status: 200, description: 'OpenAPI 3.1', schema: null, media: 'application/json' }],
  },
];

export function openApiOf(guardedRoutes: readonly DescribedRoute[], publicUrl: string): Json {
  const { schemas, refer } = makeComponents();
  const routes = [...guardedRoutes, ...publicRoutes];

  const parametersOf = (schema: z.ZodType | null, where: 'path' | 'query'): Json[] => {
    if (schema === null) return [];
    const { properties = {}, required = [] } = refer(schema, 'input') as { properties?: Record<string, Json>; required?: readonly string[] };
    return Object.entries(properties).map(([name, { description, ...one }]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: one,
    }));
  };

  const answersOf = (route: DescribedRoute): Json => {
    const refusals = [...refusalsOf(route)].map(([status, codes]): [string, Json] => [
      String(status),
      {
        description: `${statusNames[status] ?? ''}. Codes: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
        headers: versionHeader,
        content: { 'application/problem+json': { schema: refer(Problem, 'output') } },
      },
    ]);
    const answers: Record<string, Json> = {};
    for (const { status, description, schema, media } of route.answers) {
      const { content } = (answers[status] ?? {}) as { content?: Json };
      answers[status] = { description, headers: versionHeader, content: { ...content, [media]: { schema: schema === null ? {} : refer(schema, 'output') } } };
    }
    return { ...answers, ...Object.fromEntries(refusals) };
  };

  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
    const key = route.again === null ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }];
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: {
        operationId: route.id,
        tags: [route.tag],
        summary: route.summary,
        ...(route.action === 'public' ? { security: [] } : { 'x-action': route.action }),
        ...(parameters.length + key.length === 0 ? {} : { parameters: [...parameters, ...key] }),
        ...(route.body === null ? {} : { requestBody: requestBodyOf(route, refer) }),
        responses: answersOf(route),
      },
    };
  }

  return {
    openapi: '3.1.0',
    info: {
      title: 'Woordspoor',
      version: apiVersion,
      description: 'Archive for chat messages of Dutch public bodies: kept with the case, found for the Woo, destroyed when the retention period ends.',
      contact: { name: 'Beheer Woordspoor', email: 'beheer@woordspoor.example', url: publicUrl },
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: `${publicUrl}/v1` }],
    security: [{ bearer: [] }, { session: [], csrf: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      headers: { ApiVersion: { description: 'Full version of this API', required: true, schema: { type: 'string', examples: [apiVersion] } } },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'Same key and same request: done once, answered again. Kept for 24 hours.',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Access token of the identity provider (client credentials)' },
        session: { type: 'apiKey', in: 'cookie', name: 'woordspoor', description: 'Browser session; `__Host-woordspoor` over https' },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF', description: 'Token of `GET /v1/me`, with every write of a browser session' },
      },
    },
  };
}
