// What the program reads out of the answers of the API. Only what it uses is asked for, and codes are words: a newer archive may know more of them.
import * as z from 'zod';
import { BundleAnswer, DoubtAnswer } from '#contract/bundle.ts';
import { CustodianAnswer } from '#contract/custodian.ts';
import { Me } from '#contract/me.ts';
import { Problem } from '#contract/problem.ts';
import { SearchHit } from '#contract/search.ts';

const listed = <T extends z.ZodType>(item: T) => z.looseObject({ items: z.array(item).readonly(), next: z.string().nullable() });

const MultipartUpload = z.looseObject({ kind: z.literal('multipart'), partSize: z.int().positive(), partCount: z.int().positive() });

export const SeenBundle = z.looseObject({
  ...BundleAnswer.pick({ id: true, fileName: true, size: true, sha256: true, caseIds: true, uploader: true, counts: true, period: true, createdAt: true })
    .shape,
  state: z.string(),
  format: z.string().nullable(),
  doubts: z
    .array(z.looseObject({ ...DoubtAnswer.pick({ detail: true, count: true, choices: true }).shape, code: z.string(), severity: z.string() }))
    .readonly(),
  problem: z.looseObject({ code: z.string(), detail: z.string() }).nullable(),
  custodianId: z.string().nullable(),
  upload: MultipartUpload.nullable(),
  /** What is kept when that is not the file as it came, but that file without the keys of an app's account. */
  kept: z.looseObject({ sha256: z.string() }).nullish(),
  retention: z.looseObject({ actionDate: z.string().nullable() }),
});
export type SeenBundle = z.infer<typeof SeenBundle>;

export const Registered = z.looseObject({
  bundle: SeenBundle,
  upload: z.discriminatedUnion('kind', [z.looseObject({ kind: z.literal('single') }), MultipartUpload]),
});
export const Links = z.looseObject({ items: z.array(z.looseObject({ url: z.url(), headers: z.record(z.string(), z.string()) })).length(1) });
export const Bundles = listed(SeenBundle);
export const LookedUp = z.looseObject({ found: z.string(), title: z.string().nullable(), state: z.string().nullable() });
export const Myself = z.looseObject(Me.pick({ subject: true, organisation: true, actions: true }).shape);
export const Custodians = listed(z.looseObject(CustodianAnswer.pick({ id: true, name: true, subject: true }).shape));

const Hit = z.looseObject({
  ...SearchHit.pick({ conversation: true, caseIds: true, matched: true }).shape,
  kind: z.string(),
  message: z.looseObject({ id: z.string(), ordinal: z.int(), sender: z.string().nullable(), text: z.string(), sentAt: z.looseObject({ local: z.string() }) }),
  attachment: z.looseObject({ name: z.string(), unit: z.string(), number: z.int(), snippet: z.string() }).optional(),
});
export type Hit = z.infer<typeof Hit>;
export const Found = z.looseObject({
  total: z.int(),
  items: z.array(Hit).readonly(),
  expansions: z.array(z.unknown()).readonly(),
  next: z.string().nullable(),
});
export const AuditOutcome = z.looseObject({
  ok: z.boolean(),
  checked: z.int(),
  unsealed: z.int(),
  sealedThrough: z.string().nullable(),
  firstBreak: z.looseObject({ day: z.string(), kind: z.string(), eventId: z.string().nullable() }).nullable(),
  next: z.string().nullable(),
});
export type AuditOutcome = z.infer<typeof AuditOutcome>;

export const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive().optional() });
export const Refusal = z.looseObject(Problem.shape);
