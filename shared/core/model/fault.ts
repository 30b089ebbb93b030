// The closed table of faults: code → HTTP status. The Dutch sentence of each stands in text.nl.ts beside it;
// a code without a sentence does not compile.

export const faultStatus = {
  'input.invalid': 400,
  'query.syntax': 400,
  'query.expansion-too-wide': 400,
  'cursor.invalid': 400,
  'session.absent': 401,
  'access.denied': 403,
  'access.csrf': 403,
  'approval.own-work': 403,
  'not-found': 404,
  'method.not-allowed': 405,
  'media-type.not-acceptable': 406,
  'media-type.unsupported': 415,
  'changed-meanwhile': 409,
  'idempotency.different-request': 409,
  'idempotency.in-flight': 409,
  'bundle.duplicate': 409,
  'bundle.wrong-state': 409,
  'bundle.no-such-question': 409,
  'upload.incomplete': 409,
  'upload.expired': 409,
  'sift.whole-required': 409,
  'case.closed-without-date': 400,
  'case.selection-unknown': 400,
  'case.retention-contradicts': 400,
  'custodian.account-taken': 409,
  'custodian.steps-open': 409,
  'custodian.wrong-state': 409,
  'search.closed': 409,
  'search.of-another': 403,
  'hold.wrong-state': 409,
  'list.wrong-state': 409,
  'list.name-differs': 409,
  'list.item-unknown': 400,
  'destroy.not-due': 409,
  'destroy.held': 409,
  'destroy.not-authorised': 409,
  'destroy.date-differs': 409,
  'destroy.case-unread': 409,
  'job.unknown': 404,
  'payload.too-large': 413,
  'range.not-satisfiable': 416,
  internal: 500,
  unavailable: 503,
} as const;

export type FaultCode = keyof typeof faultStatus;

/** `place` names a field, a position in a query, or a line. */
export interface FaultPlace {
  readonly field?: string;
  readonly position?: number;
  readonly code?: string;
  readonly message?: string;
}

export interface Fault {
  readonly code: FaultCode;
  readonly errors?: readonly FaultPlace[];
  readonly ids?: Readonly<Record<string, string>>;
}
