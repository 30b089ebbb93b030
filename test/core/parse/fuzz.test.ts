// The short run of `npm run fuzz`: the same inputs, the first few hundred of each reader.
import { describe, expect, it } from 'vitest';
import type { Reader } from '#core/parse/reader.ts';
import { readers } from '#core/parse/readers.ts';
import { fuzzReader } from '#test/fuzz/fuzz-reader.ts';
import { makeChance, mutate } from '#test/fuzz/mutate.ts';
import { expectEveryByte, readAll } from './reader-suite.ts';

describe('broken exports', () => {
  it.each(readers)('neither break $format nor lose a byte', { timeout: 120_000 }, async (reader) => {
    expect(await fuzzReader(reader, { seed: 1, from: 0, to: 300, timeCap: 5000 })).toEqual([]);
  });

  // Found by the long run: these once took minutes, by the square of their length or worse.
  it.each([
    ['signal-markdown', 'line feeds', `[2024-03-04 10:05] Aya: hoi${'\n'.repeat(300_000)}x`],
    ['signal-markdown', 'brackets', `[2024-03-04 10:05] Aya: hoi\n${'['.repeat(300_000)}`],
    ['signal-markdown', 'reactions', `[2024-03-04 10:05] Aya: hoi\n(- ${', '.repeat(100_000)} -)`],
    ['signal-markdown', 'a quote without end', `[2024-03-04 10:05] Aya: \n\n${'> hoi\n'.repeat(10_000)}x`],
    ['imessage', 'tabs at the end', `<html>\n<div class="message">\n<div class="sent">${'\t'.repeat(300_000)}x</html>`],
    ['sms-backup', 'quotes', `<smses count="1">\n<sms body=${'"'.repeat(300_000)}`],
    ['sms-backup', 'short tags', `<smses count="1">\n<mms date="1714000000000">${'<a>'.repeat(100_000)}`],
  ])(
    'are read by %s in a time that grows with their length: %s',
    async (format, _what, text) => {
      const reader = readers.find((known) => known.format === format);
      const bytes = Buffer.from(text);
      expect(await readAll(reader as Reader, bytes).then((read) => expectEveryByte(read, bytes))).toBeUndefined();
    },
    10_000,
  );

  it('are found when a reader loses a byte, throws or never ends a conversation', async () => {
    const [whatsapp] = readers.filter(({ format }) => format === 'whatsapp');
    if (whatsapp === undefined) throw new Error('no reader of whatsapp');
    const run = { seed: 1, from: 0, to: 20, timeCap: 5000 };
    const reasons = async (read: typeof whatsapp.read) => (await fuzzReader({ ...whatsapp, read }, run)).map(({ reason }) => reason).join('\n');
    const losing = reasons(async function* (source, options) {
      for await (const event of whatsapp.read(source, options)) if (event.type !== 'preamble') yield event;
    });
    const endless = reasons(async function* (source, options) {
      for await (const event of whatsapp.read(source, options)) if (event.type !== 'conversation') yield event;
    });
    // biome-ignore lint/correctness/useYield: it throws before it could give anything.
    const throwing = reasons(async function* () {
      throw new Error('broken');
    });
    expect(await losing).toMatch(/follow on|lost/);
    expect(await endless).toContain('never ended');
    expect(await throwing).toContain('broken');
  });

  it('are the same for the same number', () => {
    const corpus = [Buffer.from('een regel\nnog een'), Buffer.from('{"a": [1, 2]}')];
    const made = (seed: number) => Array.from({ length: 50 }, (_, i) => mutate(corpus, corpus, makeChance(seed + i)).toString('hex'));
    expect(made(7)).toEqual(made(7));
    expect(new Set(made(7)).size).toBeGreaterThan(40);
  });
});
