// Two keys, split as the tables are: `content` locks all that was said, `record` all that is kept about it. Who needs no content gets no key to it.
import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export type KeyName = 'content' | 'record';
export type Keys = Readonly<Record<KeyName, Key>>;

export function makeKeys(scope: Construct, organisation: string): Keys {
  const make = (name: KeyName, description: string) =>
    new Key(scope, `${name === 'content' ? 'Content' : 'Record'}Key`, {
      description: `Woordspoor ${organisation}: ${description}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  const keys = {
    content: make('content', 'originals, index, uploads and results'),
    record: make('record', 'catalogue, audit, ledger, logs and alarms'),
  };
  const { region } = Stack.of(scope);
  keys.record.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogsOfThisAccount',
      principals: [new ServicePrincipal(`logs.${region}.${Aws.URL_SUFFIX}`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${region}:${Aws.ACCOUNT_ID}:log-group:*` } },
    }),
  );
  keys.record.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return keys;
}
