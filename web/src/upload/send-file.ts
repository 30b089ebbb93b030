// From a picked file to a bundle that the archive has in hand: hash, register, send (whole, or three parts at a time), complete.
// Every step that succeeded is remembered, so that the same file goes on where it was.
import type { BundleAnswer, RegisterBundle, RegisteredBundle, SignedParts, SignParts } from '#contract/bundle.ts';
import type { KeepAnswers } from '#core/model/bundle.ts';
import { ApiProblem, get, post } from '../api/client.ts';
import { hashFile } from './hash-file.ts';
import { PutRefused, putBytes } from './put-bytes.ts';
import { allUnfinished, forgetUnfinished, keepUnfinished, type UnfinishedUpload, unfinishedFor } from './resume-store.ts';

/** What the person says of a file beside the file itself. */
export interface Registration {
  readonly caseIds: readonly string[];
  readonly keepDecision?: KeepAnswers;
  readonly custodianId?: string;
  readonly sift?: NonNullable<RegisterBundle['sift']>;
}

export type SendPhase = 'hashing' | 'sending' | 'finishing';

export interface SendOrder {
  readonly file: File;
  /** By which a later visit knows this upload. */
  readonly key: string;
  /** When it is known already. */
  readonly sha256?: string;
  readonly registration: Registration;
  readonly onPhase: (phase: SendPhase) => void;
  /** Bytes done of this phase. */
  readonly onProgress: (done: number) => void;
  readonly onHiccup: () => void;
  readonly signal: AbortSignal;
}

const atOnce = 3;
const tries = 5;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

/** Tries again after 1, 2, 4 and 8 seconds; a refusal by the API itself is final. */
async function stubborn<T>(act: () => Promise<T>, { signal, onHiccup }: Pick<SendOrder, 'signal' | 'onHiccup'>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      const refused = error instanceof ApiProblem && error.problem.status > 0 && error.problem.status < 500;
      if (signal.aborted || refused || attempt === tries) throw error;
      onHiccup();
      await pause(1000 * 2 ** (attempt - 1), signal);
    }
  }
}

/** A file that was announced before but never arrived is ours to send, also when this browser has forgotten it. */
async function announcedBefore(error: unknown, order: SendOrder, sha256: string): Promise<UnfinishedUpload | null> {
  const bundleId = error instanceof ApiProblem && error.problem.code === 'bundle.duplicate' ? error.problem.bundleId : undefined;
  if (bundleId === undefined) return null;
  const bundle = await get<BundleAnswer>(`/v1/bundles/${bundleId}`, order.signal).catch(() => null);
  if (bundle?.state !== 'awaiting-upload') return null;
  // A copy of the file, or the same one with another date: what was sent of it counts.
  const known = (await allUnfinished()).find((one) => one.bundleId === bundleId);
  if (known !== undefined) await forgetUnfinished(known.key);
  return { key: order.key, bundleId, sha256, upload: bundle.upload, parts: known?.parts ?? [], at: new Date().toISOString() };
}

async function register(order: SendOrder): Promise<UnfinishedUpload> {
  const { file, key, registration, signal } = order;
  order.onPhase('hashing');
  const sha256 = order.sha256 ?? (await hashFile(file, order.onProgress, signal));
  let unfinished: UnfinishedUpload | null;
  try {
    const { bundle, upload } = await post<RegisteredBundle>(
      '/v1/bundles',
      { fileName: file.name, size: file.size, sha256, partChecksums: true, ...registration },
      signal,
    );
    unfinished = {
      key,
      bundleId: bundle.id,
      sha256,
      upload: upload.kind === 'multipart' ? upload : null,
      parts: [],
      at: new Date().toISOString(),
    };
  } catch (error) {
    unfinished = await announcedBefore(error, order, sha256);
    if (unfinished === null) throw error;
  }
  await keepUnfinished(unfinished);
  return unfinished;
}

/** What is known of an earlier try, as far as the archive still waits for it. */
async function resumable(key: string): Promise<UnfinishedUpload | { readonly arrived: string } | null> {
  const earlier = await unfinishedFor(key);
  if (earlier === null) return null;
  const bundle = await get<BundleAnswer>(`/v1/bundles/${earlier.bundleId}`).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.problem.status === 404) return null;
    throw error;
  });
  if (bundle?.state === 'awaiting-upload') return earlier;
  await forgetUnfinished(earlier.key);
  return bundle === null || bundle.state === 'refused' ? null : { arrived: bundle.id };
}

interface PartToSend {
  readonly bundleId: string;
  readonly number: number;
  readonly body: Blob;
  /** Of this part, in hexadecimal: the store refuses what came through otherwise. A small file has its hash in its link already. */
  readonly sha256: string | null;
  readonly onProgress: (sent: number) => void;
}

async function hashPart(body: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await body.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A link lives for an hour: it is asked for at the moment of sending, and again for each try. A small file is part 1 of 1. */
async function sendPart(order: SendOrder, { bundleId, number, body, sha256, onProgress }: PartToSend): Promise<string> {
  return stubborn(async () => {
    const ask: SignParts = { numbers: [number], ...(sha256 === null ? {} : { sha256: [sha256] }) };
    const signed = await post<SignedParts>(`/v1/bundles/${bundleId}/parts`, ask, order.signal);
    const link = signed.items[0];
    if (link === undefined) throw new PutRefused(0);
    return putBytes({ url: link.url, headers: link.headers, body, onProgress, signal: order.signal });
  }, order);
}

async function sendParts(
  order: SendOrder,
  unfinished: UnfinishedUpload,
  { partSize, partCount }: { readonly partSize: number; readonly partCount: number },
): Promise<void> {
  const { file, signal } = order;
  const parts = new Map(unfinished.parts.map((part) => [part.number, part.etag]));
  const waiting = Array.from({ length: partCount }, (_, at) => at + 1).filter((number) => !parts.has(number));
  const underway = new Map<number, number>();
  const sizeOf = (number: number) => Math.min(partSize, file.size - (number - 1) * partSize);
  const tell = () => {
    let done = 0;
    for (const number of parts.keys()) done += sizeOf(number);
    for (const sent of underway.values()) done += sent;
    order.onProgress(Math.min(done, file.size));
  };
  tell();

  const send = async (number: number) => {
    const body = file.slice((number - 1) * partSize, (number - 1) * partSize + sizeOf(number));
    const etag = await sendPart(order, {
      bundleId: unfinished.bundleId,
      number,
      body,
      sha256: await hashPart(body),
      onProgress: (sent) => {
        underway.set(number, sent);
        tell();
      },
    });
    underway.delete(number);
    parts.set(number, etag);
    await keepUnfinished({ ...unfinished, parts: [...parts].map(([at, tag]) => ({ number: at, etag: tag })) });
    tell();
  };

  const lane = async () => {
    try {
      for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) await send(number);
    } catch (error) {
      // The other lanes finish the part in hand (it is remembered) and take no new one.
      waiting.length = 0;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));

  order.onPhase('finishing');
  const done = [...parts].sort(([a], [b]) => a - b).map(([number, etag]) => ({ number, etag }));
  await stubborn(() => post(`/v1/bundles/${unfinished.bundleId}/complete`, { parts: done }, signal), order);
}

/** Gives the bundle's id once the file has arrived. */
export async function sendFile(order: SendOrder): Promise<string> {
  const earlier = await resumable(order.key);
  if (earlier !== null && 'arrived' in earlier) return earlier.arrived;
  const unfinished = earlier ?? (await register(order));
  order.onPhase('sending');
  if (unfinished.upload === null)
    await sendPart(order, { bundleId: unfinished.bundleId, number: 1, body: order.file, sha256: null, onProgress: order.onProgress });
  else await sendParts(order, unfinished, unfinished.upload);
  await forgetUnfinished(unfinished.key);
  return unfinished.bundleId;
}
