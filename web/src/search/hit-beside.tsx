// The conversation around the chosen hit; the other hits of the same conversation are marked as well.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { SearchHit } from '#contract/search.ts';
import { conversationsQuery } from '../api/queries.ts';
import { ChatView } from '../conversation/chat-view.tsx';
import { Busy } from '../shell/busy.tsx';
import { itemsOf } from '../shell/paged.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

export function HitBeside({ hit, hits }: { readonly hit: SearchHit; readonly hits: readonly SearchHit[] }) {
  const { bundleId, n } = hit.conversation;
  const conversations = useInfiniteQuery(conversationsQuery(bundleId));
  const conversation = itemsOf(conversations.data).find((one) => one.n === n);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = conversations;
  useEffect(() => {
    if (conversation === undefined && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [conversation, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const target = useMemo(() => ({ ordinal: hit.message.ordinal }), [hit]);
  const highlights = useMemo(
    () => new Map(hits.filter((one) => one.conversation.bundleId === bundleId && one.conversation.n === n).map((one) => [one.message.ordinal, one.highlights])),
    [hits, bundleId, n],
  );
  if (conversation === undefined) return conversations.error === null ? <Busy /> : <ProblemNotice error={conversations.error} />;
  return (
    <div className="stack stack--tight">
      <div className="row row--between">
        <h2 className="utrecht-heading-2">{conversation.title ?? text.bundle.untitled}</h2>
        <Link
          to="/bundels/$id/gesprekken/$n"
          params={{ id: bundleId, n: String(n) }}
          search={{ bericht: hit.message.ordinal + 1 }}
          className="utrecht-link utrecht-link--html-a"
        >
          {text.conversation.fullView}
        </Link>
      </div>
      <ChatView
        key={`${bundleId}/${n}`}
        bundleId={bundleId}
        n={n}
        total={conversation.counts.records}
        participants={conversation.participants.map((one) => one.label)}
        target={target}
        highlights={highlights}
      />
    </div>
  );
}
