// From a fault to application/problem+json (RFC 9457). What was sent is never repeated.
import type * as z from 'zod';
import { dutchMessage } from '#contract/dutch-message.ts';
import type { Problem } from '#contract/problem.ts';
import { type Fault, type FaultCode, type FaultPlace, faultStatus } from '#core/model/fault.ts';
import { no } from '#core/model/result.ts';
import { faultText } from '#core/model/text.nl.ts';

function problemOf(fault: Fault): Problem {
  const { title, detail } = faultText[fault.code];
  return {
    type: `urn:woordspoor:fault:${fault.code}`,
    status: faultStatus[fault.code],
    title,
    detail,
    code: fault.code,
    ...(fault.errors === undefined ? {} : { errors: fault.errors.map((place) => ({ message: 'deze waarde kan hier niet', ...place })) }),
    ...fault.ids,
  };
}

/** Seconds after which asking again makes sense. */
const retryAfter: Partial<Readonly<Record<FaultCode, number>>> = { unavailable: 60, 'idempotency.in-flight': 5 };

export function problemResponse(fault: Fault, headers: Readonly<Record<string, string>> = {}): Response {
  const problem = problemOf(fault);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfter[fault.code] === undefined ? {} : { 'retry-after': String(retryAfter[fault.code]) }),
      ...headers,
    },
  });
}

const namePattern = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

/** `scope.caseIds.0` */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function placesOf(issue: z.core.$ZodIssue): FaultPlace[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: fieldOf([...issue.path, namePattern.test(key) ? key : '?']), code: issue.code, message: issue.message }));
  }
  return [{ field: fieldOf(issue.path), code: issue.code, message: issue.message }];
}

/** Parses with Dutch messages; every issue becomes a place. */
export function parsed(schema: z.ZodType, value: unknown): { readonly value: unknown; readonly errors: readonly FaultPlace[] } {
  const outcome = schema.safeParse(value, { error: dutchMessage });
  return outcome.success ? { value: outcome.data, errors: [] } : { value: undefined, errors: outcome.error.issues.flatMap(placesOf) };
}

export function invalid(field: string, message: string, code: FaultCode = 'input.invalid') {
  return no(code, { errors: [{ field, message }] });
}
