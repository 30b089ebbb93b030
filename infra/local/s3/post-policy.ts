// Form uploads under a signed policy (S3 "POST policy"): what the policy does not name may not be sent.
import { S3Fault } from './s3-fault.ts';
import { type Credentials, hmacHex, parseAmzDate, sameText, signingKeyFor } from './signature.ts';

export interface PolicyBounds {
  readonly smallest: number;
  readonly largest: number;
}

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly unknown[];
}

const largestPost = 5 * 2 ** 30;
const freeFields = new Set(['policy', 'x-amz-signature', 'file']);

const refused = (why: string) => new S3Fault('AccessDenied', `Invalid according to Policy: ${why}`);

function readPolicy(text: string): Policy {
  let policy: unknown;
  try {
    policy = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    throw new S3Fault('MalformedPOSTRequest', 'The policy is not valid JSON.');
  }
  const { expiration, conditions } = (policy ?? {}) as Partial<Policy>;
  if (typeof expiration !== 'string' || !Array.isArray(conditions)) throw new S3Fault('MalformedPOSTRequest', 'The policy lacks its expiration or conditions.');
  return { expiration, conditions };
}

interface Rule {
  readonly kind: 'eq' | 'starts-with';
  readonly field: string;
  readonly value: string;
}

function rulesOf(conditions: readonly unknown[]): { rules: readonly Rule[]; bounds: PolicyBounds } {
  const rules: Rule[] = [];
  let bounds: PolicyBounds = { smallest: 0, largest: largestPost };
  for (const condition of conditions) {
    if (Array.isArray(condition)) {
      const [kind, first, second] = condition as [string, unknown, unknown];
      if (String(kind).toLowerCase() === 'content-length-range') bounds = { smallest: Number(first), largest: Number(second) };
      else if (kind === 'eq' || kind === 'starts-with') rules.push({ kind, field: String(first).replace(/^\$/, '').toLowerCase(), value: String(second) });
      else throw refused('an unknown kind of condition');
    } else {
      for (const [field, value] of Object.entries((condition ?? {}) as Record<string, unknown>))
        rules.push({ kind: 'eq', field: field.toLowerCase(), value: String(value) });
    }
  }
  if (!(bounds.smallest >= 0 && bounds.largest >= bounds.smallest)) throw refused('content-length-range');
  return { rules, bounds: { ...bounds, largest: Math.min(bounds.largest, largestPost) } };
}

/** Refuses a form that is not signed, expired, or not covered by its policy; gives the size it allows. */
export function checkPostPolicy(bucket: string, fields: ReadonlyMap<string, string>, credentials: Credentials, nowMs: number): PolicyBounds {
  const of = (name: string) => fields.get(name) ?? '';
  if (of('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') throw new S3Fault('AccessDenied', 'Access Denied');
  const { key, date } = signingKeyFor(of('x-amz-credential'), credentials);
  parseAmzDate(of('x-amz-date'));
  if (!of('x-amz-date').startsWith(date)) throw new S3Fault('AccessDenied', 'The credential date does not match the request date.');
  if (!sameText(hmacHex(key, of('policy')), of('x-amz-signature')))
    throw new S3Fault('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
  const policy = readPolicy(of('policy'));
  const until = Date.parse(policy.expiration);
  if (Number.isNaN(until) || until < nowMs) throw refused('Policy expired.');
  const { rules, bounds } = rulesOf(policy.conditions);
  const given = new Map([...fields, ['bucket', bucket]]);
  for (const rule of rules) {
    const value = given.get(rule.field) ?? '';
    if (rule.kind === 'eq' ? value !== rule.value : !value.startsWith(rule.value)) throw refused(`Policy Condition failed: ["${rule.kind}", "$${rule.field}"]`);
  }
  const covered = new Set(rules.map((rule) => rule.field));
  for (const name of fields.keys()) {
    if (!covered.has(name) && !freeFields.has(name) && !name.startsWith('x-ignore-')) throw refused(`Extra input fields: ${name}`);
  }
  return bounds;
}
