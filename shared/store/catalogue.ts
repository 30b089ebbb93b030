// The one way to read and write catalogue items. A state moves by one conditional write on one item: no transactions.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type Item = Record<string, unknown>;

/** `#name` and `:value` placeholders are made from the names used: `state`, `rev` … */
export interface Change {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  /** Numbers to add, or sets to join. */
  readonly add?: Readonly<Record<string, number | ReadonlySet<string>>>;
  /** Elements to take out of sets. */
  readonly take?: Readonly<Record<string, ReadonlySet<string>>>;
}

/** DynamoDB condition with its own values, e.g. `{ text: '#state IN (:a, :b)', names: { '#state': 'state' }, values: { ':a': … } }`. */
export interface Condition {
  readonly text: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Key to go on from, or null at the end. */
  readonly next: Item | null;
}

export interface QueryRequest {
  readonly index?: string;
  readonly partition: readonly [name: string, value: string];
  readonly sort?: { readonly name: string; readonly beginsWith?: string; readonly from?: string; readonly to?: string };
  readonly limit?: number;
  readonly from?: Item | null;
  readonly descending?: boolean;
  readonly consistent?: boolean;
}

export type Catalogue = ReturnType<typeof makeCatalogue>;

function isConditionFailed(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException;
}

export function makeCatalogue(client: DynamoDBDocumentClient, table: string) {
  async function get(key: Key): Promise<Item | null> {
    const { Item: item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return item ?? null;
  }

  /** Puts an item that is not there yet; false when it is. */
  async function putNew(item: Item & Key): Promise<boolean> {
    return putWhen(item, { text: 'attribute_not_exists(pk)' });
  }

  async function putWhen(item: Item & Key, condition: Condition): Promise<boolean> {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: item,
          ConditionExpression: condition.text,
          ...(condition.names === undefined ? {} : { ExpressionAttributeNames: condition.names }),
          ...(condition.values === undefined ? {} : { ExpressionAttributeValues: condition.values }),
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  }

  async function put(item: Item & Key): Promise<void> {
    await client.send(new PutCommand({ TableName: table, Item: item }));
  }

  /** The item after the change, or null when the condition did not hold. */
  async function change(key: Key, wanted: Change, condition: Condition = { text: 'attribute_exists(pk)' }): Promise<Item | null> {
    const names: Record<string, string> = { ...condition.names };
    const values: Record<string, unknown> = { ...condition.values };
    const name = (field: string) => {
      names[`#u_${field}`] = field;
      return `#u_${field}`;
    };
    const clauses: string[] = [];
    const set = Object.entries(wanted.set ?? {}).filter(([, value]) => value !== undefined);
    if (set.length > 0) {
      clauses.push(
        `SET ${set
          .map(([field, value]) => {
            values[`:u_${field}`] = value;
            return `${name(field)} = :u_${field}`;
          })
          .join(', ')}`,
      );
    }
    if (wanted.remove !== undefined && wanted.remove.length > 0) clauses.push(`REMOVE ${wanted.remove.map(name).join(', ')}`);
    for (const [verb, fields] of [
      ['ADD', wanted.add],
      ['DELETE', wanted.take],
    ] as const) {
      const entries = Object.entries(fields ?? {});
      if (entries.length === 0) continue;
      clauses.push(
        `${verb} ${entries
          .map(([field, value]) => {
            values[`:${verb}_${field}`] = value;
            return `${name(field)} :${verb}_${field}`;
          })
          .join(', ')}`,
      );
    }
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: key,
          UpdateExpression: clauses.join(' '),
          ConditionExpression: condition.text,
          ExpressionAttributeNames: names,
          ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes ?? {};
    } catch (error) {
      if (isConditionFailed(error)) return null;
      throw error;
    }
  }

  /** Deletes an item; with a condition, false when it did not hold. An absent item is no error. */
  async function remove(key: Key, condition?: Condition): Promise<boolean> {
    try {
      await client.send(
        new DeleteCommand({
          TableName: table,
          Key: key,
          ...(condition === undefined
            ? {}
            : { ConditionExpression: condition.text, ExpressionAttributeNames: condition.names, ExpressionAttributeValues: condition.values }),
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  }

  /** One page. Main-table queries are consistent; indexes cannot be. */
  async function query(request: QueryRequest): Promise<Page<Item>> {
    const names: Record<string, string> = { '#p': request.partition[0] };
    const values: Record<string, unknown> = { ':p': request.partition[1] };
    let text = '#p = :p';
    const { sort } = request;
    if (sort !== undefined) {
      names['#s'] = sort.name;
      if (sort.beginsWith !== undefined) {
        text += ' AND begins_with(#s, :b)';
        values[':b'] = sort.beginsWith;
      } else if (sort.from !== undefined && sort.to !== undefined) {
        text += ' AND #s BETWEEN :f AND :t';
        values[':f'] = sort.from;
        values[':t'] = sort.to;
      } else if (sort.from !== undefined) {
        text += ' AND #s >= :f';
        values[':f'] = sort.from;
      } else if (sort.to !== undefined) {
        text += ' AND #s <= :t';
        values[':t'] = sort.to;
      }
    }
    const { Items, LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ...(request.index === undefined ? { ConsistentRead: request.consistent ?? true } : { IndexName: request.index }),
        KeyConditionExpression: text,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ScanIndexForward: request.descending !== true,
        ...(request.limit === undefined ? {} : { Limit: request.limit }),
        ...(request.from === undefined || request.from === null ? {} : { ExclusiveStartKey: request.from }),
      }),
    );
    return { items: Items ?? [], next: LastEvaluatedKey ?? null };
  }

  /** How many items an index has under one partition. */
  async function count(index: string, partition: QueryRequest['partition']): Promise<number> {
    let counted = 0;
    let from: Item | undefined;
    do {
      const { Count, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: index,
          Select: 'COUNT',
          KeyConditionExpression: '#p = :p',
          ExpressionAttributeNames: { '#p': partition[0] },
          ExpressionAttributeValues: { ':p': partition[1] },
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      counted += Count ?? 0;
      from = LastEvaluatedKey;
    } while (from !== undefined);
    return counted;
  }

  /** All items of a query, page by page. */
  async function* each(request: QueryRequest): AsyncGenerator<Item> {
    let from: Item | null = request.from ?? null;
    do {
      const page = await query({ ...request, from });
      yield* page.items;
      from = page.next;
    } while (from !== null);
  }

  /** Items by key, in no order; absent ones are left out. Unprocessed keys are asked again. */
  async function getMany(keys: readonly Key[], fields?: readonly string[]): Promise<Item[]> {
    const batches: Key[][] = [];
    for (let i = 0; i < keys.length; i += 100) batches.push(keys.slice(i, i + 100));
    const answers = await Promise.all(batches.map((batch) => getBatch(batch, fields)));
    return answers.flat();
  }

  async function getBatch(keys: readonly Key[], fields?: readonly string[]): Promise<Item[]> {
    const found: Item[] = [];
    let ask: readonly Key[] = keys;
    for (let attempt = 0; ask.length > 0; attempt++) {
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** attempt, 2000)));
      if (attempt > 8) throw new Error('catalogue: batch get keeps leaving keys unprocessed');
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({
          RequestItems: {
            [table]: {
              Keys: [...ask],
              ConsistentRead: true,
              ...(fields === undefined
                ? {}
                : {
                    ProjectionExpression: fields.map((_, i) => `#f${i}`).join(', '),
                    ExpressionAttributeNames: Object.fromEntries(fields.map((field, i) => [`#f${i}`, field])),
                  }),
            },
          },
        }),
      );
      found.push(...(Responses?.[table] ?? []));
      ask = (UnprocessedKeys?.[table]?.Keys ?? []) as Key[];
    }
    return found;
  }

  return { get, put, putNew, putWhen, change, remove, query, count, each, getMany };
}
