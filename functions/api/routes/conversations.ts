// Conversations and their messages. Each reading is in the audit before the answer goes out; nothing of a bundle that is going is shown.

import { BundleParams } from '#contract/bundle.ts';
import { ConversationPage, ConversationParams, ListConversations, ListMessages, MessagePage } from '#contract/conversation.ts';
import { ok, type Result } from '#core/model/result.ts';
import { type ConversationMessages, type ConversationRange, mostMessagesAtOnce } from '#flow/read-conversation.ts';
import type { Services } from '#runtime/services.ts';
import { readOf } from '../bundle-answer.ts';
import { withGaps } from '../message-gaps.ts';
import { pageRoute, type Route } from '../route.ts';

const tag = 'Gesprekken';

/** As many ranges as it takes: the flow reads so many messages at once and no more. */
async function readRange(
  { readConversation }: Pick<Services, 'readConversation'>,
  { limit, ...place }: ConversationRange,
): Promise<Result<ConversationMessages>> {
  const read = await readConversation.range({ ...place, limit: Math.min(limit, mostMessagesAtOnce) });
  if (!read.ok || read.value.next === null || read.value.items.length >= limit) return read;
  const rest = await readRange({ readConversation }, { ...place, from: read.value.next, limit: limit - read.value.items.length });
  return rest.ok ? ok({ ...rest.value, items: [...read.value.items, ...rest.value.items] }) : rest;
}

export const conversationRoutes: readonly Route[] = [
  pageRoute({
    id: 'listConversations',
    method: 'get',
    path: '/bundles/{id}/conversations',
    action: 'conversation.read',
    tag,
    summary: 'The conversations of a bundle',
    faults: ['bundle.wrong-state'],
    params: BundleParams,
    query: ListConversations,
    answer: ConversationPage,
    handle: async (call, mark) => {
      const after = Number(mark?.['n'] ?? 0);
      const all = await readOf(call, call.params.id, async ({ id }) => ok(await call.services.index.listConversations(id)));
      if (!all.ok) return all;
      const rest = all.value.filter(({ n }) => n > after);
      const items = rest.slice(0, call.query.limit).map(({ segments: _, ...conversation }) => conversation);
      await call.audit(call.params.id, { conversations: items.length });
      const last = items.at(-1);
      return ok({ items, next: rest.length > items.length && last !== undefined ? { n: last.n } : null });
    },
  }),
  pageRoute({
    id: 'listMessages',
    method: 'get',
    path: '/bundles/{id}/conversations/{n}/messages',
    action: 'conversation.read',
    tag,
    summary: 'Messages of a conversation in file order, by range',
    faults: ['bundle.wrong-state'],
    params: ConversationParams,
    query: ListMessages,
    answer: MessagePage,
    handle: async (call, mark) => {
      const { params, query, services } = call;
      const from = Number(mark?.['from'] ?? query.from ?? 0);
      const read = await readOf(call, params.id, async (bundle) => {
        const range = await readRange(services, { bundleId: params.id, n: params.n, from, limit: query.limit });
        return range.ok ? ok({ ...range.value, items: await withGaps(services, bundle, params.n, range.value) }) : range;
      });
      if (!read.ok) return read;
      const { records, next, items } = read.value;
      await call.audit(params.id, { conversation: params.n, from, messages: items.length });
      return ok({ items, records, next: next === null ? null : { from: next } });
    },
  }),
];
