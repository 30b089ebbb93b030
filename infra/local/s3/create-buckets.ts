// The four buckets of the archive, as the AWS ground makes them (ARCHITECTURE 4).
import {
  CreateBucketCommand,
  HeadBucketCommand,
  type LifecycleRule,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Config } from '#runtime/config.ts';

type BucketName = keyof Config['buckets'];

/**
 * Versioned, with Object Lock. The vault has no default retention: a lock must never outlast the shortest term. What is in the ledger stays
 * for good (Archiefbesluit 1995 art. 8).
 */
const locked: readonly BucketName[] = ['vault', 'ledger'];
/** Reached by the browser with presigned links. */
const browsed: readonly BucketName[] = ['intake', 'vault', 'exports'];

/**
 * What an export left, and parts of a copy that broke off. Nothing in the intake goes by itself: an upload that waits for somebody's answer
 * stands nowhere else, and the nightly upkeep knows which uploads nobody claimed.
 */
const rules: Readonly<Partial<Record<BucketName, Pick<LifecycleRule, 'Expiration' | 'AbortIncompleteMultipartUpload'>>>> = {
  vault: { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
  exports: { Expiration: { Days: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
};

export async function createBuckets(s3: S3Client, config: Pick<Config, 'buckets' | 'publicUrl'>): Promise<void> {
  for (const [name, bucket] of Object.entries(config.buckets) as [BucketName, string][]) {
    const there = await s3.send(new HeadBucketCommand({ Bucket: bucket })).then(
      () => true,
      (error: unknown) => {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return false;
        throw error;
      },
    );
    if (!there) await s3.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: locked.includes(name) }));
    if (browsed.includes(name)) {
      await s3.send(
        new PutBucketCorsCommand({
          Bucket: bucket,
          CORSConfiguration: {
            CORSRules: [
              {
                AllowedOrigins: [config.publicUrl],
                AllowedMethods: name === 'intake' ? ['PUT', 'GET', 'HEAD'] : ['GET', 'HEAD'],
                AllowedHeaders: ['*'],
                ExposeHeaders: ['ETag', 'x-amz-checksum-sha256', 'x-amz-version-id', 'content-range'],
                MaxAgeSeconds: 3600,
              },
            ],
          },
        }),
      );
    }
  }
  for (const [name, rule] of Object.entries(rules) as [BucketName, LifecycleRule][]) {
    const Rules = [{ ...rule, ID: 'ground', Status: 'Enabled' as const, Filter: { Prefix: '' } }];
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket: config.buckets[name], LifecycleConfiguration: { Rules } }));
  }
  await s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket: config.buckets.ledger,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Years: 100 } } },
    }),
  );
}
