// Step 2: the file. Drop it or choose it; what is sent and how long it takes; stop and go on later.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { toSize } from '../format/numbers.ts';
import { useMe } from '../session/session.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';
import { areCaseIds } from './case-ids.ts';
import { CaseNumbers } from './case-numbers.tsx';
import { HowToExport } from './how-to-export.tsx';
import { PeriodNote } from './period-note.tsx';
import { PickFile } from './pick-file.tsx';
import { allUnfinished, fileKey, forgetUnfinished, type UnfinishedUpload } from './resume-store.ts';
import { SendProgress } from './send-progress.tsx';
import { choicesFor, isEmptyDraft, mustConfirm, sumsOf } from './sift/sift-choice.ts';
import { type MakeSifted, siftedKey } from './sift/sift-file.ts';
import { SiftPanel } from './sift/sift-panel.tsx';
import { type SiftState, useSift } from './sift/use-sift.ts';
import { resetUpload, useUpload } from './upload-store.ts';

interface FileStepProps {
  readonly cases: string;
  readonly onCases: (typed: string) => void;
  /** `sifting` null: the file goes as it is. */
  readonly onStart: (file: File, sifting: MakeSifted | null) => void;
}

/** Bytes that an earlier try got across. */
function bytesSent({ upload, parts }: UnfinishedUpload, size: number): number {
  if (upload === null) return 0;
  return parts.reduce((sum, part) => sum + Math.min(upload.partSize, size - (part.number - 1) * upload.partSize), 0);
}

interface Outgoing {
  readonly label: string;
  readonly ready: boolean;
  readonly sifting: MakeSifted | null;
  /** All of it, with the marks. */
  readonly marked: MakeSifted | null;
}

/** Formats in which an app writes keys of its account beside the messages: none of these leaves the desk. */
const holdsKeys: ReadonlySet<string> = new Set(['signal', 'signal-export', 'sigtop-json', 'threema']);

/** What goes when the button is pressed. */
function outgoing({ client, view: { progress, problem }, draft }: SiftState, wholeRequired: boolean, start: string): Outgoing {
  const asItIs: Outgoing = { label: start, ready: true, sifting: null, marked: null };
  if (client === null || problem !== undefined) return asItIs;
  // What the file is shows in the first moments.
  if (progress === null) return { ...asItIs, ready: false };
  const { conversations, done, keys } = progress;
  const make = (mode: 'cut' | 'marked'): MakeSifted => ({
    make: () => client.cut({ mode, conversations: choicesFor(draft, conversations.length), unnamedFiles: draft.unnamedFiles }),
    fingerprint: JSON.stringify([mode, draft]),
  });
  if (isEmptyDraft(draft)) {
    const ready = done || !conversations.some(({ format }) => holdsKeys.has(format));
    return { ...asItIs, ready, sifting: keys > 0 ? make('marked') : null };
  }
  const sums = sumsOf(draft, (place) => conversations[place]?.records ?? 0);
  return {
    label: wholeRequired ? text.sift.startMarked(sums.records) : text.sift.start(sums.records),
    ready: done && !mustConfirm(draft, conversations),
    sifting: make(wholeRequired ? 'marked' : 'cut'),
    marked: make('marked'),
  };
}

export function FileStep({ cases, onCases, onStart }: FileStepProps) {
  const upload = useUpload();
  const [file, setFile] = useState<File | null>(null);
  const unfinished = useQuery({ queryKey: ['unfinished-uploads', upload.phase], queryFn: allUnfinished });
  const sift = useSift(file);
  const { wholeOriginalRequired: wholeRequired } = useMe();
  const going = outgoing(sift, wholeRequired, text.upload.start);
  const isEarlier = (key: string, picked: File) => (going.sifting === null ? key === fileKey(picked) : key.startsWith(siftedKey(picked)));
  const earlier = file === null ? undefined : unfinished.data?.find((one) => isEarlier(one.key, file));
  const ready = file !== null && file.size > 0 && areCaseIds(cases) && going.ready;

  if (upload.phase === 'sifting' || upload.phase === 'hashing' || upload.phase === 'sending' || upload.phase === 'finishing')
    return <SendProgress upload={upload} />;
  if (upload.phase === 'arrived') return null;
  return (
    <div className="stack">
      {upload.phase === 'duplicate' ? (
        <Notice title={text.upload.duplicate} live>
          <p>{text.upload.duplicateDetail}</p>
          <p>
            <Link to="/bundels/$id" params={{ id: upload.bundleId }} className="utrecht-link utrecht-link--html-a">
              {text.upload.openFirst}
            </Link>
          </p>
        </Notice>
      ) : null}
      {upload.phase === 'failed' ? <ProblemNotice error={upload.error} /> : null}
      {upload.phase === 'failed' ? <p>{text.upload.failedSafe}</p> : null}
      {upload.phase === 'not-sifted' ? (
        <Notice tone="warn" title={text.sift.notSifted} live>
          <p>{text.sift.problems[upload.problem]}</p>
          {file === null || going.marked === null || upload.problem === 'nothing-left' || upload.problem === 'too-many' ? null : (
            <div>
              <Button onClick={() => onStart(file, going.marked)}>{text.sift.sendMarked}</Button>
            </div>
          )}
        </Notice>
      ) : null}
      {upload.phase === 'cancelled' ? <Notice live>{text.upload.cancelled}</Notice> : null}
      {file === null
        ? (unfinished.data ?? []).map((one) => (
            <Notice key={one.key}>
              <p>{text.upload.unfinished(toDutchInstant(one.at))}</p>
              <div>
                <Button look="subtle" onClick={() => void forgetUnfinished(one.key).then(() => unfinished.refetch())}>
                  {text.upload.forget}
                </Button>
              </div>
            </Notice>
          ))
        : null}
      {file === null ? (
        <PickFile
          onPick={(picked) => {
            resetUpload();
            setFile(picked);
          }}
        />
      ) : (
        <div className="row">
          <strong>{text.upload.chosen(file.name, toSize(file.size))}</strong>
          <Button look="subtle" onClick={() => setFile(null)}>
            {text.upload.other}
          </Button>
        </div>
      )}
      {file !== null && file.size === 0 ? <Notice tone="bad" title={text.upload.empty} live /> : null}
      {earlier === undefined || file === null ? null : <p>{text.upload.resumable(toSize(bytesSent(earlier, file.size)))}</p>}
      {file === null ? null : <PeriodNote progress={sift.view.progress} />}
      {file === null || file.size === 0 ? null : <SiftPanel sift={sift} wholeRequired={wholeRequired} />}
      <CaseNumbers value={cases} onChange={onCases} />
      <div className="stack stack--tight">
        <div>
          <Button look="primary" disabled={!ready} onClick={() => (file === null ? undefined : onStart(file, going.sifting))}>
            {earlier === undefined ? going.label : text.upload.resume}
          </Button>
        </div>
        {going.ready ? null : <p className="small quiet">{sift.view.progress?.done === true ? text.sift.readRightFirst : text.sift.waitForRead}</p>}
      </div>
      <details>
        <summary>{text.upload.howTo}</summary>
        <HowToExport />
      </details>
    </div>
  );
}
