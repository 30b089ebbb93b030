// Conversations, attachments and names of a bundle: what people are called lives here and goes with the bundle.
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConversationSummary, Presence } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import { indexKey } from '../table.ts';
import { type BatchTable, deleteAll, getAll, putAll, queryAll, type RawItem, toKey } from './batch.ts';
import { packJson, textOf, unpackJson } from './packing.ts';

/** A conversation as the index keeps it: who and what it is called lives here and goes with the bundle. */
export interface FiledConversation {
  readonly n: number;
  readonly title: string | null;
  readonly platform: string;
  readonly kind: ConversationSummary['kind'];
  readonly participants: ConversationSummary['participants'];
  readonly order?: NonNullable<ConversationSummary['order']>;
  readonly counts: {
    readonly records: number;
    readonly messages: number;
    readonly systemMessages: number;
    readonly attachments: { readonly present: number; readonly missing: number; readonly omitted: number };
  };
  readonly period: { readonly first: LocalTime; readonly last: LocalTime } | null;
  /** Segment ids with their first ordinal and count, in order. */
  readonly segments: readonly { readonly id: string; readonly base: number; readonly count: number }[];
}

/** An attachment of a bundle, numbered from 1 within it. */
export interface FiledAttachmentFile {
  readonly n: number;
  readonly name: string;
  readonly presence: Presence;
  readonly mediaType?: string;
  readonly size?: number;
  readonly sha256?: string;
  readonly vaultKey?: string;
}

export interface BundleNames {
  readonly fileName: string;
  readonly sourceFiles: readonly { readonly file: number; readonly name: string }[];
}

/** The start of a file of which a person is asked what its columns are: it holds what was said, and goes when the question is answered. */
export interface AskedTable {
  /** Number of the file within the bundle. */
  readonly file: number;
  readonly name: string;
  readonly kind: 'csv' | 'json';
  readonly head: Uint8Array;
}

const attachmentsPerPage = 200;

export function makeConversationStore(batch: BatchTable) {
  async function putConversation(bundleId: string, conversation: FiledConversation): Promise<void> {
    await putAll(batch, [{ ...toKey(indexKey.conversation(bundleId, conversation.n)), v: { B: packJson(conversation) } }]);
  }

  /** In order of their number. */
  async function listConversations(bundleId: string): Promise<readonly FiledConversation[]> {
    return (await queryAll(batch, `bundle:${bundleId}`, { sortPrefix: 'conversation:' })).map((item) => unpackJson<FiledConversation>(item['v']));
  }

  async function getConversations(places: readonly { readonly bundleId: string; readonly n: number }[]): Promise<ReadonlyMap<string, FiledConversation>> {
    const items = await getAll(
      batch,
      places.map(({ bundleId, n }) => indexKey.conversation(bundleId, n)),
    );
    return new Map(
      items.map((item) => {
        const conversation = unpackJson<FiledConversation>(item['v']);
        return [`${textOf(item['pk']).slice('bundle:'.length)}/${conversation.n}`, conversation];
      }),
    );
  }

  async function getConversation(bundleId: string, n: number): Promise<FiledConversation | null> {
    return (await getConversations([{ bundleId, n }])).get(`${bundleId}/${n}`) ?? null;
  }

  /** All attachments of a bundle, numbered 1, 2, 3 … in order. Pages of an earlier attempt beyond these are removed. */
  async function putAttachments(bundleId: string, attachments: readonly FiledAttachmentFile[]): Promise<void> {
    const items: RawItem[] = [];
    for (let at = 0; at < attachments.length; at += attachmentsPerPage) {
      items.push({ ...toKey(indexKey.attachments(bundleId, at / attachmentsPerPage)), v: { B: packJson(attachments.slice(at, at + attachmentsPerPage)) } });
    }
    await putAll(batch, items);
    const kept = new Set(items.map((item) => textOf(item['sk'])));
    const there = await queryAll(batch, `bundle:${bundleId}`, { sortPrefix: 'attachments:', attributes: 'pk, sk' });
    await deleteAll(
      batch,
      there.filter((item) => !kept.has(textOf(item['sk']))).map((item) => ({ pk: textOf(item['pk']), sk: textOf(item['sk']) })),
    );
  }

  async function listAttachments(bundleId: string): Promise<readonly FiledAttachmentFile[]> {
    return (await queryAll(batch, `bundle:${bundleId}`, { sortPrefix: 'attachments:' })).flatMap((item) => unpackJson<FiledAttachmentFile[]>(item['v']));
  }

  /** Attachments by number, reading only the pages they stand on. */
  async function getAttachments(bundleId: string, numbers: readonly number[]): Promise<ReadonlyMap<number, FiledAttachmentFile>> {
    const pages = [...new Set(numbers.map((n) => Math.floor((n - 1) / attachmentsPerPage)))];
    const items = await getAll(
      batch,
      pages.map((page) => indexKey.attachments(bundleId, page)),
    );
    const wanted = new Set(numbers);
    return new Map(
      items
        .flatMap((item) => unpackJson<FiledAttachmentFile[]>(item['v']))
        .filter(({ n }) => wanted.has(n))
        .map((file) => [file.n, file]),
    );
  }

  async function putNames(bundleId: string, names: BundleNames): Promise<void> {
    // A single put: the http door may write here and not delete, and a batch can do both.
    await batch.dynamo.send(new PutItemCommand({ TableName: batch.table, Item: { ...toKey(indexKey.names(bundleId)), v: { B: packJson(names) } } }));
  }

  async function getNames(bundleId: string): Promise<BundleNames | null> {
    const [item] = await getAll(batch, [indexKey.names(bundleId)]);
    return item === undefined ? null : unpackJson<BundleNames>(item['v']);
  }

  async function putAskedTable(bundleId: string, { head, ...table }: AskedTable): Promise<void> {
    const v = { B: packJson({ ...table, head: Buffer.from(head).toString('base64') }) };
    await putAll(batch, [{ ...toKey(indexKey.tableHead(bundleId)), v }]);
  }

  async function getAskedTable(bundleId: string): Promise<AskedTable | null> {
    const [item] = await getAll(batch, [indexKey.tableHead(bundleId)]);
    if (item === undefined) return null;
    const { head, ...table } = unpackJson<Omit<AskedTable, 'head'> & { readonly head: string }>(item['v']);
    return { ...table, head: Buffer.from(head, 'base64') };
  }

  async function removeAskedTable(bundleId: string): Promise<void> {
    await deleteAll(batch, [indexKey.tableHead(bundleId)]);
  }

  return {
    putConversation,
    listConversations,
    getConversation,
    getConversations,
    putAttachments,
    listAttachments,
    getAttachments,
    putNames,
    getNames,
    putAskedTable,
    getAskedTable,
    removeAskedTable,
  };
}
