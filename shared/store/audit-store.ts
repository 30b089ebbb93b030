// The audit table: append only. Appending the same event twice is the same as once, whenever that is (decision 0008).
import { type AttributeValue, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dayOf, dayPlus, firstAuditDay, isLate } from '#core/audit/audit-day.ts';
import type { StoredItem } from '#core/audit/canonical-item.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { type Condition, type Item, makeCatalogue, type Page } from './catalogue.ts';
import { auditKey } from './table.ts';

export type AuditStore = ReturnType<typeof makeAuditStore>;

export interface AuditQuery {
  readonly object?: string;
  readonly actor?: string;
  /** First day, `2026-11-24`; without object or actor: the one day that is listed. */
  readonly from?: string;
  readonly limit: number;
  readonly next: Item | null;
}

function fromItem(item: Item): AuditEvent {
  const { pk: _pk, sk: _sk, ...event } = item;
  return event as unknown as AuditEvent;
}

/** Holds for an item that is there with all these values. (A map is compared value by value: the embedded engine cannot compare it whole.) */
function holds(item: Item): Condition {
  const { facts, ...rest } = item;
  const paths = [
    ...Object.entries(rest).map(([name, value]) => [[name], value] as const),
    ...Object.entries((facts ?? {}) as Item).map(([name, value]) => [['facts', name], value] as const),
  ];
  const names: Record<string, string> = {};
  const terms = paths.map(([path], i) => {
    const at = path.map((name, depth) => {
      names[`#f${i}_${depth}`] = name;
      return `#f${i}_${depth}`;
    });
    return `${at.join('.')} = :v${i}`;
  });
  return { text: terms.join(' AND '), names, values: Object.fromEntries(paths.map(([, value], i) => [`:v${i}`, value])) };
}

/** How many days are asked at once for their first event. */
const daysAtOnce = 100;

export function makeAuditStore(client: DynamoDBDocumentClient, table: string, epochMs: () => number) {
  const items = makeCatalogue(client, table);

  /**
   * An event whose day has closed is filed apart, never into a day that may be sealed. Most of them stand in their day already, because
   * whoever touches an item appends what it carries. Doors may not read here, so they ask by a put that can only put there what is there.
   */
  async function append(event: AuditEvent): Promise<void> {
    const item = { ...auditKey.event(event.at, event.id), ...event };
    const now = epochMs();
    if (!isLate(event, now)) await items.putNew(item);
    else if (!(await items.putWhen(item, holds(item)))) await items.putNew({ ...item, ...auditKey.late(event.at, event.id), filedOn: dayOf(now) });
  }

  /** Oldest first, by object, by actor or by day. */
  async function list(query: AuditQuery): Promise<Page<AuditEvent>> {
    const page = await items.query({
      ...(query.object !== undefined
        ? { index: 'byObject', partition: ['object', query.object] as const }
        : query.actor !== undefined
          ? { index: 'byActor', partition: ['actor', query.actor] as const }
          : { partition: ['pk', auditKey.event(query.from ?? '', '').pk] as const }),
      ...(query.from === undefined ? {} : { sort: { name: 'sk', from: query.from } }),
      limit: query.limit,
      from: query.next,
    });
    return { items: page.items.map(fromItem), next: page.next };
  }

  /** Events that were filed late, oldest first, from this day on. */
  async function listLate(from: string, limit: number, next: Item | null): Promise<Page<AuditEvent>> {
    const page = await items.query({ partition: ['pk', auditKey.late('', '').pk], sort: { name: 'sk', from }, limit, from: next });
    return { items: page.items.map(fromItem), next: page.next };
  }

  /** Items as they are stored, not converted, in the order of their keys; the next page is on its way while one is worked on. */
  async function* stored(pk: string): AsyncGenerator<readonly StoredItem[]> {
    const ask = (ExclusiveStartKey?: Record<string, AttributeValue>): Promise<QueryCommandOutput> => {
      const asked = client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :p',
          ExpressionAttributeValues: { ':p': { S: pk } },
          ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
        }),
      );
      // Whoever waits for it hears of it; nobody may be waiting any more.
      asked.catch(() => undefined);
      return asked;
    };
    let asked: Promise<QueryCommandOutput> | null = ask();
    while (asked !== null) {
      const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await asked;
      asked = LastEvaluatedKey === undefined ? null : ask(LastEvaluatedKey);
      yield Items;
    }
  }

  async function hasEvents(day: string): Promise<boolean> {
    return (await items.query({ partition: ['pk', auditKey.event(day, '').pk], limit: 1 })).items.length > 0;
  }

  /** The first day before this one that has an event; null: there is none. */
  async function firstDayBefore(before: string): Promise<CalendarDate | null> {
    for (let from = firstAuditDay; from < before; from = dayPlus(from, daysAtOnce)) {
      const days = Array.from({ length: daysAtOnce }, (_, i) => dayPlus(from, i)).filter((day) => day < before);
      const filled = await Promise.all(days.map(hasEvents));
      const found = days[filled.indexOf(true)];
      if (found !== undefined) return found;
    }
    return null;
  }

  return {
    append,
    list,
    listLate,
    events: (day: string) => stored(auditKey.event(day, '').pk),
    lateEvents: () => stored(auditKey.late('', '').pk),
    firstDayBefore,
  };
}
