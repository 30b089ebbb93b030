// Cross-origin rules of a bucket: the browser's preflight, and the headers on its real requests.
import type { CorsRule } from './bucket-store.ts';
import { S3Fault } from './s3-fault.ts';
import type { XmlElement, XmlFields } from './xml.ts';
import { childrenOf, textOf } from './xml.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];

/** One `*` stands for any run of characters. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}

export function corsHeaders(
  rules: readonly CorsRule[] | null,
  origin: string | undefined,
  method: string | undefined,
  askedHeaders: string | undefined,
): Record<string, string> | undefined {
  if (origin === undefined || method === undefined) return undefined;
  const asked = (askedHeaders ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = rules?.find(
    (one) =>
      one.origins.some((pattern) => fits(pattern, origin)) &&
      one.methods.includes(method) &&
      asked.every((name) => one.headers.some((pattern) => fits(pattern.toLowerCase(), name))),
  );
  if (rule === undefined) return undefined;
  return {
    'access-control-allow-origin': rule.origins.includes('*') ? '*' : origin,
    'access-control-allow-methods': rule.methods.join(', '),
    ...(asked.length === 0 ? {} : { 'access-control-allow-headers': asked.join(', ') }),
    ...(rule.expose.length === 0 ? {} : { 'access-control-expose-headers': rule.expose.join(', ') }),
    ...(rule.maxAge === undefined ? {} : { 'access-control-max-age': String(rule.maxAge) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

export function corsFromXml(root: XmlElement): readonly CorsRule[] {
  const rules = childrenOf(root, 'CORSRule').map((rule): CorsRule => {
    const texts = (name: string) => childrenOf(rule, name).map((child) => child.text.trim());
    const [id, maxAge] = [textOf(rule, 'ID'), textOf(rule, 'MaxAgeSeconds')];
    return {
      ...(id === undefined ? {} : { id }),
      methods: texts('AllowedMethod'),
      origins: texts('AllowedOrigin'),
      headers: texts('AllowedHeader'),
      expose: texts('ExposeHeader'),
      ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    };
  });
  const bad = rules.some((rule) => rule.methods.length === 0 || rule.origins.length === 0 || rule.methods.some((m) => !methods.includes(m)));
  if (rules.length === 0 || rules.length > 100 || bad)
    throw new S3Fault('MalformedXML', 'The CORS configuration did not validate against our published schema.');
  return rules;
}

export function corsToXml(rules: readonly CorsRule[]): XmlFields {
  return {
    CORSRule: rules.map((rule) => ({
      ID: rule.id,
      AllowedMethod: rule.methods,
      AllowedOrigin: rule.origins,
      AllowedHeader: rule.headers,
      ExposeHeader: rule.expose,
      MaxAgeSeconds: rule.maxAge,
    })),
  };
}
