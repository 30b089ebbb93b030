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
  /** User and system time of all threads. */
  readonly processorSeconds: number;
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
  const usage = process.cpuUsage();
  const records = await (which === 'ours' ? runOurs(file) : runPublic(file));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(usage);
  process.stdout.write(
    `${JSON.stringify({ reader: which, records, seconds, processorSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 } satisfies Measured)}\n`,
  );
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

const rounds = 3;

/** The quickest of some rounds in turns: other work on the machine slows some of them, never speeds one up. */
function measureInTurns(file: string): readonly [Measured, Measured] {
  const runs = Array.from({ length: rounds }, () => [measureApart('ours', file), measureApart('public', file)] as const);
  const quickest = (which: 0 | 1) => runs.map((run) => run[which]).reduce((best, run) => (run.seconds < best.seconds ? run : best));
  return [quickest(0), quickest(1)];
}

/** Prints messages/s, MB/s, ratios of wall and processor time, and peak memory. `WOORDSPOOR_BENCH_MB` sets the size. */
export async function benchParse(megabytes = Number(process.env['WOORDSPOOR_BENCH_MB'] ?? 100)): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'woordspoor-parse-'));
  try {
    for (const phone of ['android', 'ios'] as const) {
      const file = join(folder, `${phone}.txt`);
      writeCorpus(file, megabytes * 1e6, phone);
      const size = statSync(file).size / 1e6;
      const [ours, theirs] = measureInTurns(file);
      console.log(`parse, ${phone}, ${size.toFixed(0)} MB`);
      for (const { reader, records, seconds, peakMegabytes } of [ours, theirs]) {
        const name = reader === 'ours' ? 'woordspoor (two passes)' : 'whatsapp-chat-parser 4.0.2';
        console.log(
          `  ${name.padEnd(27)} ${records} records  ${Math.round(records / seconds).toLocaleString('en')} messages/s  ${(size / seconds).toFixed(0)} MB/s  peak ${peakMegabytes.toFixed(0)} MB`,
        );
      }
      if (ours.records !== theirs.records) console.log('  the numbers of records differ: the figures cannot be compared');
      console.log(
        `  faster by ${(theirs.seconds / ours.seconds).toFixed(2)} in wall time, ${(theirs.processorSeconds / ours.processorSeconds).toFixed(2)} in processor time`,
      );
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , which, file] = process.argv;
  if (which !== undefined && file !== undefined) await measureHere(which, file);
  else await benchParse();
}
