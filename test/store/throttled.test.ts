// What the embedded engines cannot do, by aws-sdk-client-mock: DynamoDB that throttles and leaves part of a batch undone.
import { BatchGetItemCommand, BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { makeCatalogue } from '#store/catalogue.ts';
import { getAll, putAll } from '#store/index/batch.ts';

describe('a catalogue that answers part of a batch', () => {
  it('asks again for the keys that were left, and gives every item once', async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
    const mock = mockClient(client);
    const key = (n: number) => ({ pk: `BUNDLE#${n}`, sk: 'HEAD' });
    mock
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { catalogue: [key(1)] }, UnprocessedKeys: { catalogue: { Keys: [key(2), key(3)] } } })
      .resolvesOnce({ Responses: { catalogue: [key(3)] }, UnprocessedKeys: { catalogue: { Keys: [key(2)] } } })
      .resolvesOnce({ Responses: { catalogue: [key(2)] } });

    const found = await makeCatalogue(client, 'catalogue').getMany([key(1), key(2), key(3)]);

    expect(found.map((item) => item['pk']).sort()).toEqual(['BUNDLE#1', 'BUNDLE#2', 'BUNDLE#3']);
    expect(mock.commandCalls(BatchGetCommand)).toHaveLength(3);
    expect(mock.commandCalls(BatchGetCommand)[2]?.args[0].input.RequestItems?.['catalogue']?.Keys).toEqual([key(2)]);
  });
});

describe('an index that writes part of a batch', () => {
  const item = (n: number) => ({ pk: { S: `segment:${n}` }, sk: { S: 'head' } });

  it('writes what was left until nothing is left', async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
    const mock = mockClient(client);
    mock
      .on(BatchWriteItemCommand)
      .resolvesOnce({ UnprocessedItems: { index: [{ PutRequest: { Item: item(2) } }] } })
      .resolves({});

    await putAll({ dynamo: client, table: 'index' }, [item(1), item(2)]);

    const calls = mock.commandCalls(BatchWriteItemCommand).map((call) => call.args[0].input.RequestItems?.['index']?.length);
    expect(calls).toEqual([2, 1]);
  });

  it('reads what was left until nothing is left', async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
    const mock = mockClient(client);
    mock
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { index: [item(1)] }, UnprocessedKeys: { index: { Keys: [item(2)] } } })
      .resolves({ Responses: { index: [item(2)] } });

    const found = await getAll({ dynamo: client, table: 'index' }, [
      { pk: 'segment:1', sk: 'head' },
      { pk: 'segment:2', sk: 'head' },
    ]);

    expect(found).toHaveLength(2);
    expect(mock.commandCalls(BatchGetItemCommand)).toHaveLength(2);
  });
});
