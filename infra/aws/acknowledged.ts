// Findings of cdk-nag that stand, each with its reason and on the very resource it is about. What is not listed here stops the synth.
import { type CfnResource, Stack, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { BucketName } from './buckets.ts';
import type { StandingDoor } from './doors.ts';
import { bucketRights } from './grants.ts';
import type { GroundSettings } from './settings.ts';

export interface Acknowledged {
  readonly settings: GroundSettings;
  readonly doors: readonly StandingDoor[];
  readonly functionRoles: readonly IConstruct[];
  readonly buckets: Readonly<Record<BucketName, IConstruct>>;
  readonly web: IConstruct;
  readonly unbackedTables: readonly IConstruct[];
  readonly pool: IConstruct;
  readonly api: IConstruct;
  readonly distribution: IConstruct;
  /** CDK's helper that copies the window's files, where there are any. */
  readonly windowHelper: IConstruct | undefined;
}

const acknowledge = (construct: IConstruct, id: string, reason: string) => Validations.of(construct).acknowledge({ id: `AwsSolutions-${id}`, reason });

export function acknowledgeFindings(given: Acknowledged): void {
  const { settings } = given;
  for (const role of given.functionRoles)
    acknowledge(role, 'IAM5[Resource::*]', 'X-Ray takes no resource: PutTraceSegments and PutTelemetryRecords know only *.');

  for (const { door, role } of given.doors) {
    for (const grant of door.grants) {
      if (!(grant in bucketRights)) continue;
      const { bucket, objects } = bucketRights[grant as keyof typeof bucketRights];
      const resource = given.buckets[bucket].node.defaultChild as CfnResource;
      for (const keys of objects)
        acknowledge(
          role,
          `IAM5[Resource::<${Stack.of(role).getLogicalId(resource)}.Arn>/${keys}]`,
          `Objects under ${keys} of one bucket: keys are made as the archive grows.`,
        );
    }
  }
  for (const table of given.unbackedTables)
    acknowledge(table, 'DDB3', 'No backup by design: nothing that came out of a chat outlives its destruction. The index is rebuilt from the originals.');

  if (!settings.accessLogs)
    for (const bucket of [...Object.values(given.buckets), given.web])
      acknowledge(bucket, 'S1', 'Access logs are a choice of the organisation (context accessLogs): every read of content is in the audit table already.');
  acknowledge(
    given.pool,
    'COG8',
    'Essentials has what is used: a required second factor and the roles claim. Plus adds risk scoring, which Entra ID does where it signs in.',
  );
  acknowledge(
    given.api,
    'APIG4',
    'The door checks each caller itself: a browser comes with a cookie session, which no authorizer of the gateway can read (decision 0002).',
  );

  acknowledge(given.distribution, 'CFR1', 'Officials travel; who may come in is decided by sign-in, not by country.');
  if (settings.webAclArn === undefined)
    acknowledge(
      given.distribution,
      'CFR2',
      'A web ACL is a choice of the organisation (context webAclArn); the API is throttled at its stage and takes no anonymous work.',
    );
  if (!settings.accessLogs) acknowledge(given.distribution, 'CFR3', 'Access logs are a choice of the organisation (context accessLogs).');
  if (settings.domainName === undefined)
    acknowledge(
      given.distribution,
      'CFR4',
      'Only with an own certificate does CloudFront take a lowest TLS version (contexts domainName and certificateArn); TLS 1.2 is then the least.',
    );

  if (given.windowHelper !== undefined) acknowledgeHelper(given.windowHelper, given.web);
}

/** CDK's own helper for copying the built window at deployment: its runtime and its policies are CDK's to choose, its reach is the window's bucket. */
function acknowledgeHelper(helper: IConstruct, web: IConstruct): void {
  const { account, region } = Stack.of(helper);
  const reason = "CDK's helper that copies the built window: it writes the window's bucket and reads the deployment's own assets, nothing of the archive.";
  const webId = Stack.of(web).getLogicalId(web.node.defaultChild as CfnResource);
  for (const id of [
    'L1',
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    ...['GetBucket', 'GetObject', 'List', 'Abort', 'DeleteObject'].map((action) => `IAM5[Action::s3:${action}*]`),
    `IAM5[Resource::<${webId}.Arn>/*]`,
    `IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-${Token.isUnresolved(account) ? '<AWS::AccountId>' : account}-${region}/*]`,
  ])
    acknowledge(helper, id, reason);
}
