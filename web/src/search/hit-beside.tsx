// The conversation around the chosen hit; the other hits of the same conversation are marked as well.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { SearchHit } from '#contract/search.ts';
import { conversationsQuery } from '../api/queries.ts';
import { AttachmentText } from '../conversation/attachment-card.tsx';
import { ChatView } from '../conversation/chat-view.tsx';
import { MarkedText } from '../conversation/message-row.tsx';
import { Busy } from '../shell/busy.tsx';
import { itemsOf } from '../shell/paged.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { foundIn, snippetOf } from './hit-list.tsx';
import { OtherExports } from './other-exports.tsx';

export function HitBeside({ hit, hits }: { readonly hit: SearchHit; readonly hits: readonly SearchHit[] }) {
  const { bundleId, n } = hit.conversation;
  const conversations = useInfiniteQuery(conversationsQuery(bundleId));
  const conversation = itemsOf(conversations.data).find((one) => one.n === n);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = conversations;
  useEffect(() => {
    if (conversation === undefined && n > 0 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [conversation, n, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const target = useMemo(() => ({ ordinal: hit.message.ordinal }), [hit]);
  const highlights = useMemo(
    () =>
      new Map(
        hits
          .filter((one) => one.kind === 'message' && one.conversation.bundleId === bundleId && one.conversation.n === n)
          .map((one) => [one.message.ordinal, one.highlights]),
      ),
    [hits, bundleId, n],
  );
  if (hit.attachment?.carried === false) return <FoundInAttachment hit={hit} />;
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
      {hit.attachment === undefined ? null : <FoundInAttachment hit={hit} />}
      <OtherExports hit={hit} />
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

/** Where in which file the words stand; the file as a download, its whole text below. */
function FoundInAttachment({ hit: { attachment, conversation } }: { readonly hit: SearchHit }) {
  if (attachment === undefined) return null;
  const { n, name, carried, confidence } = attachment;
  const shown = snippetOf(attachment);
  return (
    <section className="card stack stack--tight">
      <h3 className="utrecht-heading-3">{foundIn(attachment)}</h3>
      {carried ? null : <p className="small quiet">{text.attachments.loose}</p>}
      <p className="chat-text">
        <MarkedText value={shown.value} highlights={shown.highlights} />
      </p>
      {confidence === undefined ? null : <p className="small quiet">{text.attachments.sure(confidence)}</p>}
      <p>
        <a className="utrecht-link utrecht-link--html-a" href={`/v1/bundles/${conversation.bundleId}/attachments/${n}`} download>
          {text.conversation.download}: {name}
        </a>
      </p>
      {carried ? null : <AttachmentText bundleId={conversation.bundleId} n={n} name={name} />}
    </section>
  );
}
