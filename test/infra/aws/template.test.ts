// What would hurt, asserted on the template: CloudFormation is what gets deployed, not the code that wrote it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { roles } from '#core/model/role.ts';
import { windowPolicy } from '#functions/api/window.ts';
import { pascal } from '#infra/aws/doors.ts';
import { contentSecurityPolicy } from '#infra/aws/edge.ts';
import { type Door, doors as manifest } from '#infra/manifest.ts';
import { Config } from '#runtime/config.ts';
import { type TableName, tableSchemas } from '#store/table.ts';
import { type Resource, type Statement, statementsOf, synthArchive } from './synth-archive.ts';

const doors: readonly Door[] = manifest;
const archive = synthArchive();
const logicalId = (type: string, start: string): string => {
  const found = archive.ofType(type).filter(([id]) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id));
  expect(found, `${type} ${start}`).toHaveLength(1);
  return found[0]?.[0] ?? '';
};
const bucket = (name: string) => logicalId('AWS::S3::Bucket', name);
const table = (name: string) => logicalId('AWS::DynamoDB::Table', `${pascal(name)}Table`);
const properties = (id: string) => archive.resources[id]?.Properties;
const text = (value: unknown) => JSON.stringify(value);

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
const doorsWith = (...grants: readonly string[]) => doors.filter((door) => door.grants.some((grant) => grants.includes(grant))).map(({ name }) => name);
const policyOfBucket = (id: string): Statement[] =>
  archive
    .ofType('AWS::S3::BucketPolicy')
    .filter(([, policy]) => policy.Properties.Bucket.Ref === id)
    .flatMap(([, policy]) => statementsOf(policy.Properties.PolicyDocument));
const alarms = archive.ofType('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => ({ id, ...Properties }) as Resource['Properties']);

describe('the rules of cdk-nag', () => {
  it('finds nothing that is not acknowledged with a reason', () => {
    expect(archive.findings).toEqual([]);
  });

  it('finds nothing either with every option on and with a window', () => {
    const webFolder = mkdtempSync(join(tmpdir(), 'woordspoor-window-'));
    mkdirSync(join(webFolder, 'assets'));
    writeFileSync(join(webFolder, 'index.html'), '<!doctype html>');
    writeFileSync(join(webFolder, 'assets', 'main.js'), '');
    try {
      const all = synthArchive(
        {
          accessLogs: 'true',
          domainName: 'woordspoor.example.nl',
          certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
          webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/proef/1',
          alarmEmail: 'wacht@example.nl',
          entra: '{"issuer":"https://login.example.nl/v2.0","clientId":"proef","secretName":"woordspoor/entra"}',
          machines: '{"zaaksysteem":["records-manager"]}',
        },
        { webFolder },
      );
      expect(all.findings).toEqual([]);
      expect(all.text).toContain('{{resolve:secretsmanager:woordspoor/entra:SecretString:clientSecret');
      const machine = all.ofType('AWS::Cognito::UserPoolClient').find(([id]) => id.startsWith('Machine'))?.[1].Properties;
      expect(machine).toMatchObject({ AllowedOAuthFlows: ['client_credentials'], GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] });
      expect(text(machine.AllowedOAuthScopes)).toContain('/records-manager');
      const distribution = all.ofType('AWS::CloudFront::Distribution')[0]?.[1].Properties.DistributionConfig;
      expect(distribution).toMatchObject({ Aliases: ['woordspoor.example.nl'], ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' } });
      expect(distribution.WebACLId).toContain('webacl/proef');
    } finally {
      rmSync(webFolder, { recursive: true });
    }
  });

  it('bites: a plain bucket beside the archive is found', () => {
    expect(synthArchive({}, { plant: (stack) => new Bucket(stack, 'Open') }).findings).toContain('AwsSolutions-S10');
  });
});

describe('settings', () => {
  it.each([
    [{ organisation: 'Gemeente' }, /organisation/],
    [{ region: 'Frankfurt' }, /region/],
    [{ domainName: 'woordspoor.example.nl' }, /go together/],
    [{ machines: '{"zaaksysteem":["system"]}' }, /machines/],
    [{ machines: 'zaaksysteem' }, /not JSON/],
  ])('refuses %j', (context, complaint) => {
    expect(() => synthArchive(context)).toThrow(complaint);
  });

  it('names no partition: the same template serves the European Sovereign Cloud', () => {
    const sovereign = synthArchive({ region: 'eusc-de-east-1' });
    for (const one of [archive, sovereign]) expect(one.text).not.toMatch(/arn:aws/);
    expect(sovereign.text).toContain('eusc-de-east-1');
    expect(sovereign.text).not.toContain('eu-west-1');
    expect(sovereign.findings).toEqual([]);
  });
});

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

describe('doors', () => {
  it.each(doors.map((door) => [door.name, door] as const))('%s has a function as the manifest says, and a log that ends', (_name, door) => {
    const made = properties(logicalId('AWS::Lambda::Function', pascal(door.name)));
    expect(made).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: door.timeoutSeconds,
      MemorySize: door.memoryMb,
      TracingConfig: { Mode: 'Active' },
    });
    const log = properties(made.LoggingConfig.LogGroup.Ref);
    expect(log.RetentionInDays).toBe(180);
    expect(text(log.KmsKeyId)).toContain('RecordKey');
  });

  it('has no function, queue or schedule that is not of a door, but the one that names roles', () => {
    expect(archive.ofType('AWS::Lambda::Function')).toHaveLength(doors.length + 1);
    const queued = doors.filter(({ trigger }) => trigger.kind !== 'http');
    expect(archive.ofType('AWS::SQS::Queue')).toHaveLength(2 * queued.length);
    expect(archive.ofType('AWS::Scheduler::Schedule')).toHaveLength(doors.filter(({ trigger }) => trigger.kind === 'schedule').length);
  });

  it.each(doors.filter(({ trigger }) => trigger.kind !== 'http').map((door) => [door.name, door] as const))(
    '%s has a queue, three tries and a dead-letter queue',
    (name, door) => {
      const id = pascal(name);
      const [queue, dead] = [logicalId('AWS::SQS::Queue', `${id}Queue`), logicalId('AWS::SQS::Queue', `${id}DeadLetters`)];
      expect(properties(queue)).toMatchObject({
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [dead, 'Arn'] }, maxReceiveCount: 3 },
      });
      expect(properties(queue).VisibilityTimeout).toBeGreaterThanOrEqual(6 * door.timeoutSeconds);
      expect(properties(dead)).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
      for (const one of [queue, dead]) {
        const policy = archive.ofType('AWS::SQS::QueuePolicy').find(([, each]) => each.Properties.Queues[0].Ref === one)?.[1];
        const refusal = statementsOf(policy?.Properties.PolicyDocument).find(({ Effect }) => Effect === 'Deny');
        expect(refusal).toMatchObject({ Action: ['sqs:*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
      }
      const mapping = archive
        .ofType('AWS::Lambda::EventSourceMapping')
        .find(([, each]) => text(each.Properties.EventSourceArn).includes(`"${queue}"`))?.[1].Properties;
      expect(mapping).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'], BatchSize: 1 });
      expect(text(mapping.FunctionName)).toContain(logicalId('AWS::Lambda::Function', id));
    },
  );

  it.each(doors.filter(({ trigger }) => trigger.kind === 'schedule').map((door) => [door.name, door] as const))(
    "%s wakes at night by the archive's clock",
    (name, door) => {
      const schedule = archive.ofType('AWS::Scheduler::Schedule').find(([id]) => id.startsWith(`${pascal(name)}Night`))?.[1].Properties;
      const [hour, minute] = door.trigger.kind === 'schedule' ? door.trigger.at.split(':').map(Number) : [];
      expect(schedule).toMatchObject({
        ScheduleExpression: `cron(${minute} ${hour} * * ? *)`,
        ScheduleExpressionTimezone: 'Europe/Amsterdam',
        State: 'ENABLED',
      });
      expect(text(schedule.Target.Arn)).toContain(logicalId('AWS::SQS::Queue', `${pascal(name)}Queue`));
      expect(schedule.Target.Input).toBe('{}');
    },
  );

  it("gives each door a configuration that its own reader accepts, and that fits Lambda's 4 kB", () => {
    // The longest names that the deployment can hand out, put where the template has references.
    const filled = (value: unknown): string => {
      if (typeof value === 'string') return value;
      const node = value as { Ref?: string; 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, unknown[]] };
      if (node['Fn::Join'] !== undefined) return node['Fn::Join'][1].map(filled).join(node['Fn::Join'][0]);
      const [id = '', attribute = ''] = node['Fn::GetAtt'] ?? [node.Ref ?? '', ''];
      const resource = archive.resources[id];
      if (attribute === 'ProviderURL') return 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abcdefghi';
      if (attribute === 'DomainName') return 'd111111abcdef8.cloudfront.net';
      if (resource?.Type === 'AWS::SQS::Queue')
        return `https://sqs.eu-central-1.amazonaws.com/123456789012/${resource.Properties.QueueName.replace('proef', 'x'.repeat(20))}`;
      return 'x'.repeat(63);
    };
    for (const door of doors) {
      const { Variables } = properties(logicalId('AWS::Lambda::Function', pascal(door.name))).Environment;
      const json = filled(Variables.WOORDSPOOR_CONFIG);
      const config = Config.parse(JSON.parse(json));
      const mayReach = doors.filter(({ name, trigger }) => trigger.kind !== 'http' && doorsWith(`queue:${name}`, 'dead-letters:retry').includes(door.name));
      expect(Object.keys(config.queues), door.name).toEqual(mayReach.map(({ name }) => name));
      expect(config.endpoints).toEqual({});
      expect(config.credentials).toBeUndefined();
      const bytes = Object.entries(Variables).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(filled(value)), 0);
      expect(bytes, door.name).toBeLessThan(4096);
    }
  });
});

describe('the case system', () => {
  it('is known to the doors that read it and to no other, and its secrets stand in no template', () => {
    const access = { zaken: 'https://zaken.example/api/v1', catalogi: 'https://zaken.example/catalogi/api/v1', rsin: '000000011', clientId: 'woordspoor' };
    const joined = synthArchive({ zgw: JSON.stringify({ ...access, secretName: 'woordspoor/zgw', notifications: true }) });
    const knowing = joined
      .ofType('AWS::Lambda::Function')
      .filter(([, { Properties }]) => text(Properties.Environment ?? {}).includes('zaken.example'))
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(knowing.toSorted()).toEqual(doorsWith('zgw:read').map(pascal).toSorted());
    expect(joined.text.match(/resolve:secretsmanager:woordspoor\/zgw:SecretString:(secret|notificationAuthorization)/g)?.length).toBe(2 * knowing.length);
    expect(joined.findings).toEqual([]);
  });
});

describe('alarms', () => {
  it.each(doors.map((door) => [door.name, door] as const))('%s has one that says what a person notices', (name, door) => {
    const mine = alarms.filter(({ id }) => id.startsWith(pascal(name)));
    const kinds = {
      http: ['Alarm'],
      queue: ['Alarm', 'DeadLettersAlarm', 'WaitingAlarm'],
      schedule: ['Alarm', 'DeadLettersAlarm', 'MissedAlarm', 'WaitingAlarm'],
    };
    expect(mine.map(({ id }) => id.slice(pascal(name).length).replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(kinds[door.trigger.kind]);
    for (const alarm of mine) {
      expect(alarm.AlarmDescription).toContain(door.errorImpact);
      expect(alarm.AlarmDescription).toContain(`"${name}"`);
      expect(text(alarm.AlarmActions)).toContain('Alarms');
    }
  });

  it('have a section in the runbook that says what a person notices and what to do', () => {
    const sections = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'runbook.md'), 'utf8').split(/^## /m);
    for (const { name, errorImpact } of doors) {
      const section = sections.find((one) => one.startsWith(`${name}\n`));
      expect(section, name).toContain(errorImpact);
      expect(section, name).toContain('**Do:**');
    }
  });

  it('count the accidents that a door caught, as its log writes them', () => {
    for (const door of doors) {
      const filter = archive.ofType('AWS::Logs::MetricFilter').find(([id]) => id.startsWith(`${pascal(door.name)}Accidents`))?.[1].Properties;
      expect(filter.FilterPattern).toBe('{ $.level = "error" }');
      expect(filter.LogGroupName.Ref).toBe(properties(logicalId('AWS::Lambda::Function', pascal(door.name))).LoggingConfig.LogGroup.Ref);
    }
  });

  it('sound when a night does not begin: silence is an alarm', () => {
    const missed = alarms.filter(({ id }) => id.includes('Missed'));
    expect(missed).toHaveLength(doors.filter(({ trigger }) => trigger.kind === 'schedule').length);
    for (const alarm of missed)
      expect(alarm).toMatchObject({ Period: 86_400, Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' });
  });

  it('are drawn on one dashboard with every door', () => {
    const body = text(archive.ofType('AWS::CloudWatch::Dashboard')[0]?.[1].Properties.DashboardBody);
    for (const { name } of doors) expect(body).toContain(`${name}: aanroepen en fouten`);
  });
});

describe('the way in', () => {
  const policies = archive.ofType('AWS::CloudFront::ResponseHeadersPolicy').map(([, { Properties }]) => Properties.ResponseHeadersPolicyConfig);

  it('has a strict policy of contents: nothing inline, nothing from elsewhere, framed by nobody', () => {
    const csp = text(policies.find(({ Comment }) => Comment.endsWith('the window')).SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(csp).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
    expect(csp).toContain('woordspoor-proef-intake-');
  });

  it('has the same policy as the embedded ground', () => {
    const [uploads, signIn] = ['https://uploads.example.nl', 'https://sign-in.example.nl'];
    const identity = { ...Config.shape.identity.parse({ issuer: signIn, clientId: 'window', audience: 'woordspoor' }) };
    expect(contentSecurityPolicy(uploads, signIn)).toBe(windowPolicy({ endpoints: { s3Public: uploads }, identity }));
  });

  it('sends the security headers with files and with answers', () => {
    expect(policies).toHaveLength(2);
    for (const { SecurityHeadersConfig } of policies) {
      expect(SecurityHeadersConfig).toMatchObject({
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
      });
    }
  });

  it('caches no answer of the API and speaks TLS 1.2 to it', () => {
    const config = archive.ofType('AWS::CloudFront::Distribution')[0]?.[1].Properties.DistributionConfig;
    expect(config.CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern)).toContain('/v1/*');
    for (const behaviour of config.CacheBehaviors) {
      expect(behaviour).toMatchObject({ ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' });
      const origin = config.Origins.find(({ Id }: { Id: string }) => Id === behaviour.TargetOriginId);
      expect(origin.CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] });
    }
    expect(config.DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
  });

  it('throttles the gateway and logs neither path nor query there', () => {
    const stage = archive.ofType('AWS::ApiGatewayV2::Stage')[0]?.[1].Properties;
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
    expect(stage.AccessLogSettings.Format).not.toMatch(/path|query|header|routeKey|authorizer/i);
  });
});

describe('sign-in', () => {
  const pool = archive.ofType('AWS::Cognito::UserPool')[0]?.[1].Properties;
  const client = archive.ofType('AWS::Cognito::UserPoolClient')[0]?.[1].Properties;

  it('asks a second factor of everybody and lets nobody sign up', () => {
    expect(pool).toMatchObject({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'], DeletionProtection: 'ACTIVE' });
    expect(pool.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
  });

  it('goes by code only, and gives no token with which somebody could change own attributes, roles among them', () => {
    expect(client).toMatchObject({ AllowedOAuthFlows: ['code'], ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], GenerateSecret: false });
    expect(client.AllowedOAuthScopes).toEqual(['openid', 'profile', 'email']);
  });

  it('has a group and a scope for each role, and none for the system', () => {
    const groups = archive.ofType('AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties.GroupName);
    expect(groups.sort()).toEqual(roles.filter((role) => role !== 'system').sort());
    const scopes = archive.ofType('AWS::Cognito::UserPoolResourceServer')[0]?.[1].Properties.Scopes.map(({ ScopeName }: { ScopeName: string }) => ScopeName);
    expect(scopes.sort()).toEqual(groups);
  });

  it('writes the roles claim before a token is signed', () => {
    expect(pool.LambdaConfig.PreTokenGenerationConfig.LambdaVersion).toBe('V3_0');
  });
});
