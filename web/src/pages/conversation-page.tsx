// One conversation in full, with a jump to any message.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { bundleQuery, conversationsQuery, doubtsQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { ChatView } from '../conversation/chat-view.tsx';
import { toDutchSpan } from '../format/dates.ts';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { Busy } from '../shell/busy.tsx';
import { Page } from '../shell/page.tsx';
import { itemsOf } from '../shell/paged.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

const route = getRouteApi('/bundels/$id/gesprekken/$n');

export function ConversationPage() {
  const { id, n } = route.useParams();
  const { bericht } = route.useSearch();
  const number = Number(n);
  const bundle = useQuery(bundleQuery(id));
  const conversations = useInfiniteQuery(conversationsQuery(id));
  const doubts = useInfiniteQuery(doubtsQuery(id));
  const conversation = itemsOf(conversations.data).find((one) => one.n === number);
  const [target, setTarget] = useState<{ readonly ordinal: number } | null>(bericht === undefined ? null : { ordinal: bericht - 1 });
  const [typed, setTyped] = useState('');

  // Both lists are walked to the end: a conversation or a doubt on a later page is no less there.
  const { hasNextPage: moreConversations, isFetchingNextPage: fetchingConversations, fetchNextPage: nextConversations } = conversations;
  useEffect(() => {
    if (conversation === undefined && moreConversations && !fetchingConversations) void nextConversations();
  }, [conversation, moreConversations, fetchingConversations, nextConversations]);
  const { hasNextPage: moreDoubts, isFetchingNextPage: fetchingDoubts, fetchNextPage: nextDoubts } = doubts;
  useEffect(() => {
    if (moreDoubts && !fetchingDoubts) void nextDoubts();
  }, [moreDoubts, fetchingDoubts, nextDoubts]);

  const title = conversation?.title ?? text.bundle.untitled;
  const total = conversation?.counts.records ?? 0;
  const error = bundle.error ?? conversations.error;
  return (
    <Page
      title={title}
      crumbs={[{ name: text.bundle.title(bundle.data?.fileName ?? id), to: `/bundels/${id}` }]}
      lead={
        conversation === undefined
          ? undefined
          : [
              text.bundle.kind[conversation.kind],
              text.conversation.participants(conversation.participants.length),
              toCount(conversation.counts.messages, text.common.messageOne, text.common.messageMany),
              conversation.period === null ? '' : toDutchSpan(conversation.period.first, conversation.period.last),
              conversation.order === 'newest-first' ? text.conversation.newestFirst : '',
            ]
              .filter((part) => part !== '')
              .join(' · ')
      }
    >
      {error === null ? null : <ProblemNotice error={error} />}
      {conversation === undefined ? (
        error === null ? (
          <Busy />
        ) : null
      ) : (
        <>
          <form
            className="jump"
            onSubmit={(event) => {
              event.preventDefault();
              const wanted = Number(typed);
              if (Number.isInteger(wanted) && wanted >= 1 && wanted <= total) setTarget({ ordinal: wanted - 1 });
            }}
          >
            <TextField
              label={`${text.conversation.jump} (${text.conversation.jumpHint(toDutchNumber(total))})`}
              type="number"
              min={1}
              max={total}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Button type="submit">{text.conversation.go}</Button>
          </form>
          <ChatView
            bundleId={id}
            n={number}
            total={total}
            participants={conversation.participants.map((one) => one.label)}
            target={target}
            doubts={bundle.data?.counts?.conversations === 1 ? itemsOf(doubts.data) : []}
          />
        </>
      )}
    </Page>
  );
}
