// DynamoDB on the embedded ground: dynalite on a folder (or in memory), with the tables of store/table.ts.
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { type TableName, tableSchemas } from '#store/table.ts';

export interface DynamoEngine {
  readonly endpoint: string;
  /** Rewrites the files without what was deleted: LevelDB keeps old values on the disk until it happens to merge them away. */
  readonly compact: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface DynamoOptions {
  readonly folder?: string;
  readonly port?: number;
  /** Compacts by itself when no item was deleted for so long after one was. */
  readonly compactWhenIdleMs?: number;
}

interface LevelIterator {
  readonly next: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}
interface LevelDatabase {
  readonly put: (key: string, value: number) => Promise<void>;
  readonly compactRange: (start: string, end: string) => Promise<void>;
  keys: (options: unknown) => LevelIterator;
  values: (options: unknown) => LevelIterator;
}
type LevelClass = new (...args: readonly unknown[]) => LevelDatabase;

/**
 * dynalite 4.0.0 never closes an iterator: it calls `return`, which those of abstract-level do not have. Each query would keep its
 * snapshot for as long as the process lives, and with it all that is deleted later. These close at their end and when they are left.
 */
function closingIterators(database: LevelDatabase): LevelDatabase {
  for (const kind of ['keys', 'values'] as const) {
    const make = database[kind].bind(database);
    database[kind] = (options) => {
      const iterator = make(options);
      const next = async () => {
        const value = await iterator.next();
        if (value === undefined) await iterator.close();
        return value;
      };
      return { next, close: () => iterator.close(), return: () => iterator.close() };
    };
  }
  return database;
}

/** dynalite opens its database itself and hands it to nobody: what makes it is wrapped before dynalite loads. By folder. */
const opened = new Map<string, LevelDatabase>();
let loaded: Promise<typeof import('dynalite')> | undefined;

function loadDynalite(): Promise<typeof import('dynalite')> {
  if (loaded === undefined) {
    const dynaliteRequire = createRequire(createRequire(import.meta.url).resolve('dynalite'));
    const disk = dynaliteRequire('level') as { Level: LevelClass };
    const memory = dynaliteRequire('memory-level') as { MemoryLevel: LevelClass };
    disk.Level = new Proxy(disk.Level, {
      construct: (target, args: readonly unknown[]) => {
        const database = closingIterators(new target(...args));
        opened.set(String(args[0]), database);
        return database;
      },
    });
    // Its checksum of each answer takes a tenth of its time in JavaScript, next to nothing in zlib.
    const checksums = dynaliteRequire('buffer-crc32') as { unsigned: (text: string) => number };
    checksums.unsigned = (text) => crc32(text);
    memory.MemoryLevel = new Proxy(memory.MemoryLevel, { construct: (target, args: readonly unknown[]) => closingIterators(new target(...args)) });
    loaded = import('dynalite').then((module) => module.default);
  }
  return loaded;
}

/** Outside every table of dynalite, whose keys begin with `!`. */
const [firstKey, lastKey] = ['\0', '\uffff'];

function onDelete(incoming: IncomingMessage, then: () => void): void {
  const target = String(incoming.headers['x-amz-target']);
  if (target.endsWith('.DeleteItem')) then();
  if (!target.endsWith('.BatchWriteItem')) return;
  const word = '"DeleteRequest"';
  let tail = '';
  incoming.on('data', (chunk: Buffer) => {
    const text = tail + chunk.toString('latin1');
    if (text.includes(word)) then();
    tail = text.slice(-word.length);
  });
}

export async function startDynamo(options: DynamoOptions): Promise<DynamoEngine> {
  const dynalite = await loadDynalite();
  const { folder, compactWhenIdleMs } = options;
  const server = dynalite({ ...(folder === undefined ? {} : { path: folder }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const compact = async () => {
    const database = folder === undefined ? undefined : opened.get(folder);
    if (database === undefined) return;
    await database.compactRange(firstKey, lastKey);
    // A file at the deepest level is not rewritten for itself. Two keys around all others make one that overlaps them all.
    await database.put(firstKey, 0);
    await database.put(lastKey, 0);
    await database.compactRange(firstKey, lastKey);
  };
  let idle: NodeJS.Timeout | undefined;
  const compactSoon = () => {
    clearTimeout(idle);
    // A failed compaction loses nothing: the next delete asks for another.
    idle = setTimeout(() => void compact().catch(() => undefined), compactWhenIdleMs);
    idle.unref();
  };
  if (compactWhenIdleMs !== undefined) server.on('request', (incoming) => onDelete(incoming, compactSoon));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    compact,
    stop: () =>
      new Promise<void>((resolve) => {
        clearTimeout(idle);
        server.close(() => resolve());
        server.closeAllConnections?.();
      }),
  };
}

async function isThere(client: DynamoDBClient, TableName: string): Promise<boolean> {
  try {
    await client.send(new DescribeTableCommand({ TableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

/** Makes the tables that are not there yet. (Asked one by one: dynalite walks through every key of the archive to list them.) */
export async function createTables(client: DynamoDBClient, names: Readonly<Record<TableName, string>>): Promise<void> {
  for (const table of Object.keys(tableSchemas) as TableName[]) {
    if (await isThere(client, names[table])) continue;
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
