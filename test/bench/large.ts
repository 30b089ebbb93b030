// Exports of gigabytes through the intake: made on the fly, sent in parts as a client does, read by a process of its own whose peak memory
// is printed. The largest takes 30 GB of the disk while it lasts: upload, original and files. `BENCH_LARGE_SCALE=0.1` makes them smaller,
// `BENCH_LARGE_ONLY=sms,zip5` chooses.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { completeUpload } from '#flow/complete-upload.ts';
import { registerBundle } from '#flow/register-bundle.ts';
import { signParts } from '#flow/sign-parts.ts';
import { createTables, startDynamo } from '#infra/local/dynamo.ts';
import { createBuckets } from '#infra/local/s3/create-buckets.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { Config } from '#runtime/config.ts';
import { makeServices, type Services } from '#runtime/services.ts';
import { makeChatExport, smsHead, smsMessage, smsPicture, smsTail } from './corpus/chat-exports.ts';
import { makeChatText, makeSpeech } from './corpus/chat-text.ts';

const gigabyte = 1e9;
const memoryGoal = 512;

interface Large {
  readonly fileName: string;
  /** The same bytes each time it is called. */
  readonly make: () => AsyncIterable<Uint8Array>;
}

async function* chatBytes(bytes: number, seed: number): AsyncGenerator<Uint8Array> {
  for (const piece of makeChatText({ seed, bytes, phone: 'android' })) yield Buffer.from(piece);
}

const photoBytes = 4 * 2 ** 20;

/** A JPEG by its first bytes; the rest has no pattern, so that it is stored at about its own size. */
async function* photo(n: number): AsyncGenerator<Uint8Array> {
  const block = Buffer.alloc(2 ** 20);
  let state = (n + 1) >>> 0;
  for (let i = 0; i < block.length; i += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    block.writeInt32LE(state | 0, i);
  }
  yield Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]);
  for (let left = photoBytes - 12; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length));
}

function zipBytes(bytes: number): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const options = { mtime: new Date(Date.UTC(2024, 0, 1)), forceDosTimestamp: true };
  const textBytes = Math.min(50_000_000, bytes / 10);
  zip.addReadStreamLazy('WhatsApp-chat met Wijkteam.txt', options, (give) => give(null, Readable.from(chatBytes(textBytes, 7))));
  const photos = Math.floor((bytes - textBytes / 3) / photoBytes);
  for (let n = 0; n < photos; n++) {
    const name = `IMG-20220502-WA${String(n + 1).padStart(4, '0')}.jpg`;
    zip.addReadStreamLazy(name, { ...options, compress: false }, (give) => give(null, Readable.from(photo(n))));
  }
  zip.end();
  return zip.outputStream as unknown as AsyncIterable<Uint8Array>;
}

async function* telegramBytes(bytes: number): AsyncGenerator<Uint8Array> {
  for (const piece of makeChatExport('telegram', { seed: 3, bytes })) yield Buffer.from(piece);
}

/** A phone's backup of 200 parties that take turns: half of it texts, half pictures of some 300 kB as base64. */
async function* smsBytes(bytes: number): AsyncGenerator<Uint8Array> {
  const { line } = makeSpeech(5);
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]), Buffer.alloc(224_988, 0x5a)]).toString('base64');
  let piece = smsHead;
  let [made, pictured] = [0, 0];
  for (let n = 1; made + piece.length < bytes; n++) {
    const own = pictured * 2 < made;
    piece += `${own ? smsPicture(n, line(), picture) : smsMessage(n, line())}\n`;
    if (own) pictured += picture.length;
    if (piece.length < 65_536) continue;
    made += piece.length;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece + smsTail);
}

async function* inPieces(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    let rest = chunk;
    while (length + rest.length >= size) {
      yield Buffer.concat([...held, rest.subarray(0, size - length)]);
      rest = rest.subarray(size - length);
      held = [];
      length = 0;
    }
    held.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(held);
}

async function handIn(services: Services, large: Large): Promise<{ readonly bundleId: string; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of large.make()) {
    hash.update(chunk);
    size += chunk.length;
  }
  const acting = { subject: 'bench', role: 'employee', origin: 'bench' } as const;
  const answer = await registerBundle(services, acting, { fileName: large.fileName, size, sha256: hash.digest('hex'), caseIds: [] });
  if (!answer.ok) throw new Error(answer.fault.code);
  const { bundle, upload } = answer.value;
  const parts: { number: number; etag: string }[] = [];
  const send = async (url: string, headers: Readonly<Record<string, string>>, piece: Uint8Array) => {
    const sent = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(piece) });
    if (!sent.ok) throw new Error(`upload: ${sent.status}`);
    return sent.headers.get('etag') ?? '';
  };
  if (upload.kind === 'single') {
    for await (const piece of inPieces(large.make(), size)) await send(upload.url, upload.headers, piece);
    return { bundleId: bundle.id, size };
  }
  for await (const piece of inPieces(large.make(), upload.partSize)) {
    const number = parts.length + 1;
    const signed = await signParts(services, bundle.id, { numbers: [number] });
    if (!signed.ok) throw new Error(signed.fault.code);
    for (const { url, headers } of signed.value) parts.push({ number, etag: await send(url, headers, piece) });
  }
  const completed = await completeUpload(services, bundle.id, parts);
  if (!completed.ok) throw new Error(completed.fault.code);
  return { bundleId: bundle.id, size };
}

/** The heap is held to what leaves room for buffers within the goal, as Lambda does by its memory. */
async function ingestApart(config: Config, bundleId: string): Promise<void> {
  const child = spawn(process.execPath, ['--max-old-space-size=320', join(import.meta.dirname, 'large-ingest.ts'), bundleId], {
    env: { ...process.env, WOORDSPOOR_CONFIG: JSON.stringify(config) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`the reading process ended with ${code}`);
}

export async function benchLarge(): Promise<void> {
  const scale = Number(process.env['BENCH_LARGE_SCALE'] ?? '1');
  const sized: Readonly<Record<string, Large>> = {
    text: { fileName: 'WhatsApp-chat met Wijkteam.txt', make: () => chatBytes(scale * gigabyte, 1) },
    telegram: { fileName: 'result.json', make: () => telegramBytes(scale * gigabyte) },
    sms: { fileName: 'sms-20240501120000.xml', make: () => smsBytes(2 * scale * gigabyte) },
    zip5: { fileName: 'WhatsApp-chat met Wijkteam.zip', make: () => zipBytes(5 * scale * gigabyte) },
    zip10: { fileName: 'WhatsApp-chat met Wijkteam.zip', make: () => zipBytes(10 * scale * gigabyte) },
  };
  const only = process.env['BENCH_LARGE_ONLY']?.split(',') ?? Object.keys(sized);
  const larges = only.flatMap((name) => sized[name] ?? []);
  for (const large of larges) {
    const folder = await mkdtemp(join(tmpdir(), 'woordspoor-large-'));
    const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
    const dynamo = await startDynamo({ folder: join(folder, 'dynamo') });
    const s3 = await startS3({ folder: join(folder, 's3'), credentials, durable: false });
    try {
      const config = Config.parse({
        endpoints: { dynamodb: dynamo.endpoint, s3: s3.endpoint, s3Public: s3.endpoint },
        credentials,
        tables: { catalogue: 'bench-catalogue', index: 'bench-index', audit: 'bench-audit' },
        buckets: { intake: 'bench-intake', vault: 'bench-vault', exports: 'bench-exports', ledger: 'bench-ledger' },
        identity: { issuer: 'http://127.0.0.1:9/oidc', clientId: 'bench', audience: 'bench', insecure: true },
        publicUrl: 'http://127.0.0.1:9',
      });
      const services = makeServices(config, 'bench');
      await Promise.all([createTables(services.dynamo, config.tables), createBuckets(services.s3, config)]);
      const { bundleId, size } = await handIn(services, large);
      console.log(`${large.fileName}: ${(size / gigabyte).toFixed(2)} GB handed in; goal: within ${memoryGoal} MB`);
      await ingestApart(config, bundleId);
    } finally {
      await Promise.all([dynamo.stop(), s3.stop()]);
      await rm(folder, { recursive: true, force: true });
    }
  }
}
