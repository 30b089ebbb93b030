// The buckets: no public access, TLS only, own keys. Originals and certificates lie under Object Lock; results expire by themselves.
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  HttpMethods,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { CfnQueuePolicy, type Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { Config } from '#runtime/config.ts';
import { intakeKey } from '#store/table.ts';
import type { KeyName, Keys } from './keys.ts';

export type BucketName = keyof Config['buckets'];
export type GroundBuckets = Readonly<Record<BucketName, Bucket>>;

export const keyOfBucket: Readonly<Record<BucketName, KeyName>> = { intake: 'content', vault: 'content', exports: 'content', ledger: 'record' };

/** Results are copies; they can be made again for as long as the archive keeps what they were made from. */
const exportDays = 30;
/** The longest that S3 knows: a century stands for good. */
const ledgerYears = 100;

/** Known before the bucket stands: the window's CSP names its address, and its CORS rule names the window's. */
export function intakeName(organisation: string): string {
  return `woordspoor-${organisation}-intake-${Aws.ACCOUNT_ID}`;
}

/** CDK's own interface and class differ under exactOptionalPropertyTypes; they are the same thing. */
export const asBucket = (bucket: Bucket): IBucket => bucket as IBucket;

export function baseBucket(logs: Bucket | undefined, prefix: string): BucketProps {
  return {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(logs === undefined ? {} : { serverAccessLogsBucket: asBucket(logs), serverAccessLogsPrefix: `${prefix}/` }),
  };
}

export function makeLogBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'AccessLogs', {
    ...baseBucket(undefined, ''),
    encryption: BucketEncryption.S3_MANAGED,
    // CloudFront's standard logs are delivered with an ACL.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [{ expiration: Duration.days(180), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
}

export function makeBuckets(scope: Construct, given: { organisation: string; keys: Keys; publicUrl: string; logs: Bucket | undefined }): GroundBuckets {
  const { intakeDays } = Config.shape.limits.parse({});
  const base = (name: BucketName): BucketProps => ({
    ...baseBucket(given.logs, name),
    encryption: BucketEncryption.KMS,
    encryptionKey: given.keys[keyOfBucket[name]],
    bucketKeyEnabled: true,
  });

  const intake = new Bucket(scope, 'Intake', {
    ...base('intake'),
    bucketName: intakeName(given.organisation),
    cors: [
      {
        allowedOrigins: [given.publicUrl],
        allowedMethods: [HttpMethods.PUT],
        // As signed into the upload links (store/intake.ts): the hash of the bytes, and that nothing may lie there yet.
        allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256'],
        exposedHeaders: ['ETag', 'x-amz-checksum-sha256'],
        maxAge: 3600,
      },
    ],
    // No expiry: a bundle that waits for an answer has its only bytes here. The nightly upkeep refuses what nobody claims, and then empties it.
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(intakeDays) }],
  });

  // Object Lock serves legal holds. There is no default retention: a bundle must be destroyable on the day that its period ends, not earlier and not later.
  const vault = new Bucket(scope, 'Vault', {
    ...base('vault'),
    versioned: true,
    objectLockEnabled: true,
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });

  const exports = new Bucket(scope, 'Exports', {
    ...base('exports'),
    lifecycleRules: [{ expiration: Duration.days(exportDays), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });

  // Certificates are kept for good (Archiefbesluit 1995 art. 8), hence a century. Governance, not compliance: in compliance mode not even a certificate that
  // names a person by mistake could be mended before 2126. Nobody has the right to pass by governance; the policy below refuses it to all, so that it takes
  // a change of this file, seen by a second pair of eyes, and leaves its trace in CloudTrail.
  const ledger = new Bucket(scope, 'Ledger', {
    ...base('ledger'),
    versioned: true,
    objectLockEnabled: true,
    objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(ledgerYears * 365)),
  });
  ledger.addToResourcePolicy(
    new PolicyStatement({
      sid: 'NobodyRemovesWhatStandsHere',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention', 's3:PutObjectRetention'],
      resources: [ledger.arnForObjects('*')],
    }),
  );
  return { intake, vault, exports, ledger };
}

/** Binds everyone in the account, administrators too: only the one delete path takes versions out of the vault, and nobody passes by a lock. */
export function guardVault(vault: Bucket, destroyerRoleArns: readonly string[]): void {
  vault.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyTheOneDeletePath',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:DeleteObjectVersion'],
      resources: [vault.arnForObjects('*')],
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': [...destroyerRoleArns] } },
    }),
  );
  vault.addToResourcePolicy(
    new PolicyStatement({
      sid: 'NobodyPassesByALock',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:DeleteObject', 's3:BypassGovernanceRetention'],
      resources: [vault.arnForObjects('*')],
    }),
  );
}

/** An upload's arrival goes to the queue by the bucket itself, without a helper function. The queue's policy must stand before the bucket is asked. */
export function announceUploads(intake: Bucket, organisation: string, queue: Queue): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'UploadsArrive',
      principals: [new ServicePrincipal('s3.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: {
        ArnEquals: { 'aws:SourceArn': `arn:${Aws.PARTITION}:s3:::${intakeName(organisation)}` },
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      },
    }),
  );
  const bucket = intake.node.defaultChild as CfnBucket;
  bucket.notificationConfiguration = {
    queueConfigurations: [
      {
        event: 's3:ObjectCreated:*',
        queue: queue.queueArn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: intakeKey.upload('') }] } },
      },
    ],
  };
  for (const child of queue.node.findAll()) if (child instanceof CfnQueuePolicy) bucket.node.addDependency(child);
}
