// What stands around the zip of a `.rsmf` when another zip takes its place: the same headers, but for those that tell of messages which are
// gone; the part for reading, which says every message again, is empty. RSMF 2.0, RFC 2045. FORMATS: section 1.7.
export interface MailHead {
  /** With their line ends, as one character a byte. */
  readonly headers: string;
  readonly part: string | null;
  readonly boundary: string | null;
}

/** Optional ones that tell of all messages together. */
const ofAll = /^X-RSMF-(?:BeginDate|EndDate|Participants|AttachmentCount)\s*:[^\n]*\n(?:[ \t][^\n]*\n)*/gim;
const eventCount = /^(X-RSMF-EventCount\s*:\s*)(\d{1,12})/im;

/** `struck`: events that are gone. */
export function mailAround(
  { headers, part, boundary }: MailHead,
  struck: number,
): { readonly before: string; readonly after: string; readonly lineEnd: string } {
  const lineEnd = headers.includes('\r\n') ? '\r\n' : '\n';
  const kept = headers.replace(ofAll, '').replace(eventCount, (_, name: string, count: string) => `${name}${Math.max(0, Number(count) - struck)}`);
  if (boundary === null || part === null) return { before: `${kept}${lineEnd}`, after: '', lineEnd };
  const empty = ['', `--${boundary}`, 'Content-Type: text/plain; charset=utf-8', '', '', `--${boundary}`, ''].join(lineEnd);
  return { before: `${kept}${empty}${part}${lineEnd}`, after: `--${boundary}--${lineEnd}`, lineEnd };
}
