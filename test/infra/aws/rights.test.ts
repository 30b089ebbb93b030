// The judge of the bundles' requests must bite, or its silence proves nothing.
import { describe, expect, it } from 'vitest';
import { needsOf, refusals, type SeenRequest } from './rights.ts';
import type { Statement } from './synth-archive.ts';

const names = new Map([
  ['t-audit', 'AuditTable'],
  ['t-index', 'IndexTable'],
  ['t-vault', 'Vault'],
  ['t-intake', 'Intake'],
  ['t-ledger', 'Ledger'],
  ['http://127.0.0.1/0/ingest-bundle', 'IngestBundleQueue'],
]);
const seen = (given: Partial<SeenRequest>): SeenRequest => ({ method: 'POST', url: '/', headers: {}, body: '', status: 200, ...given });
const dynamo = (target: string, body: unknown) => seen({ headers: { 'x-amz-target': `DynamoDB_20120810.${target}` }, body: JSON.stringify(body) });
const what = (request: SeenRequest) => needsOf(request, names).map(({ action, resource }) => `${action} ${resource}`);
const arn = (id: string, path = '') =>
  path === '' ? { 'Fn::GetAtt': [`${id}0A1B2C3D`, 'Arn'] } : { 'Fn::Join': ['', [{ 'Fn::GetAtt': [`${id}0A1B2C3D`, 'Arn'] }, path]] };
const may = (Action: readonly string[], Resource: readonly unknown[], Condition?: Statement['Condition']): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

describe('what a request needs', () => {
  it.each([
    [dynamo('Query', { TableName: 't-audit', IndexName: 'byActor' }), ['dynamodb:Query AuditTable/index/byActor']],
    [dynamo('BatchWriteItem', { RequestItems: { 't-index': [] } }), ['dynamodb:BatchWriteItem IndexTable']],
    [seen({ method: 'GET', url: '/t-vault/bundles/b/original' }), ['s3:GetObject Vault/bundles/b/original']],
    [seen({ method: 'HEAD', url: '/t-vault/bundles/b/original', status: 404 }), ['s3:GetObject Vault/bundles/b/original', 's3:ListBucket Vault']],
    [seen({ method: 'GET', url: '/t-vault?versions&prefix=bundles%2F' }), ['s3:ListBucketVersions Vault']],
    [seen({ method: 'PUT', url: '/t-vault/k?legal-hold&versionId=1' }), ['s3:PutObjectLegalHold Vault/k']],
    [
      seen({ method: 'PUT', url: '/t-vault/k', headers: { 'x-amz-copy-source': 't-intake/uploads%2Fb' } }),
      ['s3:PutObject Vault/k', 's3:GetObject Intake/uploads/b'],
    ],
    [seen({ method: 'DELETE', url: '/t-vault/k?versionId=1' }), ['s3:DeleteObjectVersion Vault/k']],
    [seen({ method: 'DELETE', url: '/t-intake/k' }), ['s3:DeleteObject Intake/k']],
    [
      seen({ url: '/t-vault?delete', body: '<Delete><Object><Key>a</Key><VersionId>1</VersionId></Object><Object><Key>b</Key></Object></Delete>' }),
      ['s3:DeleteObjectVersion Vault/a', 's3:DeleteObject Vault/b'],
    ],
    [
      seen({ headers: { 'x-amz-target': 'AmazonSQS.SendMessage' }, body: '{"QueueUrl":"http://127.0.0.1/0/ingest-bundle"}' }),
      ['sqs:SendMessage IngestBundleQueue'],
    ],
  ])('%#', (request, needs) => {
    expect(what(request)).toEqual(needs);
  });

  it('does not know a name that the configuration does not', () => {
    expect(() => what(seen({ method: 'GET', url: '/elders/k' }))).toThrow('elders');
  });
});

describe('whether a role gives it', () => {
  const vault = [may(['s3:GetObject'], [arn('Vault', '/bundles/*')])];

  it('holds action and resource against the statements', () => {
    expect(refusals(vault, needsOf(seen({ method: 'GET', url: '/t-vault/bundles/b/original' }), names))).toEqual([]);
    expect(refusals(vault, needsOf(seen({ method: 'GET', url: '/t-vault/other' }), names))).toEqual(['s3:GetObject on Vault/other']);
    expect(refusals(vault, needsOf(seen({ method: 'DELETE', url: '/t-vault/bundles/b/original' }), names))).toHaveLength(1);
    expect(refusals([may(['dynamodb:PutItem'], [arn('AuditTable')])], needsOf(dynamo('UpdateItem', { TableName: 't-audit' }), names))).toHaveLength(1);
  });

  it('holds conditions against the request', () => {
    const audit = [may(['dynamodb:PutItem'], [arn('AuditTable')], { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DAY#*'] } })];
    const put = (pk: string) => needsOf(dynamo('PutItem', { TableName: 't-audit', Item: { pk: { S: pk } } }), names);
    expect(refusals(audit, put('DAY#2026-11-24'))).toEqual([]);
    expect(refusals(audit, put('SEAL#1'))).toHaveLength(1);
    const searches = [may(['dynamodb:BatchWriteItem'], [arn('IndexTable')], { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['found:*'] } })];
    const batch = (...pks: readonly string[]) =>
      needsOf(dynamo('BatchWriteItem', { RequestItems: { 't-index': pks.map((pk) => ({ DeleteRequest: { Key: { pk: { S: pk } } } })) } }), names);
    expect(refusals(searches, batch('found:bundle_1', 'found:bundle_2'))).toEqual([]);
    expect(refusals(searches, batch('found:bundle_1', 'bundle:bundle_1'))).toHaveLength(1);
    const ledger = [may(['s3:PutObject'], [arn('Ledger', '/certificates/*')], { Null: { 's3:if-none-match': 'false' } })];
    const write = (headers: Record<string, string>) => needsOf(seen({ method: 'PUT', url: '/t-ledger/certificates/c.json', headers }), names);
    expect(refusals(ledger, write({ 'if-none-match': '*' }))).toEqual([]);
    expect(refusals(ledger, write({}))).toHaveLength(1);
  });
});
