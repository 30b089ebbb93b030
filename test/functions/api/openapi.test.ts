// The published document: valid OpenAPI 3.1, and the rules of the NL API Design Rules 2 that can be checked on a document.
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiOf } from '#functions/api/openapi.ts';
import { routes } from '#functions/api/routes.ts';

type Json = Record<string, unknown>;

const document = JSON.parse(JSON.stringify(openApiOf(routes, 'https://archief.voorbeeld.example'))) as Json;
const paths = document['paths'] as Record<string, Record<string, Json>>;
const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

/** Every object in the document, with where it stands. */
function* walk(node: unknown, place = '#'): Generator<[string, Json]> {
  if (Array.isArray(node)) for (const [i, one] of node.entries()) yield* walk(one, `${place}/${i}`);
  else if (typeof node === 'object' && node !== null) {
    yield [place, node as Json];
    for (const [key, one] of Object.entries(node)) yield* walk(one, `${place}/${key}`);
  }
}

const pathPattern = /^(\/|(\/_[a-z0-9]+|\/(([a-z0-9-]+|{[^}]+})(\/([a-z0-9\-.]+|{[^}]+}))*)(\/_[a-z]+)?)\/?)$/;
const violations = {
  'problem+json on every refusal': () =>
    operations.flatMap(({ operation }) =>
      Object.entries(operation['responses'] as Record<string, Json>).flatMap(([status, { content }]) =>
        /^[45]/.test(status) && !('application/problem+json' in (content as Json)) ? [`${operation['operationId']} ${status}`] : [],
      ),
    ),
  'API-Version on every answer': () =>
    operations.flatMap(({ operation }) =>
      Object.entries(operation['responses'] as Record<string, Json>).flatMap(([status, { headers }]) =>
        'API-Version' in ((headers ?? {}) as Json) ? [] : [`${operation['operationId']} ${status}`],
      ),
    ),
  '400 on writes, and on reads with parameters': () =>
    operations.flatMap(({ method, operation }) =>
      (['post', 'put', 'patch'].includes(method) || ((operation['parameters'] ?? []) as readonly unknown[]).length > 0) &&
      !('400' in (operation['responses'] as Json))
        ? [String(operation['operationId'])]
        : [],
    ),
  'kebab-case paths without a trailing slash': () =>
    Object.keys(paths).filter((path) => path !== '/openapi.json' && (!pathPattern.test(path) || path.endsWith('/'))),
  'lower camel case query keys': () =>
    operations.flatMap(({ operation }) =>
      ((operation['parameters'] ?? []) as readonly { name?: string; in?: string }[]).flatMap(({ name = '', in: where }) =>
        where === 'query' && !/^\$?[a-z][a-z\d]*([A-Z][a-z\d]*)*$/.test(name) ? [name] : [],
      ),
    ),
  'dates say that they are dates': () =>
    [...walk(document)].flatMap(([place, node]) =>
      Object.entries((node['properties'] ?? {}) as Record<string, Json>).flatMap(([name, schema]) =>
        /(^(date|datum)$)|\w+D(ate|atum)/.test(name) && schema['format'] !== 'date' ? [`${place}/${name}`] : [],
      ),
    ),
  'schema names in Pascal case': () => Object.keys((document['components'] as Json)['schemas'] as Json).filter((name) => !/^([A-Z][a-z0-9]+)+$/.test(name)),
  'unique operation ids': () => {
    const ids = operations.map(({ operation }) => operation['operationId']);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
  },
  'only standard methods': () => operations.flatMap(({ method }) => (/^(get|put|post|patch|delete)$/.test(method) ? [] : [method])),
} as const;

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const outcome = await new Validator().validate(structuredClone(document));
    expect(outcome).toMatchObject({ valid: true });
    expect(document['openapi']).toMatch(/^3\.1/);
  });

  it.each(Object.keys(violations) as (keyof typeof violations)[])('keeps the rule: %s', (rule) => {
    expect(violations[rule]()).toEqual([]);
  });

  it('has a contact with name, mail and address, a semantic version and the major version in its server', () => {
    expect(document['info']).toMatchObject({
      contact: { name: expect.any(String), email: expect.stringContaining('@'), url: expect.stringMatching(/^https/) },
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect(document['servers']).toEqual([{ url: 'https://archief.voorbeeld.example/v1' }]);
  });

  it('requires status, title and detail in a problem', () => {
    const { Problem } = (document['components'] as Json)['schemas'] as Record<string, Json>;
    expect(Problem?.['required']).toEqual(expect.arrayContaining(['status', 'title', 'detail', 'code']));
  });

  it('leaves nothing that points nowhere', () => {
    const dangling = [...walk(document)].flatMap(([place, node]) => {
      const ref = node['$ref'];
      if (typeof ref !== 'string') return [];
      const target = ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
      return target === undefined ? [`${place} -> ${ref}`] : [];
    });
    expect(dangling).toEqual([]);
  });

  it('puts no personal data into addresses: whoever searches for words or people posts', () => {
    const queryKeys = operations.flatMap(({ operation }) =>
      ((operation['parameters'] ?? []) as readonly { name?: string; in?: string }[]).filter((one) => one.in === 'query').map(({ name }) => name),
    );
    expect(queryKeys.filter((name) => /query|search|sender|name|phone|text/i.test(name ?? ''))).toEqual([]);
    expect(queryKeys).toBeDefined();
  });
});
