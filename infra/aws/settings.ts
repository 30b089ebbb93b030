// What one organisation chooses at deployment, from the CDK context (`cdk deploy -c organisation=… -c region=…`). Nothing else varies.
import * as z from 'zod';
import { roles } from '#core/model/role.ts';

const machineRoles = roles.filter((role) => role !== 'system');

/** Context values come as text from the command line and as JSON from cdk.json. */
function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Error('a context value that must be JSON is not JSON');
  }
}

export const GroundSettings = z
  .object({
    /** Short name in resource names: small letters, digits, dashes. One stack an organisation. */
    organisation: z.string().regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, 'organisation: 3 to 20 small letters, digits and dashes'),
    region: z.string().regex(/^[a-z]+(-[a-z]+)+-\d$/, 'region: e.g. eu-central-1, eu-west-1, eusc-de-east-1'),
    account: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    /** Own name of the window, with its certificate (in us-east-1, as CloudFront demands). */
    domainName: z.string().min(1).optional(),
    certificateArn: z.string().startsWith('arn:').optional(),
    /** A web ACL with scope CLOUDFRONT, made in us-east-1. */
    webAclArn: z.string().startsWith('arn:').optional(),
    /** Access logs of the buckets and of CloudFront, in a bucket of their own. */
    accessLogs: z.stringbool().or(z.boolean()).default(false),
    alarmEmail: z.email().optional(),
    /** Days that technical logs are kept. They hold codes and ids, no content. */
    logDays: z.coerce
      .number()
      .pipe(z.literal([30, 60, 90, 180, 365]))
      .default(180),
    /** Sign-in with the organisation's own Entra ID (or any OIDC provider). The secret stays in Secrets Manager, key `clientSecret`. */
    entra: z.preprocess(fromJson, z.object({ issuer: z.url(), clientId: z.string().min(1), secretName: z.string().min(1) }).optional()),
    /**
     * The organisation's case system (ZGW). Key and notification word stay in Secrets Manager (keys `secret` and `notificationAuthorization`);
     * CloudFormation fills them in, and the environment of the two doors that need them is encrypted (decision 0016).
     */
    zgw: z.preprocess(
      fromJson,
      z
        .object({
          zaken: z.url(),
          catalogi: z.url(),
          besluiten: z.url().optional(),
          selectielijst: z.url().optional(),
          rsin: z.string().regex(/^\d{9}$/),
          clientId: z.string().min(1),
          secretName: z.string().min(1),
          notifications: z.boolean().default(false),
        })
        .optional(),
    ),
    /** Machines that call the API: name → roles. Each becomes a client with client credentials. */
    machines: z.preprocess(fromJson, z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.array(z.enum(machineRoles)).min(1))).default({}),
  })
  .refine((s) => (s.domainName === undefined) === (s.certificateArn === undefined), 'domainName and certificateArn go together');
export type GroundSettings = z.infer<typeof GroundSettings>;

/** Reads the settings out of a lookup such as `app.node.tryGetContext`. */
export function readSettings(lookup: (name: string) => unknown): GroundSettings {
  const names = [
    'organisation',
    'region',
    'account',
    'domainName',
    'certificateArn',
    'webAclArn',
    'accessLogs',
    'alarmEmail',
    'logDays',
    'entra',
    'zgw',
    'machines',
  ];
  return GroundSettings.parse(Object.fromEntries(names.map((name) => [name, lookup(name)]).filter(([, value]) => value !== undefined)));
}
