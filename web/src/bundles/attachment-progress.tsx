// How far the text of a bundle's attachments has been read.
import type { BundleAnswer } from '#contract/bundle.ts';
import { text } from '../text.nl.ts';

export function AttachmentProgress({ reading }: { readonly reading: NonNullable<BundleAnswer['attachmentText']> }) {
  const { state, total, read, withText } = reading;
  if (state === 'done') return <>{text.attachments.done(total, withText)}</>;
  return (
    <div className="stack stack--tight">
      <p role="status">{text.attachments.reading(read, total)}</p>
      <progress value={read} max={Math.max(1, total)} aria-label={text.attachments.fact} />
      <p className="small quiet">{text.attachments.later}</p>
    </div>
  );
}
