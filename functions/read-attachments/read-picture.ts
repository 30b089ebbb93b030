// Words on a picture (screenshots, photographed letters), by tesseract.js with its packaged Dutch data: nothing is fetched, no machine learns
// from it. A word of which the engine is not sure is left out: a photo of trees has no words, and its noise must not be found.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'tesseract.js';
import { attachmentLimits } from '#core/attachment/attachment-limits.ts';
import { pictureSize } from '#core/attachment/picture-size.ts';
import { type ReadOutcome, toOutcome, unread } from '#core/attachment/read-outcome.ts';

/** Of 100. Words on screenshots get 85 and more, noise in photos mostly less than 40. */
const leastConfidence = 50;

let engine: Promise<Worker> | null = null;

async function startEngine(): Promise<Worker> {
  const { default: tesseract } = await import('tesseract.js');
  const langPath = join(dirname(fileURLToPath(import.meta.resolve('@tesseract.js-data/nld/package.json'))), '4.0.0_best_int');
  // A thread of its own; where it dies, this one dies with it and the one that started us begins anew.
  return tesseract.createWorker('nld', 1, { langPath, gzip: true, cacheMethod: 'none', logger: () => undefined, errorHandler: () => undefined });
}

export async function readPicture(bytes: Uint8Array): Promise<ReadOutcome> {
  const size = pictureSize(bytes);
  if (size === null || size.width < 1 || size.height < 1) return unread('damaged');
  if (size.width * size.height > attachmentLimits.picturePixels) return unread('too-large');
  engine ??= startEngine();
  const worker = await engine;
  let blocks: NonNullable<Awaited<ReturnType<Worker['recognize']>>['data']['blocks']>;
  try {
    const { data } = await worker.recognize(Buffer.from(bytes), {}, { text: false, blocks: true });
    blocks = data.blocks ?? [];
  } catch {
    return unread('damaged');
  }
  let sure = 0;
  let words = 0;
  const lines: string[] = [];
  for (const paragraph of blocks.flatMap((block) => block.paragraphs)) {
    for (const line of paragraph.lines) {
      const kept = line.words.filter(({ confidence, text }) => confidence >= leastConfidence && /[\p{L}\p{N}]/u.test(text));
      if (kept.length === 0) continue;
      for (const { confidence } of kept) sure += confidence;
      words += kept.length;
      lines.push(kept.map(({ text }) => text).join(' '));
    }
  }
  return toOutcome([{ unit: 'picture', number: 1, text: lines.join('\n'), confidence: words === 0 ? 0 : Math.round(sure / words) }]);
}
