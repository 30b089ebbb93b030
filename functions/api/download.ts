// A stored file as an answer: in a sandbox, by range where asked (RFC 9110 section 14), and as a download unless it may be shown in place.
import { mayShow } from '#core/attachment/may-show.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { StoredFile } from '#flow/open-file.ts';
import { problemResponse } from './problem.ts';

export type Range = { readonly from: number; readonly to: number } | 'whole' | 'not-satisfiable';

/** One range of bytes as [from, to). Several ranges, other units and what cannot be read are answered with the whole file, as the RFC allows. */
export function rangeOf(header: string | undefined, size: number): Range {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (match === null) return 'whole';
  const [first = '', last = ''] = [match[1], match[2]];
  if (first === '' && last === '') return 'whole';
  if (first === '') return Number(last) === 0 || size === 0 ? 'not-satisfiable' : { from: Math.max(0, size - Number(last)), to: size };
  if (last !== '' && Number(last) < Number(first)) return 'whole';
  if (Number(first) >= size) return 'not-satisfiable';
  return { from: Number(first), to: last === '' ? size : Math.min(size, Number(last) + 1) };
}

/** The name in both forms of RFC 6266; letters outside ASCII stand in the second one only. */
export function disposition(name: string, kind: 'attachment' | 'inline' = 'attachment'): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const extended = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${extended}`;
}

/** Types that a browser would run or render as a page of its own. */
const activeType = /html|svg|xml|javascript|ecmascript|text\/css|pdf|flash|java/i;

const sandbox = { 'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'", 'accept-ranges': 'bytes' };

/** `largest`: what one answer may hold; a whole file above it is answered with a link, a range above it is cut, as the RFC allows. */
export async function download(file: StoredFile, rangeHeader: string | undefined, largest: number | null, inPlace = false): Promise<Result<Response>> {
  const shown = inPlace && mayShow(file.mediaType) !== null;
  const range = rangeOf(rangeHeader, file.size);
  if (range === 'not-satisfiable') {
    return ok(problemResponse({ code: 'range.not-satisfiable' }, { ...sandbox, 'content-range': `bytes */${file.size}` }));
  }
  if (range === 'whole' && largest !== null && file.size > largest) {
    return ok(new Response(null, { status: 307, headers: { ...sandbox, location: await file.link() } }));
  }
  const { from, to: asked } = range === 'whole' ? { from: 0, to: file.size } : range;
  const to = largest === null ? asked : Math.min(asked, from + largest);
  const bytes = to === from ? [] : await file.open(from, to);
  if (bytes === null) return no('not-found');
  const headers = {
    ...sandbox,
    // A download says nothing of what it is: no browser opens it by its type.
    'content-type': shown || !activeType.test(file.mediaType ?? '') ? (file.mediaType ?? 'application/octet-stream') : 'application/octet-stream',
    'content-length': String(to - from),
    'content-disposition': disposition(file.name, shown ? 'inline' : 'attachment'),
  };
  const body = ReadableStream.from(bytes) as ReadableStream<Uint8Array>;
  return ok(
    range === 'whole'
      ? new Response(body, { status: 200, headers })
      : new Response(body, { status: 206, headers: { ...headers, 'content-range': `bytes ${from}-${to - 1}/${file.size}` } }),
  );
}
