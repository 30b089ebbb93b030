// Reading speed of every reader beside the best public parser, on texts of our own making and in one run. Each reads in a process of its own,
// so that peak memory says something; a reader that reads twice is measured with both passes.
import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalTime } from '#core/model/time.ts';
import { readers } from '#core/parse/readers.ts';
import { type ChatLayout, chatLayouts, makeChatExport } from './corpus/chat-exports.ts';
import { makeChatText } from './corpus/chat-text.ts';
import { type PublicParser, publicParsers, whatsappParser } from './public-parsers.ts';

type Corpus = 'whatsapp android' | 'whatsapp ios' | ChatLayout;

const seed = 20261124;

interface Measured {
  readonly records: number;
  readonly seconds: number;
  /** User and system time of all threads. */
  readonly processorSeconds: number;
  readonly peakMegabytes: number;
}

function isWhatsapp(corpus: Corpus): corpus is 'whatsapp android' | 'whatsapp ios' {
  return corpus === 'whatsapp android' || corpus === 'whatsapp ios';
}

function parserOf(corpus: Corpus): PublicParser {
  return isWhatsapp(corpus) ? whatsappParser : publicParsers[corpus];
}

function* textOf(corpus: Corpus, bytes: number): Generator<string> {
  if (isWhatsapp(corpus)) yield* makeChatText({ seed, bytes, phone: corpus === 'whatsapp ios' ? 'ios' : 'android' });
  else yield* makeChatExport(corpus, { seed, bytes });
}

async function runOurs(corpus: Corpus, file: string): Promise<number> {
  const reader = readers.find(({ format }) => format === corpus.split(' ')[0]);
  if (reader === undefined) throw new Error(`no reader of ${corpus}`);
  const source = {
    file: 1,
    name: isWhatsapp(corpus) ? 'WhatsApp-chat met Team Vergunningen.txt' : chatLayouts[corpus].fileName,
    open: () => createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>,
    siblings: new Set<string>(),
    notAfter: '2099-01-01T00:00' as LocalTime,
  };
  let records = 0;
  for await (const event of reader.read(source, {})) if (event.type === 'records') records += event.records.length;
  return records;
}

async function measureHere(which: string, corpus: Corpus, file: string): Promise<void> {
  const begun = performance.now();
  const usage = process.cpuUsage();
  const records = await (which === 'ours' ? runOurs(corpus, file) : parserOf(corpus).run(file));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(usage);
  const measured: Measured = { records, seconds, processorSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

function measureApart(which: 'ours' | 'public', corpus: Corpus, file: string): Measured {
  const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), which, corpus, file], { encoding: 'utf8', maxBuffer: 1 << 20 });
  if (run.status !== 0) throw new Error(`the ${which} run of ${corpus} failed: ${run.stderr.slice(0, 400)}`);
  return JSON.parse(run.stdout) as Measured;
}

const rounds = 3;

/** The quickest of some rounds in turns: other work on the machine slows some of them, never speeds one up. */
function measureInTurns(corpus: Corpus, file: string): readonly [Measured, Measured] {
  const runs = Array.from({ length: rounds }, () => [measureApart('ours', corpus, file), measureApart('public', corpus, file)] as const);
  const quickest = (which: 0 | 1) => runs.map((run) => run[which]).reduce((best, run) => (run.processorSeconds < best.processorSeconds ? run : best));
  return [quickest(0), quickest(1)];
}

function line(name: string, size: number, { records, seconds, peakMegabytes }: Measured): string {
  const perSecond = Math.round(records / seconds).toLocaleString('en');
  return `  ${name.padEnd(30)} ${String(records).padStart(8)} records ${perSecond.padStart(11)}/s ${(size / seconds).toFixed(0).padStart(5)} MB/s  peak ${peakMegabytes.toFixed(0)} MB`;
}

/** `WOORDSPOOR_BENCH_MB` sets the size of each text, `WOORDSPOOR_BENCH_FORMATS` chooses. */
export async function benchParse(megabytes = Number(process.env['WOORDSPOOR_BENCH_MB'] ?? 100)): Promise<void> {
  const all: readonly Corpus[] = ['whatsapp android', 'whatsapp ios', ...(Object.keys(chatLayouts) as ChatLayout[])];
  const only = process.env['WOORDSPOOR_BENCH_FORMATS']?.split(',');
  const folder = mkdtempSync(join(tmpdir(), 'woordspoor-parse-'));
  try {
    for (const corpus of all.filter((one) => only === undefined || only.includes(one))) {
      const file = join(folder, 'export');
      const handle = openSync(file, 'w');
      for (const piece of textOf(corpus, megabytes * 1e6)) writeSync(handle, piece);
      closeSync(handle);
      const size = statSync(file).size / 1e6;
      const [ours, theirs] = measureInTurns(corpus, file);
      const { name, knowsFormat } = parserOf(corpus);
      console.log(`parse, ${corpus}, ${size.toFixed(0)} MB`);
      console.log(line('woordspoor', size, ours));
      console.log(line(knowsFormat ? name : `${name} (takes apart only)`, size, theirs));
      if (knowsFormat && ours.records !== theirs.records) console.log('  the numbers of records differ: the figures cannot be compared');
      const [wall, processor] = [theirs.seconds / ours.seconds, theirs.processorSeconds / ours.processorSeconds];
      console.log(`  ${knowsFormat ? 'faster by' : 'beside taking apart alone:'} ${wall.toFixed(2)} in wall time, ${processor.toFixed(2)} in processor time`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , which, corpus, file] = process.argv;
  if (which !== undefined && file !== undefined) await measureHere(which, corpus as Corpus, file);
  else await benchParse();
}
