// What was read from a bundle and what was not: the sentence, the facts, the doubts with their place.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { BundleAnswer, DoubtAnswer } from '#contract/bundle.ts';
import { conversationsQuery, doubtsQuery } from '../api/queries.ts';
import { Badge, type Tone } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { toDutchSpan } from '../format/dates.ts';
import { toCount, toDutchNumber } from '../format/numbers.ts';
import { itemsOf, Paged } from '../shell/paged.tsx';
import { text } from '../text.nl.ts';
import { AttachmentProgress } from './attachment-progress.tsx';

const tones: Readonly<Record<DoubtAnswer['severity'], Tone>> = { note: 'plain', warning: 'warn', question: 'action' };

/** "412 berichten, 3 regels niet begrepen, 12 bijlagen ontbreken" */
export function readSentence(bundle: Pick<BundleAnswer, 'counts' | 'doubts'>): string | null {
  if (bundle.counts === null) return null;
  const lines = bundle.doubts.filter((doubt) => doubt.code === 'line.not-understood').reduce((sum, doubt) => sum + (doubt.count ?? 1), 0);
  return text.report.read(toCount(bundle.counts.messages, text.common.messageOne, text.common.messageMany), lines, bundle.counts.attachments.missing);
}

function DoubtLine({ doubt }: { readonly doubt: DoubtAnswer }) {
  return (
    <li className="doubt">
      <Badge tone={tones[doubt.severity]}>{text.severity[doubt.severity]}</Badge>
      <div>
        <p>{doubt.detail}</p>
        {doubt.place === undefined ? null : <p className="small quiet">{text.report.place(doubt.place.file, doubt.place.line)}</p>}
      </div>
    </li>
  );
}

function AllDoubts({ id }: { readonly id: string }) {
  const query = useInfiniteQuery(doubtsQuery(id));
  return (
    <Paged query={query} empty={<p>{text.report.noDoubts}</p>}>
      {(items) => (
        <ul className="list-plain doubts">
          {items.map((doubt, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: places have no id of their own and never move
            <DoubtLine key={`${doubt.code}-${at}`} doubt={doubt} />
          ))}
        </ul>
      )}
    </Paged>
  );
}

export function Doubts({ bundle }: { readonly bundle: BundleAnswer }) {
  const [all, setAll] = useState(false);
  if (bundle.doubts.length === 0) return bundle.state === 'indexed' ? <p className="quiet">{text.report.noDoubts}</p> : null;
  if (all) return <AllDoubts id={bundle.id} />;
  return (
    <div className="stack stack--tight">
      <ul className="list-plain doubts">
        {bundle.doubts.map((doubt) => (
          <DoubtLine key={doubt.code} doubt={doubt} />
        ))}
      </ul>
      {bundle.doubts.some((doubt) => (doubt.count ?? 1) > 1) ? (
        <div>
          <Button look="subtle" onClick={() => setAll(true)}>
            {text.report.allPlaces}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Participants({ id }: { readonly id: string }) {
  const query = useInfiniteQuery(conversationsQuery(id));
  const labels = [...new Set(itemsOf(query.data).flatMap((conversation) => conversation.participants.map((one) => one.label)))];
  if (query.data === undefined) return <>…</>;
  const shown = labels.slice(0, 8).join(', ');
  return <>{labels.length > 8 ? `${toDutchNumber(labels.length)}: ${shown} …` : labels.length === 0 ? text.common.none : shown}</>;
}

/** What was left out or marked before it was sent; nothing when nothing was. */
function siftFact({ sift }: BundleAnswer): readonly (readonly [string, ReactNode])[] {
  if (sift === null) return [];
  const { mode, reasons, leftOut, files, keys = 0, originalSha256 } = sift;
  const sums = new Map(reasons.map(({ reason, records }) => [reason, records]));
  for (const { reason, records } of leftOut) sums.set(reason, (sums.get(reason) ?? 0) + records);
  const whole = leftOut.reduce((sum, { conversations }) => sum + conversations, 0);
  return [
    [
      mode === 'cut' ? text.sift.fact : reasons.length === 0 ? text.sift.factKeysOnly : text.sift.factMarked,
      <div key="sift">
        <p>{text.sift.factSum(sums, whole, files, keys)}</p>
        <p className="small quiet sift-hash">{text.sift.factHash(originalSha256)}</p>
      </div>,
    ],
  ];
}

export function ReportFacts({ bundle }: { readonly bundle: BundleAnswer }) {
  const { counts, period } = bundle;
  return (
    <Facts
      items={[
        [text.report.period, period === null ? null : toDutchSpan(period.first, period.last)],
        [text.report.conversations, counts === null ? null : toDutchNumber(counts.conversations)],
        [text.report.participants, counts === null || bundle.state !== 'indexed' ? null : <Participants key="participants" id={bundle.id} />],
        [text.report.messages, counts === null ? null : toDutchNumber(counts.messages)],
        [text.report.system, counts === null ? null : toDutchNumber(counts.systemMessages)],
        [
          text.report.attachments,
          counts === null
            ? null
            : counts.attachments.present + counts.attachments.missing + counts.attachments.omitted === 0
              ? text.common.none
              : text.report.attachmentCounts(
                  toDutchNumber(counts.attachments.present),
                  toDutchNumber(counts.attachments.missing),
                  toDutchNumber(counts.attachments.omitted),
                ),
        ],
        [text.attachments.fact, bundle.attachmentText === null ? null : <AttachmentProgress key="attachments" reading={bundle.attachmentText} />],
        ...siftFact(bundle),
        [text.report.cases, bundle.caseIds.length === 0 ? text.report.noCase : bundle.caseIds.join(', ')],
        [text.report.retention, bundle.retention.explanation],
      ]}
    />
  );
}
