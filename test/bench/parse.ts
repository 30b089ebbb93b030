// Reading speed beside the best public parser, on one text of our own making and in one run: whatsapp-chat-parser 4.0.2.
// Each reads in a process of its own, so that peak memory says something. Ours reads the file twice; that is in the figures.
import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalTime } from '#core/model/time.ts';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
import { makeChatText } from './corpus/chat-text.ts';

interface Measured {
  readonly reader: string;
  readonly records: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

async function runOurs(file: string): Promise<number> {
  const source = {
    file: 1,
    name: 'WhatsApp-chat met Team Vergunningen.txt',
    open: () => createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>,
    siblings: new Set<string>(),
    notAfter: '2099-01-01T00:00' as LocalTime,
  };
  let records = 0;
  for await (const event of whatsappReader.read(source, {})) if (event.type === 'records') records += event.records.length;
  return records;
}

async function runPublic(file: string): Promise<number> {
  const { parseString } = await import('whatsapp-chat-parser');
  return parseString(readFileSync(file, 'utf8'), { parseAttachments: true }).length;
}

async function measureHere(which: string, file: string): Promise<void> {
  const begun = performance.now();
  const records = await (which === 'ours' ? runOurs(file) : runPublic(file));
  const seconds = (performance.now() - begun) / 1000;
  process.stdout.write(`${JSON.stringify({ reader: which, records, seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 } satisfies Measured)}\n`);
}

function measureApart(which: 'ours' | 'public', file: string): Measured {
  const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), which, file], { encoding: 'utf8', maxBuffer: 1 << 20 });
  if (run.status !== 0) throw new Error(`the ${which} run failed: ${run.stderr.slice(0, 400)}`);
  return JSON.parse(run.stdout) as Measured;
}

function writeCorpus(file: string, bytes: number, phone: 'android' | 'ios'): void {
  const handle = openSync(file, 'w');
  for (const piece of makeChatText({ seed: 20261124, bytes, phone })) writeSync(handle, piece);
  closeSync(handle);
}

/** Prints messages/s, MB/s, ratio and peak memory; returns the ratio of the speeds (ours ÷ theirs). `WOORDSPOOR_BENCH_MB` sets the size. */
export async function benchParse(megabytes = Number(process.env['WOORDSPOOR_BENCH_MB'] ?? 100)): Promise<{ readonly ratio: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'woordspoor-parse-'));
  let ratio = Number.POSITIVE_INFINITY;
  try {
    for (const phone of ['android', 'ios'] as const) {
      const file = join(folder, `${phone}.txt`);
      writeCorpus(file, megabytes * 1e6, phone);
      const size = statSync(file).size / 1e6;
      const [ours, theirs] = [measureApart('ours', file), measureApart('public', file)];
      console.log(`parse, ${phone}, ${size.toFixed(0)} MB`);
      for (const { reader, records, seconds, peakMegabytes } of [ours, theirs]) {
        const name = reader === 'ours' ? 'woordspoor (two passes)' : 'whatsapp-chat-parser 4.0.2';
        console.log(
          `  ${name.padEnd(27)} ${records} records  ${Math.round(records / seconds).toLocaleString('en')} messages/s  ${(size / seconds).toFixed(0)} MB/s  peak ${peakMegabytes.toFixed(0)} MB`,
        );
      }
      const here = theirs.seconds / ours.seconds;
      console.log(`  ratio of time ${here.toFixed(2)}`);
      ratio = Math.min(ratio, here);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { ratio };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , which, file] = process.argv;
  if (which !== undefined && file !== undefined) await measureHere(which, file);
  else await benchParse();
}
