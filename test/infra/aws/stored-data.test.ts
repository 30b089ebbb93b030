// Where all that was said lies and who may touch it, asserted on the template: CloudFormation is what gets deployed, not the code that wrote it.
import { describe, expect, it } from 'vitest';
import { pascal } from '#infra/aws/doors.ts';
import type { Door } from '#infra/manifest.ts';
import { Config } from '#runtime/config.ts';
import { type TableName, tableSchemas } from '#store/table.ts';
import { archive, doors, doorsWith, logicalId, properties, text } from './archive-template.ts';
import { type Resource, type Statement, statementsOf } from './synth-archive.ts';

const bucket = (name: string) => logicalId('AWS::S3::Bucket', name);
const table = (name: string) => logicalId('AWS::DynamoDB::Table', `${pascal(name)}Table`);

/** Statements of the role that a door's function runs under. */
function statementsOfDoor(door: Door): Statement[] {
  const role = properties(logicalId('AWS::Lambda::Function', pascal(door.name))).Role['Fn::GetAtt'][0] as string;
  return archive
    .ofType('AWS::IAM::Policy')
    .filter(([, policy]) => policy.Properties.Roles.some((one: { Ref?: string }) => one.Ref === role))
    .flatMap(([, policy]) => statementsOf(policy.Properties.PolicyDocument));
}
const allows = (statements: readonly Statement[], action: string, resourceId: string) =>
  statements.some(
    (one) => one.Effect === 'Allow' && one.Action.includes(action) && one.Resource.some((resource) => text(resource).includes(`"${resourceId}"`)),
  );
const doorsThatMay = (action: string, resourceId: string) => doors.filter((door) => allows(statementsOfDoor(door), action, resourceId)).map(({ name }) => name);
const policyOfBucket = (id: string): Statement[] =>
  archive
    .ofType('AWS::S3::BucketPolicy')
    .filter(([, policy]) => policy.Properties.Bucket.Ref === id)
    .flatMap(([, policy]) => statementsOf(policy.Properties.PolicyDocument));

describe('tables', () => {
  it.each(Object.keys(tableSchemas) as TableName[])('%s is as the one schema says', (name) => {
    const schema = tableSchemas[name];
    const made = archive.resources[table(name)];
    expect(made?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
    expect(made?.Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: schema.backup });
    expect(made?.Properties.TimeToLiveSpecification).toEqual(schema.ttl === null ? undefined : { AttributeName: schema.ttl, Enabled: true });
    const indexes = (made?.Properties.GlobalSecondaryIndexes ?? []).map((index: Resource['Properties']) => [
      index.IndexName,
      index.KeySchema[0].AttributeName,
      index.KeySchema[1].AttributeName,
    ]);
    expect(indexes).toEqual(Object.entries<{ partition: string; sort: string }>(schema.indexes).map(([id, index]) => [id, index.partition, index.sort]));
    expect(made?.DeletionPolicy).toBe('Retain');
  });

  it('keeps no copy of what was said: no backup of the index, no stream, no backup plan', () => {
    expect(tableSchemas.index.backup).toBe(false);
    expect(properties(table('index')).PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: false });
    expect(properties(table('index')).StreamSpecification).toBeUndefined();
    expect(archive.text).not.toContain('AWS::Backup::');
  });

  it('locks the index and the catalogue with different keys', () => {
    const keyOf = (name: string) => text(properties(table(name)).SSESpecification.KMSMasterKeyId);
    expect(keyOf('index')).not.toBe(keyOf('catalogue'));
    expect(keyOf('catalogue')).toBe(keyOf('audit'));
    for (const [, key] of archive.ofType('AWS::KMS::Key')) expect(key.Properties.EnableKeyRotation).toBe(true);
  });
});

describe('buckets', () => {
  it('are none of them public, and all of them TLS only', () => {
    const all = archive.ofType('AWS::S3::Bucket');
    expect(all.length).toBeGreaterThanOrEqual(5);
    for (const [id, { Properties, DeletionPolicy }] of all) {
      expect(Properties.PublicAccessBlockConfiguration, id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties.OwnershipControls.Rules, id).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
      const denials = policyOfBucket(id).filter(({ Effect }) => Effect === 'Deny');
      expect(
        denials.some((one) => one.Action.includes('s3:*') && one.Condition?.['Bool']?.['aws:SecureTransport'] === 'false'),
        id,
      ).toBe(true);
      expect(
        denials.some((one) => one.Condition?.['NumericLessThan']?.['s3:TlsVersion'] === 1.2),
        id,
      ).toBe(true);
      expect(DeletionPolicy, id).toBe('Retain');
    }
  });

  it('let nobody in but CloudFront, and it into the window only', () => {
    for (const [id] of archive.ofType('AWS::S3::Bucket')) {
      const allowed = policyOfBucket(id).filter(({ Effect }) => Effect === 'Allow');
      if (id === bucket('Web')) {
        expect(allowed).toHaveLength(1);
        expect(allowed[0]).toMatchObject({ Action: ['s3:GetObject'], Principal: { Service: 'cloudfront.amazonaws.com' } });
        expect(text(allowed[0]?.Condition)).toContain('AWS:SourceArn');
      } else expect(allowed, id).toEqual([]);
    }
  });

  it.each(['Intake', 'Vault', 'Exports', 'Ledger'])('%s is encrypted with a key of the archive', (name) => {
    const rule = properties(bucket(name)).BucketEncryption.ServerSideEncryptionConfiguration[0];
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms');
    expect(text(rule.ServerSideEncryptionByDefault.KMSMasterKeyID)).toMatch(name === 'Ledger' ? /RecordKey/ : /ContentKey/);
  });

  it('locks the vault without a default retention: a bundle goes on its day, not later', () => {
    expect(properties(bucket('Vault'))).toMatchObject({ ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' } });
    expect(properties(bucket('Vault')).ObjectLockConfiguration?.Rule).toBeUndefined();
    expect(text(properties(bucket('Vault')).LifecycleConfiguration)).not.toContain('Expiration');
  });

  it('locks the ledger for a century, and refuses everybody to remove or to shorten', () => {
    expect(properties(bucket('Ledger')).ObjectLockConfiguration.Rule).toEqual({ DefaultRetention: { Days: 36_500, Mode: 'GOVERNANCE' } });
    const refused = policyOfBucket(bucket('Ledger')).find(({ Sid }) => Sid === 'NobodyRemovesWhatStandsHere');
    expect(refused).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' } });
    expect(refused?.Condition).toBeUndefined();
    expect(refused?.Action).toEqual(expect.arrayContaining(['s3:DeleteObjectVersion', 's3:BypassGovernanceRetention', 's3:PutObjectRetention']));
  });

  it('lets results expire, but never an upload: it may wait for an answer, and has no other copy', () => {
    const { intakeDays } = Config.shape.limits.parse({});
    const [intakeRule] = properties(bucket('Intake')).LifecycleConfiguration.Rules;
    expect(intakeRule).not.toHaveProperty('ExpirationInDays');
    expect(intakeRule.AbortIncompleteMultipartUpload.DaysAfterInitiation).toBe(intakeDays);
    expect(properties(bucket('Exports')).LifecycleConfiguration.Rules[0]).toMatchObject({ ExpirationInDays: 30, Status: 'Enabled' });
    for (const name of ['Intake', 'Exports'] as const) expect(properties(bucket(name)).VersioningConfiguration).toBeUndefined();
  });

  it('takes uploads from the window only, with the headers that the links are signed for', () => {
    const [rule, ...others] = properties(bucket('Intake')).CorsConfiguration.CorsRules;
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ AllowedMethods: ['PUT'], ExposedHeaders: ['ETag', 'x-amz-checksum-sha256'] });
    expect(rule.AllowedHeaders).toEqual(expect.arrayContaining(['x-amz-checksum-sha256', 'if-none-match']));
    expect(rule.AllowedOrigins).toHaveLength(1);
    expect(text(rule.AllowedOrigins)).toContain('Distribution');
    for (const name of ['Vault', 'Exports', 'Ledger']) expect(properties(bucket(name)).CorsConfiguration).toBeUndefined();
  });

  it("wakes the door of the uploads: the bucket's event goes to its queue, which lets that bucket in", () => {
    const door = doors.find(({ trigger }) => trigger.kind === 'queue' && trigger.also === 'intake-object-created');
    const queue = logicalId('AWS::SQS::Queue', `${pascal(door?.name ?? '')}Queue`);
    expect(properties(bucket('Intake')).NotificationConfiguration.QueueConfigurations).toEqual([
      { Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': [queue, 'Arn'] }, Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } } },
    ]);
    const [policyId, policy] = archive.ofType('AWS::SQS::QueuePolicy').find(([, one]) => one.Properties.Queues[0].Ref === queue) ?? [];
    const welcome = statementsOf(policy?.Properties.PolicyDocument).find(({ Sid }) => Sid === 'UploadsArrive');
    expect(welcome).toMatchObject({ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: ['sqs:SendMessage'] });
    expect(text(welcome?.Condition)).toContain('woordspoor-proef-intake-');
    expect(archive.resources[bucket('Intake')]?.DependsOn).toContain(policyId);
  });
});

describe('who may do what', () => {
  it('lets nobody but the one delete path take a version out of the vault, administrators included', () => {
    expect(doorsThatMay('s3:DeleteObjectVersion', bucket('Vault'))).toEqual(['destroy-bundle']);
    const guard = policyOfBucket(bucket('Vault')).find(({ Sid }) => Sid === 'OnlyTheOneDeletePath');
    expect(guard).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' }, Action: ['s3:DeleteObjectVersion'] });
    const role = properties(logicalId('AWS::Lambda::Function', 'DestroyBundle')).Role;
    expect(guard?.Condition).toEqual({ ArnNotEquals: { 'aws:PrincipalArn': [role] } });
  });

  it('lets nobody pass by a lock', () => {
    for (const door of doors) expect(text(statementsOfDoor(door))).not.toMatch(/Bypass|ObjectRetention|"s3:Put(Bucket|Lifecycle)|"s3:DeleteBucket/);
    const refused = policyOfBucket(bucket('Vault')).find(({ Sid }) => Sid === 'NobodyPassesByALock');
    expect(refused).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' }, Action: ['s3:BypassGovernanceRetention', 's3:DeleteObject'] });
  });

  it('gives legal holds to the doors that have vault:hold', () => {
    expect(doorsThatMay('s3:PutObjectLegalHold', bucket('Vault'))).toEqual(doorsWith('vault:hold'));
    expect(doorsThatMay('s3:PutObject', bucket('Vault'))).toEqual(doorsWith('vault:write'));
  });

  it('lets only doors with index:delete take things out of the index, by whatever action; saved searches apart', () => {
    for (const action of ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'])
      expect(doorsThatMay(action, table('index')), action).toEqual(doorsWith('index:delete', 'index:searches'));
    const searches = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['searches', 'searches:making', 'search:*', 'found:*'] } };
    for (const door of doors.filter(({ grants }) => !grants.some((grant) => grant === 'index:delete'))) {
      const taking = statementsOfDoor(door).filter((one) => one.Action.some((action) => /DeleteItem|BatchWriteItem/.test(action)));
      for (const one of taking.filter(({ Resource }) => Resource.some((resource) => text(resource).includes(`"${table('index')}"`))))
        expect(one.Condition, door.name).toEqual(searches);
    }
    expect(doorsThatMay('dynamodb:PutItem', table('index'))).toEqual(doorsWith('index:write', 'index:searches'));
    expect(doorsThatMay('dynamodb:Query', table('index'))).toEqual(doorsWith('index:read'));
  });

  it('appends to the audit table and nothing else: put, on day keys', () => {
    const writing = /PutItem|UpdateItem|DeleteItem|BatchWrite|PartiQL|Transact/;
    for (const door of doors) {
      const onAudit = statementsOfDoor(door).filter((one) => one.Resource.some((resource) => text(resource).includes(`"${table('audit')}"`)));
      const writes = onAudit.filter((one) => one.Action.some((action) => writing.test(action)));
      expect(writes.length > 0, door.name).toBe(door.grants.some((grant) => grant === 'audit:append'));
      for (const one of writes) {
        expect(one.Action).toEqual(['dynamodb:PutItem']);
        expect(one.Condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DAY#*'] } });
        expect(one.Resource).toHaveLength(1);
      }
    }
  });

  it('writes into the ledger only where nothing lies yet', () => {
    expect(doorsThatMay('s3:PutObject', bucket('Ledger'))).toEqual(doorsWith('ledger:append', 'ledger:seal'));
    for (const door of doors)
      for (const one of statementsOfDoor(door))
        if (one.Action.includes('s3:PutObject') && text(one.Resource).includes(`"${bucket('Ledger')}"`)) {
          expect(one.Resource).toHaveLength(1);
          expect(one.Condition).toEqual({ Null: { 's3:if-none-match': 'false' } });
        }
  });

  it('gives the key to the content to doors that touch content only', () => {
    const content = archive.ofType('AWS::KMS::Key').find(([id]) => id.startsWith('ContentKey'))?.[0] ?? '';
    const touching = doorsWith('index:read', 'index:write', 'index:delete', 'intake:read', 'intake:presign', 'vault:read', 'vault:write');
    expect(doorsThatMay('kms:Decrypt', content)).toEqual(touching);
    for (const door of doors)
      for (const one of statementsOfDoor(door))
        if (one.Action.some((action) => action.startsWith('kms:'))) expect(one.Condition?.['StringEquals']).toHaveProperty(['kms:ViaService']);
  });

  it('sends to the queues that the manifest names', () => {
    for (const { name } of doors.filter(({ trigger }) => trigger.kind !== 'http'))
      expect(doorsThatMay('sqs:SendMessage', logicalId('AWS::SQS::Queue', `${pascal(name)}Queue`)), name).toEqual(
        doorsWith(`queue:${name}`, 'dead-letters:retry'),
      );
    for (const [id] of archive.ofType('AWS::SQS::Queue').filter(([one]) => one.includes('DeadLetters')))
      for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage']) expect(doorsThatMay(action, id), id).toEqual(doorsWith('dead-letters:retry'));
  });

  it('has no action with a star in the whole template, but for keys and refusals', () => {
    for (const [id, policy] of archive.ofType('AWS::IAM::Policy'))
      for (const one of statementsOf(policy.Properties.PolicyDocument)) expect(text(one.Action), id).not.toContain('*');
    expect(archive.ofType('AWS::IAM::ManagedPolicy')).toEqual([]);
    for (const [id, role] of archive.ofType('AWS::IAM::Role')) expect(role.Properties.ManagedPolicyArns, id).toBeUndefined();
  });

  it('has a resource of a star for X-Ray only, where AWS knows no other', () => {
    let traced = 0;
    for (const [, policy] of archive.ofType('AWS::IAM::Policy')) {
      for (const one of statementsOf(policy.Properties.PolicyDocument)) {
        if (!one.Resource.includes('*')) continue;
        traced++;
        expect([...one.Action].sort()).toEqual(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
      }
    }
    expect(traced).toBe(archive.ofType('AWS::Lambda::Function').length);
  });

  it('lets a function be called by its queue, by the gateway and by Cognito, and by no one else', () => {
    const callers = archive.ofType('AWS::Lambda::Permission').map(([, { Properties }]) => [Properties.Principal, Properties.SourceArn !== undefined]);
    expect(callers.sort()).toEqual([
      ['apigateway.amazonaws.com', true],
      ['cognito-idp.amazonaws.com', true],
    ]);
    expect(archive.ofType('AWS::Lambda::Url')).toEqual([]);
  });
});
