// Reads a JSON body within its limit. Neither the text nor a parser's complaint about it leaves this file.
import { no, ok, type Result } from '#core/model/result.ts';
import { invalid } from './problem.ts';

/** Bytes of the body, or a fault once there are more than `limit`. */
async function bytesOf(request: Request, limit: number): Promise<Result<Buffer>> {
  const tooLarge = no('payload.too-large');
  if (Number(request.headers.get('content-length') ?? 0) > limit) return tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return tooLarge;
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks));
}

/** A body that may also come as plain text of this kind, and then is this one field. */
export interface TextBody {
  readonly media: string;
  readonly field: string;
}

/** An absent body reads as `{}`: its missing fields are then named one by one. */
export async function jsonBody(request: Request, limit: number, text: TextBody | null = null): Promise<Result<unknown>> {
  const bytes = await bytesOf(request, limit);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0) return ok({});
  const media = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (text !== null && media === text.media) return ok({ [text.field]: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.value) });
  if (media !== 'application/json') return no('media-type.unsupported');
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.value)));
  } catch {
    return invalid('', 'dit is geen geldige JSON in UTF-8');
  }
}
