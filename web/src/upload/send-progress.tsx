// What is happening, how far, how long still; a way to stop. Spoken at every tenth, not at every byte.
import { Button } from '../components/button.tsx';
import { toDuration, toSize } from '../format/numbers.ts';
import { text } from '../text.nl.ts';
import { cancelUpload, type UploadState } from './upload-store.ts';

const titles = { sifting: text.sift.sifting, hashing: text.upload.hashing, sending: text.upload.sending, finishing: text.upload.finishing } as const;

export function SendProgress({ upload }: { readonly upload: Extract<UploadState, { phase: keyof typeof titles }> }) {
  const share = upload.total === 0 ? 0 : upload.done / upload.total;
  return (
    <div className="progress">
      <p className="row row--between">
        <strong>{titles[upload.phase]}</strong>
        <span className="quiet">{upload.fileName}</span>
      </p>
      <progress value={upload.phase === 'finishing' ? undefined : share} max={1} aria-label={titles[upload.phase]} />
      {upload.phase === 'finishing' ? null : (
        <p className="row row--between small">
          <span>
            {text.upload.progress(toSize(upload.done), toSize(upload.total))} ({Math.floor(share * 100)}%)
          </span>
          <span>{upload.secondsLeft === null ? '' : text.upload.timeLeft(toDuration(upload.secondsLeft))}</span>
        </p>
      )}
      {upload.hiccup ? <p className="small">{text.upload.partFailed}</p> : null}
      <p className="visually-hidden" role="status">
        {titles[upload.phase]}
        {upload.phase === 'finishing' ? '' : ` ${Math.floor(share * 10) * 10}%`}
      </p>
      <div>
        <Button onClick={cancelUpload}>{text.upload.cancel}</Button>
      </div>
    </div>
  );
}
