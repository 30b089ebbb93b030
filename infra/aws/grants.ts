// From the manifest's grants to IAM: each grant is exact actions on exact resources. What is not in this table, no door can do.
import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BucketGrant, Door, Grant, TableGrant } from '#infra/manifest.ts';
import { indexKey, intakeKey, ledgerKey, searchPartitions, type TableName, vaultKey } from '#store/table.ts';
import { type BucketName, type GroundBuckets, keyOfBucket } from './buckets.ts';
import type { KeyName, Keys } from './keys.ts';
import { type GroundTables, keyOfTable } from './tables.ts';

export interface Ground {
  readonly keys: Keys;
  readonly tables: GroundTables;
  readonly buckets: GroundBuckets;
  /** Door name → ARN. */
  readonly queueArns: ReadonlyMap<string, string>;
  readonly deadLetterQueueArns: ReadonlyMap<string, string>;
}

interface TableRights {
  readonly table: TableName;
  /** The archive's state in the index: whoever deletes there makes what others remember worthless. */
  readonly updatesState?: true;
  readonly actions: readonly string[];
  /** Actions that also reach the table's indexes. */
  readonly indexActions?: readonly string[];
  readonly writes: boolean;
  readonly conditions?: Readonly<Record<string, unknown>>;
}

const searchKeys = [...Object.values(searchPartitions), indexKey.searchRun('*', 0).pk, indexKey.found('*', '', 0).pk];

/**
 * `index:write` has no BatchWriteItem: that one action also deletes, and IAM cannot tell. Only `index:delete` brings it, and
 * `index:searches` for saved searches and their hits alone.
 * `audit:append` puts day keys and nothing else; IAM knows no condition on overwriting, which the store's condition and the ledger's seals are for.
 */
const tableRights: Readonly<Record<TableGrant, TableRights>> = {
  'catalogue:read': { table: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], indexActions: ['dynamodb:Query'], writes: false },
  'catalogue:write': { table: 'catalogue', actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], writes: true },
  'index:read': { table: 'index', actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], indexActions: ['dynamodb:Query'], writes: false },
  'index:write': { table: 'index', actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'], writes: true },
  'index:delete': { table: 'index', actions: ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'], updatesState: true, writes: true },
  'index:searches': {
    table: 'index',
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
    writes: true,
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': searchKeys } },
  },
  'audit:append': {
    table: 'audit',
    actions: ['dynamodb:PutItem'],
    writes: true,
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DAY#*'] } },
  },
  'audit:read': { table: 'audit', actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], indexActions: ['dynamodb:Query'], writes: false },
};

interface BucketRights {
  readonly bucket: BucketName;
  readonly objectActions: readonly string[];
  /** Keys that the object actions reach. */
  readonly objects: readonly string[];
  /** Actions on the bucket itself. Without ListBucket an absent object answers 403 instead of 404. */
  readonly bucketActions: readonly string[];
  readonly writes: boolean;
  /** Of the object actions. */
  readonly conditions?: Readonly<Record<string, unknown>>;
}

const uploads = [intakeKey.upload('*')];
const bundles = [vaultKey.prefix('*').replace(/\*\/$/, '*')];
const certificates = [ledgerKey.certificateJson('*').replace(/\*.*$/, '*')];
const seals = [`${ledgerKey.seals}*`];

export const bucketRights: Readonly<Record<BucketGrant, BucketRights>> = {
  'intake:read': {
    bucket: 'intake',
    objectActions: ['s3:GetObject', 's3:ListMultipartUploadParts'],
    objects: uploads,
    bucketActions: ['s3:ListBucket'],
    writes: false,
  },
  'intake:presign': {
    bucket: 'intake',
    objectActions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    objects: uploads,
    bucketActions: [],
    writes: true,
  },
  'intake:delete': {
    bucket: 'intake',
    objectActions: ['s3:DeleteObject', 's3:AbortMultipartUpload'],
    objects: uploads,
    bucketActions: ['s3:ListBucketMultipartUploads'],
    writes: false,
  },
  'vault:read': {
    bucket: 'vault',
    objectActions: ['s3:GetObject', 's3:GetObjectVersion'],
    objects: bundles,
    bucketActions: ['s3:ListBucket', 's3:ListBucketVersions'],
    writes: false,
  },
  'vault:write': {
    bucket: 'vault',
    objectActions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    objects: bundles,
    bucketActions: [],
    writes: true,
  },
  'vault:hold': { bucket: 'vault', objectActions: ['s3:GetObjectLegalHold', 's3:PutObjectLegalHold'], objects: bundles, bucketActions: [], writes: false },
  'vault:destroy': {
    bucket: 'vault',
    // Without the right to see holds, an object that is held would look free.
    objectActions: ['s3:DeleteObjectVersion', 's3:GetObjectLegalHold', 's3:AbortMultipartUpload'],
    objects: bundles,
    bucketActions: ['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
    writes: false,
  },
  // Only where nothing lies yet: If-None-Match must be there.
  'ledger:append': {
    bucket: 'ledger',
    objectActions: ['s3:PutObject'],
    objects: certificates,
    bucketActions: [],
    writes: true,
    conditions: { Null: { 's3:if-none-match': 'false' } },
  },
  'ledger:seal': {
    bucket: 'ledger',
    objectActions: ['s3:PutObject'],
    objects: seals,
    bucketActions: [],
    writes: true,
    conditions: { Null: { 's3:if-none-match': 'false' } },
  },
  'ledger:read': { bucket: 'ledger', objectActions: ['s3:GetObject'], objects: [...certificates, ...seals], bucketActions: ['s3:ListBucket'], writes: false },
};

const readWithKey = ['kms:Decrypt', 'kms:DescribeKey'] as const;
const writeWithKey = [...readWithKey, 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey'] as const;

const isTableGrant = (grant: Grant): grant is TableGrant => grant in tableRights;
const isBucketGrant = (grant: Grant): grant is BucketGrant => grant in bucketRights;

/** Of `queued` (doors with a queue) those that a door may send to: as granted, and all of them where it may put dead letters back. */
export function queuesOf(door: Door, queued: Iterable<string>): string[] {
  if (mayRetry(door)) return [...queued];
  return door.grants.flatMap((grant) => (grant.startsWith('queue:') ? [grant.slice('queue:'.length)] : []));
}

const mayRetry = (door: Door) => door.grants.some((grant) => grant === 'dead-letters:retry');

/** Whether a door knows the dead-letter queues at all. */
export function seesDeadLetters(door: Door): boolean {
  return door.grants.some((grant) => grant.startsWith('dead-letters:'));
}

function arnOf(arns: ReadonlyMap<string, string>, door: string): string {
  const arn = arns.get(door);
  if (arn === undefined) throw new Error(`the manifest grants the queue of ${door}, but no door of that name has one`);
  return arn;
}

/** All statements of a door's role, its own log and its own queue excepted (doors.ts adds those). */
export function statementsFor(door: Door, ground: Ground): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  const keyUse = new Map<KeyName, { writes: boolean; services: Set<string> }>();
  const noteKey = (name: KeyName, service: string, writes: boolean) => {
    const use = keyUse.get(name) ?? { writes: false, services: new Set<string>() };
    keyUse.set(name, { writes: use.writes || writes, services: use.services.add(service) });
  };
  for (const grant of door.grants) {
    if (isTableGrant(grant)) {
      const rights = tableRights[grant];
      const { table, indexArns } = ground.tables[rights.table];
      statements.push(
        new PolicyStatement({
          actions: [...rights.actions],
          resources: [table.tableArn],
          ...(rights.conditions === undefined ? {} : { conditions: rights.conditions }),
        }),
      );
      if (rights.indexActions !== undefined)
        statements.push(new PolicyStatement({ actions: [...rights.indexActions], resources: [table.tableArn, ...indexArns] }));
      if (rights.updatesState === true)
        statements.push(
          new PolicyStatement({
            actions: ['dynamodb:UpdateItem'],
            resources: [table.tableArn],
            conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [indexKey.archiveState().pk] } },
          }),
        );
      noteKey(keyOfTable[rights.table], 'dynamodb', rights.writes);
    } else if (isBucketGrant(grant)) {
      const rights = bucketRights[grant];
      const bucket = ground.buckets[rights.bucket];
      statements.push(
        new PolicyStatement({
          actions: [...rights.objectActions],
          resources: rights.objects.map((objects) => bucket.arnForObjects(objects)),
          ...(rights.conditions === undefined ? {} : { conditions: rights.conditions }),
        }),
      );
      if (rights.bucketActions.length > 0) statements.push(new PolicyStatement({ actions: [...rights.bucketActions], resources: [bucket.bucketArn] }));
      if (rights.writes || rights.objectActions.some((action) => action.startsWith('s3:GetObject'))) noteKey(keyOfBucket[rights.bucket], 's3', rights.writes);
    }
  }
  const queues = queuesOf(door, ground.queueArns.keys());
  if (queues.length > 0) statements.push(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: queues.map((name) => arnOf(ground.queueArns, name)) }));
  if (seesDeadLetters(door)) {
    const actions = ['sqs:GetQueueAttributes', ...(mayRetry(door) ? ['sqs:ReceiveMessage', 'sqs:DeleteMessage'] : [])];
    statements.push(new PolicyStatement({ actions, resources: [...ground.deadLetterQueueArns.values()] }));
  }
  for (const [name, use] of keyUse) {
    const { region } = Stack.of(ground.keys[name]);
    statements.push(
      new PolicyStatement({
        actions: [...(use.writes ? writeWithKey : readWithKey)],
        resources: [ground.keys[name].keyArn],
        conditions: { StringEquals: { 'kms:ViaService': [...use.services].map((service) => `${service}.${region}.${Aws.URL_SUFFIX}`) } },
      }),
    );
  }
  return statements;
}
