// The four buckets of the archive, as the AWS ground makes them (ARCHITECTURE 4).
import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Config } from '#runtime/config.ts';

type BucketName = keyof Config['buckets'];

/** Originals and certificates: versioned, with Object Lock, without default retention (a lock must never outlast the shortest term). */
const locked: readonly BucketName[] = ['vault', 'ledger'];
/** Reached by the browser with presigned links. */
const browsed: readonly BucketName[] = ['intake', 'vault', 'exports'];

export async function createBuckets(s3: S3Client, config: Pick<Config, 'buckets' | 'publicUrl' | 'limits'>): Promise<void> {
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
  // Above the days after which the upkeep settles an upload that nobody claimed: this is the safety net beneath it.
  const days = config.limits.intakeDays + 1;
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket: config.buckets.intake,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: 'unclaimed',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            Expiration: { Days: days },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: days },
          },
        ],
      },
    }),
  );
}
