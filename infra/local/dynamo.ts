// DynamoDB on the embedded ground: dynalite on a folder (or in memory), with the tables of store/table.ts.

import type { AddressInfo } from 'node:net';
import { CreateTableCommand, type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type TableName, tableSchemas } from '#store/table.ts';

export interface DynamoEngine {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

export async function startDynamo(options: { readonly folder?: string; readonly port?: number }): Promise<DynamoEngine> {
  const server = dynalite({ ...(options.folder === undefined ? {} : { path: options.folder }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections?.();
      }),
  };
}

/** Makes the tables that are not there yet. */
export async function createTables(client: DynamoDBClient, names: Readonly<Record<TableName, string>>): Promise<void> {
  const have = new Set((await client.send(new ListTablesCommand({}))).TableNames);
  for (const table of Object.keys(tableSchemas) as TableName[]) {
    if (have.has(names[table])) continue;
    const indexes = Object.entries<{ partition: string; sort: string }>(tableSchemas[table].indexes);
    const attributes = new Set(['pk', 'sk', ...indexes.flatMap(([, index]) => [index.partition, index.sort])]);
    await client.send(
      new CreateTableCommand({
        TableName: names[table],
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        ...(indexes.length === 0
          ? {}
          : {
              GlobalSecondaryIndexes: indexes.map(([IndexName, index]) => ({
                IndexName,
                KeySchema: [
                  { AttributeName: index.partition, KeyType: 'HASH' as const },
                  { AttributeName: index.sort, KeyType: 'RANGE' as const },
                ],
                Projection: { ProjectionType: 'ALL' as const },
              })),
            }),
      }),
    );
  }
}
