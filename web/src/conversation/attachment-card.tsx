// An attachment in a conversation: pictures, sound and video in place, the pages of a PDF as pictures, the text of documents page by page,
// everything as a download. Nothing of a document is ever opened in this page itself.
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { AttachmentTextAnswer } from '#contract/attachment.ts';
import type { AttachmentAnswer } from '#contract/conversation.ts';
import { attachmentKind } from '#core/attachment/attachment-kind.ts';
import { mayShow } from '#core/attachment/may-show.ts';
import { attachmentTextQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { toSize } from '../format/numbers.ts';
import { Busy } from '../shell/busy.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

/** With its worker of 1.7 MB: fetched when somebody wants to see a PDF. */
const PdfViewer = lazy(async () => ({ default: (await import('./pdf/pdf-viewer.tsx')).PdfViewer }));

/** Larger pictures are not fetched unasked. */
const largestPicture = 5 * 2 ** 20;

type Page = AttachmentTextAnswer['pages'][number];

function placeOf({ unit, number, part }: Pick<Page, 'unit' | 'number' | 'part'>): string {
  return text.attachments.place(text.attachments.units[unit], number, part);
}

export function AttachmentText({ bundleId, n, name }: { readonly bundleId: string; readonly n: number; readonly name: string }) {
  const query = useInfiniteQuery(attachmentTextQuery(bundleId, n));
  const [first] = query.data?.pages ?? [];
  if (first === undefined) return query.error === null ? <Busy /> : <ProblemNotice error={query.error} onAgain={() => void query.refetch()} />;
  const pages = query.data?.pages.flatMap((answer) => answer.pages) ?? [];
  if (pages.length === 0)
    return <p className="small quiet">{first.outcome === 'read' ? text.attachments.outcomes['no-text'] : text.attachments.outcomes[first.outcome]}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="attachment__text" aria-label={text.attachments.textOf(name)} tabIndex={0}>
      {pages.map((page, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a long page comes in pieces of the same number, and never moves
        <div key={at}>
          {pages.length === 1 && page.unit === 'part' ? null : <p className="small quiet">{placeOf(page)}</p>}
          {page.confidence === undefined ? null : <p className="small quiet">{text.attachments.sure(page.confidence)}</p>}
          <p className="chat-text">{page.text}</p>
        </div>
      ))}
      {query.hasNextPage ? (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {text.common.more}
        </Button>
      ) : null}
    </section>
  );
}

function Shown({ source, attachment, name }: { readonly source: string; readonly attachment: AttachmentAnswer; readonly name: string }) {
  const kind = mayShow(attachment.mediaType);
  if (kind === 'image' && (attachment.size ?? 0) <= largestPicture) {
    return <img className="attachment__picture" src={source} alt={text.attachments.picture(name)} loading="lazy" decoding="async" />;
  }
  // biome-ignore lint/a11y/useMediaCaption: the archive has what the phone had; there are no captions
  if (kind === 'audio') return <audio className="attachment__sound" controls preload="none" src={source} aria-label={text.attachments.sound(name)} />;
  // biome-ignore lint/a11y/useMediaCaption: the archive has what the phone had; there are no captions
  if (kind === 'video') return <video className="attachment__picture" controls preload="none" src={source} aria-label={text.attachments.video(name)} />;
  return null;
}

export function AttachmentCard({ bundleId, attachment }: { readonly bundleId: string; readonly attachment: AttachmentAnswer }) {
  const name = attachment.name === '' ? text.conversation.unnamed : attachment.name;
  const kind = attachmentKind(attachment.name, attachment.mediaType ?? null);
  const [open, setOpen] = useState(kind === 'card');
  const [drawn, setDrawn] = useState(false);
  const { n } = attachment;
  const source = attachment.presence === 'present' && n !== undefined ? `/v1/bundles/${bundleId}/attachments/${n}` : null;
  const hasText = source !== null && kind !== 'silent' && kind !== 'other';
  return (
    <div className="attachment" data-presence={attachment.presence}>
      <Icon name="attachment" />
      <div>
        <p className="attachment__name">{name}</p>
        <p className="small quiet">
          {attachment.absence === undefined ? text.conversation.presence[attachment.presence] : text.attachments.absence[attachment.absence]}
          {attachment.size === undefined ? '' : ` · ${toSize(attachment.size)}`}
        </p>
      </div>
      {source === null ? null : (
        <a className="utrecht-link utrecht-link--html-a" href={source} download aria-label={`${text.conversation.download}: ${name}`}>
          {text.conversation.download}
        </a>
      )}
      {source === null ? null : <Shown source={`${source}?view=inline`} attachment={attachment} name={name} />}
      {hasText ? (
        <div className="attachment__more row">
          {kind === 'pdf' ? (
            <Button look="subtle" aria-expanded={drawn} onClick={() => setDrawn(!drawn)}>
              {drawn ? text.attachments.pdf.hide : text.attachments.pdf.show}
            </Button>
          ) : null}
          <Button look="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? text.attachments.hideText : text.attachments.showText}
          </Button>
        </div>
      ) : null}
      {drawn && source !== null ? (
        <Suspense fallback={<Busy />}>
          <PdfViewer source={source} name={name} />
        </Suspense>
      ) : null}
      {hasText && open && n !== undefined ? <AttachmentText bundleId={bundleId} n={n} name={name} /> : null}
    </div>
  );
}
