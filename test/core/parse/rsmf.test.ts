// What the RSMF reader makes of a manifest: names and ids that stand after their use, events of every type, both versions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rsmfReader } from '#core/parse/rsmf/rsmf-reader.ts';
import { makeSource, readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/rsmf');
const fixture = (name: string, siblings: readonly string[] = []) => readAll(rsmfReader, readFileSync(join(folder, name)), { name, siblings });
const codes = (all: Awaited<ReturnType<typeof fixture>>) => all.doubts.map(({ code }) => code);

describe('version 2.0', async () => {
  const all = await fixture('rsmf_manifest.json', ['plan.pdf']);
  const [agreed, question, files, joined, disclaimer, zoneless, deleted, history, unknown] = all.records;

  it('is a conversation each, with the app it was held in', () => {
    expect(all.conversations).toEqual([
      {
        platform: 'whatsapp',
        kind: 'group',
        title: 'Kelder Dorpsstraat',
        participants: [
          { label: 'Anna Jansen', records: 1 },
          { label: 'Sanne Bakker', records: 1 },
          { label: 'Sanne Bakker (P3)', records: 1 },
        ],
        dateOrder: null,
        layouts: [],
        order: 'newest-first',
      },
      expect.objectContaining({ platform: 'sms', kind: 'direct', title: 'Sanne' }),
      expect.objectContaining({ platform: 'other', kind: 'unknown', title: 'Leeg', participants: [{ label: 'Anna Jansen', records: 0 }] }),
    ]);
    expect(all.conversations[1]?.order).toBeUndefined();
    expect(codes(all)).toContain('order.newest-first');
  });

  it('finds names and the event that is answered, though they stand further on', () => {
    expect(agreed).toMatchObject({ sender: 'Sanne Bakker', direction: 'incoming', nativeId: 'e5', replyTo: { nativeId: 'e1', ordinal: 1 } });
    expect(agreed?.reactions).toEqual([
      { emoji: '👍', sender: 'Anna Jansen' },
      { emoji: '👍', sender: null, count: 2 },
      { emoji: '❤️', sender: null },
    ]);
  });

  it('keeps what stood there before an edit', () => {
    expect(question).toMatchObject({ edited: true, text: 'Is de vergunning al binnen?', revisions: [{ text: 'Is de vergunnig al binnen?' }] });
  });

  it('reads times with Z, with an offset and without a zone', () => {
    expect(agreed).toMatchObject({ local: '2024-03-31T01:59:59', instant: '2024-03-31T00:59:59.000Z', certainty: 'given' });
    expect(question).toMatchObject({ local: '2024-03-31T00:59:59', instant: '2024-03-30T23:59:59.500Z' });
    expect(files).toMatchObject({ local: '2024-03-30T22:00:00', instant: '2024-03-30T21:00:00.000Z' });
    expect(zoneless).toMatchObject({ local: '2024-07-01T12:00:00', certainty: 'assumed' });
    expect(zoneless?.instant).toBeUndefined();
    expect(unknown).toMatchObject({ certainty: 'impossible' });
  });

  it('names files as people see them, and finds them by their id', () => {
    expect(files?.attachments).toEqual([
      { name: 'Plan van de kelder.pdf', presence: 'present', kind: 'document', path: 'plan.pdf' },
      { name: 'weg.png', presence: 'missing', kind: 'image' },
    ]);
    expect(codes(all)).toContain('attachment.missing');
  });

  it('makes who came and went readable, and keeps notices', () => {
    expect(joined).toMatchObject({
      kind: 'system',
      sender: null,
      system: { event: 'member-joined', actor: 'Sanne Bakker (P3)' },
      text: 'Sanne Bakker (P3) kwam bij het gesprek',
    });
    expect(disclaimer).toMatchObject({ kind: 'system', system: { event: 'disclaimer' }, text: 'Berichten zijn versleuteld' });
    expect(history).toMatchObject({ kind: 'system', system: { event: 'history' } });
    expect(unknown).toMatchObject({ kind: 'unknown', text: 'iets anders', sender: 'Sanne Bakker' });
  });

  it('takes ids that are numbers', () => {
    expect(deleted).toMatchObject({ sender: 'omar@voorbeeld.example', nativeId: '7', deleted: 'unknown', text: 'Verwijderd bericht' });
  });

  it('says for which records the app is another than that of the format', async () => {
    const platforms: (string | undefined)[] = [];
    for await (const event of rsmfReader.read(makeSource(readFileSync(join(folder, 'rsmf_manifest.json'))), {})) {
      if (event.type === 'records') platforms.push(event.platform);
    }
    expect(platforms).toEqual(['whatsapp', 'sms']);
  });
});

it('version 1.0: an earlier text may stand in a custom value', async () => {
  const all = await fixture('versie-1.json');
  expect(all.records).toMatchObject([
    { text: 'De zaal is vrij', edited: true, revisions: [{ text: 'De zaal is niet vrij' }], sender: 'omar' },
    { kind: 'system', text: 'sanne heeft het gesprek verlaten' },
  ]);
  expect(all.conversations).toMatchObject([{ platform: 'slack', kind: 'group' }]);
  expect(codes(all)).toEqual([]);
});

it('holds the content against what its envelope says', async () => {
  const source = { ...makeSource(readFileSync(join(folder, 'versie-1.json'))), declared: { records: 5, version: '2.0.0' } };
  const doubts: unknown[] = [];
  for await (const event of rsmfReader.read(source, {})) if (event.type === 'doubt') doubts.push(event.doubt);
  expect(doubts).toEqual([
    { code: 'count.differs', severity: 'warning', place: { file: 1, line: 1 }, evidence: { declared: 5, found: 2 } },
    { code: 'version.differs', severity: 'note', place: { file: 1 }, evidence: { wrapper: '2.0.0', content: '1.0.0' } },
  ]);
});

it('knows a manifest by its content', () => {
  const sniff = (content: string | Buffer, name = 'x.txt') => rsmfReader.sniff(Buffer.from(content), name);
  expect(sniff(readFileSync(join(folder, 'rsmf_manifest.json')))).toBe(1);
  expect(sniff(readFileSync(join(folder, 'versie-1.json')))).toBe(1);
  expect(sniff('{"version": "2.0.0", "participants": [', 'rsmf_manifest.json')).toBe(0.9);
  expect(sniff('{"participants": [], "messages": []}')).toBe(0);
});
