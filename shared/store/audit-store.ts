// The audit table: append only. Appending the same event twice is the same as once.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AuditEvent } from '#core/model/audit-event.ts';
import { type Item, makeCatalogue, type Page } from './catalogue.ts';

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

export function makeAuditStore(client: DynamoDBDocumentClient, table: string) {
  const items = makeCatalogue(client, table);

  async function append(event: AuditEvent): Promise<void> {
    await items.putNew({ pk: `DAY#${event.at.slice(0, 10)}`, sk: `${event.at}#${event.id}`, ...event });
  }

  /** Oldest first, by object, by actor or by day. */
  async function list(query: AuditQuery): Promise<Page<AuditEvent>> {
    const page = await items.query({
      ...(query.object !== undefined
        ? { index: 'byObject', partition: ['object', query.object] as const }
        : query.actor !== undefined
          ? { index: 'byActor', partition: ['actor', query.actor] as const }
          : { partition: ['pk', `DAY#${query.from}`] as const }),
      ...(query.from === undefined ? {} : { sort: { name: 'sk', from: query.from } }),
      limit: query.limit,
      from: query.next,
    });
    return { items: page.items.map(fromItem), next: page.next };
  }

  return { append, list };
}
