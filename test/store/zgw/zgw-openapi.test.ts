// The case system of the tests speaks as the published OpenAPI of the Zaken API does (Open Zaak 1.5.1): every answer that it gave is held
// against it. The document lies outside the repository; WOORDSPOOR_REFERENCE names its folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeZgwClient } from '#store/zgw/zgw-client.ts';
import { startZgwServer } from '#test/support/zgw-server.ts';

type Json = Record<string, unknown>;
const folder = process.env['WOORDSPOOR_REFERENCE'];

/** OpenAPI 3.0 writes `nullable` and a discriminator; JSON Schema a second type and conditions. Parts of other documents admit everything. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { propertyName, mapping } = ((value as Json)['discriminator'] ?? {}) as { propertyName?: string; mapping?: Readonly<Record<string, string>> };
  if (propertyName !== undefined && mapping !== undefined) {
    const cases = Object.entries(mapping).map(([kind, $ref]) => ({
      if: { properties: { [propertyName]: { const: kind } }, required: [propertyName] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: toJsonSchema({ $ref }),
    }));
    return { allOf: cases, properties: { [propertyName]: { enum: Object.keys(mapping) } }, required: [propertyName] };
  }
  const { nullable, example: _example, xml: _xml, $ref, ...rest } = value as Json;
  if (typeof $ref === 'string') return $ref.startsWith('#') ? { $ref: `openapi.json${$ref}` } : {};
  const schema = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)]));
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

interface OpenApi {
  readonly paths: Readonly<
    Record<string, { readonly get: { readonly responses: { readonly 200: { readonly content: { readonly 'application/json': { readonly schema: Json } } } } } }>
  >;
  readonly components: { readonly schemas: Json };
}

describe.runIf(folder !== undefined)('the case system of the tests', () => {
  it('gives nothing that the published document does not admit', { timeout: 60_000 }, async () => {
    const document = parse(readFileSync(join(folder ?? '', 'zgw', 'zaken-openzaak-1.5.1.openapi.yaml'), 'utf8')) as OpenApi;
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema({ components: { schemas: toJsonSchema(document.components.schemas) } }, 'openapi.json');

    const server = await startZgwServer();
    try {
      const client = makeZgwClient(server.config);
      const main = server.addCase('HOOFD', { einddatum: '2026-05-31' });
      const kinds = ['afgehandeld', 'hoofdzaak', 'eigenschap', 'zaakobject', 'gerelateerde_zaak', 'vervaldatum_besluit'] as const;
      for (const kind of kinds) {
        const url = server.addCase(`ZAAK-${kind}`, {
          einddatum: '2026-02-28',
          hoofdzaak: kind === 'hoofdzaak' ? main : null,
          relevant: kind === 'gerelateerde_zaak' ? [main] : [],
        });
        server.giveResult(url, { afleidingswijze: kind, datumkenmerk: 'overigeData/einde', objecttype: 'overige' });
        server.addProperty(url, 'overigeData/einde', '2027-01-01');
        server.addObject(url, 'overige', { overigeData: { einde: '2027-01-01' } });
        server.addDecision(url, '2026-03-01', '2031-03-01');
        expect(await client.findCase(`ZAAK-${kind}`)).toMatchObject({ ok: true });
      }

      expect(new Set(server.given.map(({ path }) => path))).toEqual(
        new Set(['/zaken', '/resultaten/{uuid}', '/zaken/{uuid}', '/zaken/{zaak_uuid}/zaakeigenschappen', '/zaakobjecten', '/zaken/{zaak_uuid}/besluiten']),
      );
      for (const { path, body } of server.given) {
        const schema = document.paths[path]?.get.responses[200].content['application/json'].schema;
        if (schema === undefined) throw new Error(`the document has no ${path}`);
        const validate = ajv.compile(toJsonSchema(schema) as Json);
        validate(body);
        expect((validate.errors ?? []).map(({ instancePath, message }) => `${path} ${instancePath} ${message}`)).toEqual([]);
      }
    } finally {
      await server.stop();
    }
  });
});
