// What must hold of every reader on every input: no throw, every byte once and in order, each conversation ended once, in time.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalTime } from '#core/model/time.ts';
import type { Reader, ReaderSource } from '#core/parse/reader.ts';
import { readers } from '#core/parse/readers.ts';
import { makeChance, mutate } from './mutate.ts';

export interface FuzzFailure {
  readonly format: string;
  readonly input: number;
  readonly reason: string;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Milliseconds of the processor for one input, whatever its size: other work on the machine does not count. */
  readonly timeCap: number;
  readonly onInput?: (input: number) => void;
}

const fixtures = join(import.meta.dirname, '../fixtures');
const folders = ['whatsapp', 'sms-backup', 'telegram', 'imessage', 'messenger', 'rsmf', 'signal', 'threema', 'teams', 'generic'];
const corpus = folders.flatMap((folder) =>
  readdirSync(join(fixtures, folder))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(fixtures, folder, name)) })),
);

function examplesOf(reader: Reader): readonly (typeof corpus)[number][] {
  const known = corpus.filter(({ bytes, name }) => reader.sniff(bytes.subarray(0, 65_536), name) > 0);
  if (known.length === 0) throw new Error(`no fixture that ${reader.format} knows`);
  return known;
}

function sourceOf(bytes: Uint8Array, name: string, chunk: number): ReaderSource {
  return {
    file: 1,
    name,
    siblings: new Set(['IMG-20240101-WA0001.jpg']),
    notAfter: '2026-11-24T12:00' as LocalTime,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
}

/** The ranges in the order of the file, or what is wrong with them. */
async function readRanges(reader: Reader, bytes: Uint8Array, name: string, chunk: number): Promise<readonly string[]> {
  const ranges: (readonly [number, number])[] = [];
  const open = new Set<string | undefined>();
  const ended = new Set<string | undefined>();
  for await (const event of reader.read(sourceOf(bytes, name, chunk), {})) {
    if (event.type === 'preamble') ranges.push(event.bytes);
    else if (event.type === 'records') {
      if (ended.has(event.conversation)) throw new Error('records after the end of their conversation');
      open.add(event.conversation);
      for (const record of event.records) ranges.push(record.bytes);
    } else if (event.type === 'conversation') {
      if (ended.has(event.conversation)) throw new Error('a conversation ended twice');
      ended.add(event.conversation);
    }
  }
  for (const key of open) if (!ended.has(key)) throw new Error('a conversation never ended');
  ranges.sort((a, b) => a[0] - b[0]);
  let at = 0;
  for (const [from, to] of ranges) {
    if (from !== at || to <= from) throw new Error(`bytes ${from}-${to} follow on ${at}`);
    at = to;
  }
  if (at !== bytes.length) throw new Error(`bytes ${at}-${bytes.length} lost`);
  return ranges.map(([from, to]) => `${from}-${to}`);
}

/** Inputs [from, to) of one reader. An input that fails is made again with the same seed and number. */
export async function fuzzReader(reader: Reader, { seed, from, to, timeCap, onInput }: FuzzOptions): Promise<readonly FuzzFailure[]> {
  const examples = examplesOf(reader);
  const number = readers.findIndex(({ format }) => format === reader.format);
  const failures: FuzzFailure[] = [];
  for (let input = from; input < to; input++) {
    onInput?.(input);
    const chance = makeChance(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b) ^ Math.imul(input + 1, 0xc2b2ae35));
    const name = examples[chance(examples.length)]?.name ?? '';
    const bytes = mutate(
      examples.map((example) => example.bytes),
      corpus.map((example) => example.bytes),
      chance,
    );
    const began = process.threadCpuUsage();
    try {
      reader.sniff(bytes.subarray(0, 65_536), name);
      const whole = await readRanges(reader, bytes, name, Math.max(1, bytes.length));
      const { user, system } = process.threadCpuUsage(began);
      const took = (user + system) / 1000;
      if (took > timeCap) throw new Error(`took ${Math.round(took)} ms for ${bytes.length} bytes`);
      // Every eighth once more in small pieces: where the pieces end may change nothing.
      if (input % 8 === 0 && bytes.length < 50_000) {
        const pieces = await readRanges(reader, bytes, name, chance(97) + 1);
        if (pieces.join() !== whole.join()) throw new Error('reads otherwise in small pieces');
      }
    } catch (error) {
      failures.push({ format: reader.format, input, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return failures;
}
