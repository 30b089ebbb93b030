// The three tables, built from the one schema in store/table.ts. What the schema calls `backup: false` has no copy anywhere.
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type TableName, tableSchemas } from '#store/table.ts';
import type { KeyName, Keys } from './keys.ts';

export const keyOfTable: Readonly<Record<TableName, KeyName>> = { catalogue: 'record', index: 'content', audit: 'record' };

interface GroundTable {
  readonly table: Table;
  readonly indexArns: readonly string[];
}
export type GroundTables = Readonly<Record<TableName, GroundTable>>;

export function makeTables(scope: Construct, keys: Keys): GroundTables {
  const make = (name: TableName): GroundTable => {
    const schema = tableSchemas[name];
    const table = new Table(scope, `${name.charAt(0).toUpperCase()}${name.slice(1)}Table`, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: keys[keyOfTable[name]],
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: schema.backup },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(schema.ttl === null ? {} : { timeToLiveAttribute: schema.ttl }),
    });
    const indexes = Object.entries<{ readonly partition: string; readonly sort: string }>(schema.indexes);
    for (const [indexName, index] of indexes) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: index.partition, type: AttributeType.STRING },
        sortKey: { name: index.sort, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      });
    }
    return { table, indexArns: indexes.map(([indexName]) => `${table.tableArn}/index/${indexName}`) };
  };
  return { catalogue: make('catalogue'), index: make('index'), audit: make('audit') };
}
