// A `.rsmf` is an e-mail (RFC 5322, RFC 2045) with one zip in base64: where in its bytes that zip stands, and what the headers say is in it.
// Read as a stream, line by line; only the lines of headers are kept. FORMATS: section 1.7.

export interface RsmfEnvelope {
  /** Bytes [from, to) of the base64 text. */
  readonly zip: readonly [from: number, to: number];
  /** As the headers have it; absent when they do not. */
  readonly version?: string;
  readonly events?: number;
  /** Headers of the e-mail, and of the part that holds the zip (null: the e-mail has one part only): bytes, without the empty line. */
  readonly headers: readonly [from: number, to: number];
  readonly part: readonly [from: number, to: number] | null;
  /** Of the e-mail's parts; null: it has one only. */
  readonly boundary: string | null;
}

/** Longer than any line of a header; a longer line is no header. */
const longestLine = 16 * 1024;
const mostHeaders = 64 * 1024;

interface Part {
  readonly headers: ReadonlyMap<string, string>;
}

/** Null: there is no zip in it. */
export async function readRsmfEnvelope(chunks: AsyncIterable<Uint8Array>): Promise<RsmfEnvelope | null> {
  const boundaries: string[] = [];
  let top: Part | null = null;
  let headerText = '';
  let inHeaders = true;
  let found: { from: number; base64: boolean } | null = null;
  let ends = -1;
  let headersFrom = 0;
  let topEnd = 0;
  let partBytes: readonly [number, number] | null = null;

  /** `at`, `next`: where the line begins, and the one after it. False: nothing further is of interest. */
  function takeLine(line: string, at: number, next: number): boolean {
    if (inHeaders) {
      if (line !== '') {
        if (headerText.length < mostHeaders) headerText += `${line}\n`;
        return true;
      }
      inHeaders = false;
      const part = readHeaders(headerText);
      headerText = '';
      if (top === null) topEnd = at;
      else partBytes = [headersFrom, at];
      top ??= part;
      const boundary = /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(part.headers.get('content-type') ?? '');
      if (boundary !== null) boundaries.push(`--${boundary[1] ?? boundary[2] ?? ''}`);
      else if (isZip(part)) found = { from: next, base64: true };
      return true;
    }
    if (!line.startsWith('--') || !boundaries.some((one) => line === one || line === `${one}--`)) return true;
    if (found !== null) {
      ends = at;
      return false;
    }
    inHeaders = !boundaries.some((one) => line === `${one}--`);
    headersFrom = next;
    return true;
  }

  const size = await readLines(chunks, takeLine);
  const { from } = (found as { from: number } | null) ?? { from: -1 };
  if (from < 0) return null;
  const headers: ReadonlyMap<string, string> = (top as Part | null)?.headers ?? new Map();
  const version = headers.get('x-rsmf-version');
  const events = headers.get('x-rsmf-eventcount');
  return {
    zip: [from, ends < 0 ? size : ends],
    headers: [0, topEnd],
    part: partBytes as readonly [number, number] | null,
    boundary: boundaries[0]?.slice(2) ?? null,
    ...(version === undefined ? {} : { version }),
    ...(events === undefined || !/^\d{1,12}$/.test(events) ? {} : { events: Number(events) }),
  };
}

function isZip({ headers }: Part): boolean {
  const type = headers.get('content-type') ?? '';
  const named = /\bname\s*=\s*"?[^";]*\.zip/i.test(type) || /filename\*?\s*=\s*"?[^";]*\.zip/i.test(headers.get('content-disposition') ?? '');
  return /^base64$/i.test(headers.get('content-transfer-encoding') ?? '') && (named || /^application\/(?:x-)?zip/i.test(type));
}

/** Names in lower case; lines that are folded are one; of two headers of one name the first counts. */
function readHeaders(text: string): Part {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers };
}

/** Lines without their end, as ASCII; of a line that is too long only its beginning. Gives the number of bytes read. */
async function readLines(chunks: AsyncIterable<Uint8Array>, take: (line: string, at: number, next: number) => boolean): Promise<number> {
  let base = 0;
  let start = 0;
  let held = '';
  for await (const chunk of chunks) {
    let from = 0;
    for (let feed = chunk.indexOf(10); feed >= 0; feed = chunk.indexOf(10, from)) {
      const line = held + asciiOf(chunk, from, Math.min(feed, from + longestLine));
      held = '';
      if (!take(line.endsWith('\r') ? line.slice(0, -1) : line, start, base + feed + 1)) return base + feed + 1;
      from = feed + 1;
      start = base + from;
    }
    if (held.length < longestLine) held += asciiOf(chunk, from, Math.min(chunk.length, from + longestLine));
    base += chunk.length;
  }
  if (held !== '') take(held.endsWith('\r') ? held.slice(0, -1) : held, start, base);
  return base;
}

function asciiOf(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 4096) text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 4096)));
  return text;
}

/** Do the first bytes of a file, as text, begin as an e-mail of this kind? */
export function looksLikeRsmf(start: string): boolean {
  const headers = start.slice(0, mostHeaders).split(/\r?\n\r?\n/, 1)[0] ?? '';
  return /^(?:[\w-]+:[^\n]*(?:\r?\n[ \t][^\n]*)*(?:\r?\n|$))*$/.test(headers) && /^X-RSMF-Version:/im.test(headers);
}
