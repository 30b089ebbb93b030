// The only reader of the environment. The two grounds differ by these values and by nothing else.
import * as z from 'zod';

const Named = z.record(z.string(), z.string());

export const Config = z.object({
  region: z.string().default('eu-central-1'),
  /** Endpoints are absent on AWS; `s3Public` is the address a browser reaches. */
  endpoints: z.object({ dynamodb: z.url(), s3: z.url(), s3Public: z.url(), sqs: z.url() }).partial().default({}),
  /** Absent on AWS: the role of the function speaks. */
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }).optional(),
  tables: z.object({ catalogue: z.string(), index: z.string(), audit: z.string() }),
  buckets: z.object({ intake: z.string(), vault: z.string(), exports: z.string(), ledger: z.string() }),
  /** Door name → queue URL, and the dead-letter queue of each. */
  queues: Named.default({}),
  deadLetterQueues: Named.default({}),
  identity: z.object({
    issuer: z.url(),
    /** Client of the browser's backend-for-frontend. */
    clientId: z.string(),
    clientSecret: z.string().optional(),
    /** Audience of the tokens that are accepted. Cognito names the client there: one for the window and one for each machine. */
    audience: z.union([z.string(), z.array(z.string()).min(1)]),
    /** Claim of the token that holds the roles: an array, or words parted by spaces. */
    rolesClaim: z.string().default('roles'),
    /** true only where the issuer is on this machine. */
    insecure: z.boolean().default(false),
  }),
  /** Where the window and the API are reached from outside, without a slash at the end. */
  publicUrl: z.url(),
  /** Set by `--today`: the archive's calendar stands at this date. Tokens and links keep real time. */
  calendarStandsAt: z.iso.date().nullable().default(null),
  /** Zone of the archive's calendar ("today"). */
  zone: z.string().default('Europe/Amsterdam'),
  limits: z
    .object({
      multipartFromBytes: z.int().default(16 * 2 ** 20),
      partBytes: z.int().default(16 * 2 ** 20),
      uploadLinkSeconds: z.int().default(3600),
      intakeDays: z.int().default(14),
      sessionHours: z.int().default(8),
      /** Largest file that the API answers itself; a larger one goes by a link that lives for minutes. Null: no limit. */
      answerBytes: z.int().nullable().default(null),
    })
    .prefault({}),
  /** The organisation's case system (ZGW). Absent: cases come by hand and by import only. */
  zgw: z
    .object({
      zaken: z.url(),
      catalogi: z.url(),
      besluiten: z.url().optional(),
      /** Public API of the selection list, for the numbers of its results. */
      selectielijst: z.url().optional(),
      rsin: z.string().regex(/^\d{9}$/),
      clientId: z.string().min(1),
      secret: z.string().min(1),
      /** The whole value of `Authorization` with which the Notificaties API comes; absent: it is not let in. */
      notificationAuthorization: z.string().min(16).optional(),
    })
    .optional(),
  /** Shards of each drawer (ARCHITECTURE 6); 1 until an archive passes tens of millions of messages. */
  drawerShards: z.int().min(1).max(16).default(1),
  /** Folder with the built window; absent where CloudFront serves it. */
  webFolder: z.string().optional(),
  version: z.string().default('0.1.0'),
});
export type Config = z.infer<typeof Config>;

export function configFromEnvironment(): Config {
  const text = process.env['WOORDSPOOR_CONFIG'];
  if (text === undefined) throw new Error('WOORDSPOOR_CONFIG is not set');
  return Config.parse(JSON.parse(text));
}
