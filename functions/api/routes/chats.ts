// What conversations have to do with each other and what they lack: exports of the same chat, and gaps month by month.
import { ConversationGaps, ConversationParams, ReadGaps, SimilarConversations } from '#contract/conversation.ts';
import type { BundleId } from '#core/model/id.ts';
import { no, ok } from '#core/model/result.ts';
import { findSimilar } from '#flow/find-similar.ts';
import { readGaps } from '#flow/read-gaps.ts';
import { readOf } from '../bundle-answer.ts';
import { jsonRoute, type Route } from '../route.ts';
import { scopeOf } from '../scope-of.ts';

const tag = 'Gesprekken';

export const chatRoutes: readonly Route[] = [
  jsonRoute({
    id: 'listSimilarConversations',
    method: 'get',
    path: '/bundles/{id}/conversations/{n}/similar',
    action: 'conversation.read',
    tag,
    summary: 'Other conversations that are exports of the same chat, and how much they have in common',
    faults: ['bundle.wrong-state'],
    params: ConversationParams,
    answer: SimilarConversations,
    handle: async (call) => {
      const { params, services } = call;
      const found = await readOf(call, params.id, () => findSimilar(services, { bundleId: params.id, n: params.n }, scopeOf(call)));
      if (!found.ok) return found;
      if (found.value === null) return no('not-found');
      await call.audit(params.id, { conversation: params.n, similar: found.value.length });
      return ok({ items: found.value.map((one) => ({ ...one, bundleId: one.bundleId as BundleId })) });
    },
  }),
  jsonRoute({
    id: 'readGaps',
    method: 'post',
    path: '/conversations/_gaps',
    action: 'conversation.read',
    tag,
    summary: 'Where messages may be missing: taken back, set to disappear, cut off',
    body: ReadGaps,
    answer: ConversationGaps,
    handle: async (call) => {
      const items = await readGaps(call.services, call.body.conversations, scopeOf(call));
      await call.audit('conversations', { conversations: items.length });
      return ok({ items: items.map((one) => ({ ...one, bundleId: one.bundleId as BundleId })) });
    },
  }),
];
