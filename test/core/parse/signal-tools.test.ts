// What is made of sigtop's and signal-export's files: people, times, edits, quotes, reactions, deletions, files, and the doubts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recognise } from '#core/intake/recognise.ts';
import { readers } from '#core/parse/readers.ts';
import { signalExportReader } from '#core/parse/signal/signal-export-reader.ts';
import { signalMarkdownReader } from '#core/parse/signal/signal-markdown-reader.ts';
import { sigtopJsonReader } from '#core/parse/signal/sigtop-json-reader.ts';
import { sigtopTextReader } from '#core/parse/signal/sigtop-text-reader.ts';
import { type ReadAll, readAll } from './reader-suite.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/signal', name));
const codes = (read: ReadAll) => read.doubts.map(({ code }) => code);

describe("sigtop's JSON", async () => {
  const name = 'Sanne Bakker (+31620000003).json';
  const all = await readAll(sigtopJsonReader, fixture(name), { name, siblings: ['gevel.jpg'] });
  const [timer, question, answer, files, deleted, byAdmin, empty, call, sticker, mention, poll, unknown] = all.records;

  it('names the other party of a direct conversation by the name of the file', () => {
    expect(all.conversations[0]).toMatchObject({ platform: 'signal', kind: 'direct', title: 'Sanne Bakker (+31620000003)' });
    expect([question?.sender, answer?.sender]).toEqual(['Sanne Bakker (+31620000003)', 'You']);
  });

  it('of a group names people as the row does', async () => {
    const group = await readAll(sigtopJsonReader, fixture(name), { name: 'Wijkteam (group).json' });
    expect(group.conversations[0]).toMatchObject({ kind: 'group', title: 'Wijkteam' });
    expect(group.records[1]?.sender).toBe('+31620000003');
  });

  it('gives exact moments, and says when only the moment of arrival is known', () => {
    expect(question).toMatchObject({ local: '2024-03-31T01:59:59', instant: '2024-03-31T00:59:59.000Z', certainty: 'given' });
    expect(sticker).toMatchObject({ kind: 'sticker', text: '😂', certainty: 'assumed' });
  });

  it('keeps edits, quotes and reactions', () => {
    expect(answer).toMatchObject({
      text: 'Nee, pas vrijdag',
      edited: true,
      revisions: [
        { text: 'Nee, pas woensdag', sentInstant: '2024-03-31T01:03:20.000Z' },
        { text: 'Nee, pas donderdag', sentInstant: '2024-03-31T01:04:10.000Z' },
      ],
      replyTo: { ordinal: 1, text: 'Is de vergunning al binnen?' },
    });
    expect(question?.reactions).toEqual([{ emoji: '👍', sender: 'acc' }]);
  });

  it('tells files that came along from those that never came', () => {
    expect(files?.attachments).toEqual([
      { name: 'gevel.jpg', presence: 'present', kind: 'image', mediaType: 'image/jpeg' },
      { name: '', presence: 'omitted', absence: 'never-downloaded', kind: 'audio', mediaType: 'audio/aac' },
    ]);
  });

  it('tells who deleted', () => {
    expect([deleted?.deleted, byAdmin?.deleted]).toEqual(['by-sender', 'by-admin']);
  });

  it('doubts a row without words (sigtop#85), a notice that it does not know, and the timer', () => {
    expect(empty?.text).toBe('');
    expect(all.doubts.filter(({ code }) => code === 'line.not-understood').map(({ place }) => place?.line)).toEqual([8]);
    expect(unknown).toMatchObject({ kind: 'system', text: 'nieuwe-melding' });
    expect(timer).toMatchObject({ kind: 'system', sender: null, text: 'Berichten verdwijnen na 7 dagen', system: { event: 'timer-on' } });
    expect(codes(all).filter((code) => code === 'timer.on')).toHaveLength(2);
    expect(codes(all)).toContain('system-line.unknown');
  });

  it('makes calls, mentions and polls readable', () => {
    expect(call).toMatchObject({ kind: 'call', text: 'Oproep' });
    expect(mention?.text).toBe('@Omar komt ook');
    expect(poll).toMatchObject({ kind: 'poll', text: 'Donderdag?\n- Ja (1)\n- Nee' });
  });

  it('holds no keys', () => {
    expect(JSON.stringify(all)).not.toContain('R0VIRUlN');
    expect(all.doubts.find(({ code }) => code === 'secrets.present')?.evidence).toEqual({ keys: 3 });
  });
});

describe("signal-export's data.json", async () => {
  const all = await readAll(signalExportReader, fixture('data.json'), { name: 'Sanne', siblings: ['gevel links.jpg'] });
  const [question, answer, gap, files, sticker, deleted, call, missed, without] = all.records;

  it('leaves off the two spaces that the tool adds', () => {
    expect(question).toMatchObject({ sender: 'Sanne', text: 'Is de vergunning al binnen?', direction: 'incoming' });
    expect(answer).toMatchObject({ sender: 'Me', text: 'Nee\npas vrijdag', direction: 'outgoing', replyTo: { text: 'Is de vergunning\nal binnen?' } });
  });

  it('assumes Dutch time, and tells what cannot be', () => {
    expect(question).toMatchObject({ local: '2024-03-31T01:59:59', certainty: 'assumed' });
    expect(gap?.certainty).toBe('impossible');
    expect(without).toMatchObject({ sender: 'No-Sender', certainty: 'impossible' });
    expect(codes(all)).toEqual(expect.arrayContaining(['time.does-not-exist', 'date.impossible']));
  });

  it('keeps reactions, stickers, deletions and calls', () => {
    expect(question?.reactions).toEqual([
      { emoji: '👍', sender: 'Omar' },
      { emoji: '❤️', sender: 'Me' },
    ]);
    expect(sticker).toMatchObject({ kind: 'sticker', text: '😂' });
    expect(deleted?.deleted).toBe('unknown');
    expect(call).toMatchObject({ kind: 'call', call: { outcome: 'answered', seconds: 252 } });
    expect(missed?.call).toEqual({ outcome: 'missed' });
  });

  it('finds files beside it, tells those that are not there and those that the tool left out', () => {
    expect(files?.attachments?.map(({ name, presence, path }) => [name, presence, path])).toEqual([
      ['gevel links.jpg', 'present', 'media/gevel links.jpg'],
      ['plan.pdf', 'missing', 'media/plan.pdf'],
      ['', 'omitted', undefined],
    ]);
  });

  it('takes the title from the name it is given', () => {
    expect(all.conversations[0]).toMatchObject({ title: 'Sanne', kind: 'unknown' });
  });
});

describe("signal-export's chat.md", async () => {
  const all = await readAll(signalMarkdownReader, fixture('chat.md'), { name: 'chat.md', siblings: ['gevel links.jpg'] });
  const [question, answer, files, sticker, deleted, call, left, odd] = all.records;

  it('says that markdown tells less than the file beside it', () => {
    expect(codes(all)).toContain('format.lossy');
    expect(all.conversations[0]?.title).toBeNull();
  });

  it('reads what the tool adds where the tool puts it', () => {
    expect(question).toMatchObject({
      text: 'Is de vergunning al binnen?',
      reactions: [
        { emoji: '👍', sender: 'Omar' },
        { emoji: '❤️', sender: 'Me' },
      ],
    });
    expect(answer).toMatchObject({ text: 'Nee\npas vrijdag', replyTo: { text: 'Is de vergunning\nal binnen?' }, direction: 'outgoing' });
    expect(files?.attachments?.map(({ name, presence }) => [name, presence])).toEqual([
      ['gevel links.jpg', 'present'],
      ['plan.pdf', 'missing'],
    ]);
    expect(sticker).toMatchObject({ kind: 'sticker', text: '😂' });
    expect(deleted?.deleted).toBe('unknown');
    expect(call?.call).toEqual({ outcome: 'answered', seconds: 252 });
    expect(left?.attachments).toEqual([{ name: '', presence: 'omitted', kind: 'unknown' }]);
  });

  it('leaves what stands elsewhere in the words', () => {
    expect(odd?.text).toBe('zie (- dit -) hier: [a](./b) en > dat');
  });

  it.each([
    ['[2019-12-24, 12:23] Jane Doe: Hello\n[2020-01-17, 21:49] John: Hi\n', 1],
    ['[2024-04-01 09:00:00] Sanne: dag  \n\n[2024-04-01 09:00:00] Omar: dag  \n', 1],
    ['[2024-04-01, 09:00:00] Sanne: dag\n[2024-04-01, 09:00:05] Omar: dag\n', 0],
    ['[01-04-2024 09:00:00] Sanne: dag  \n', 0],
  ])('is told from WhatsApp on an iPhone: %j', (text, confidence) => {
    expect(signalMarkdownReader.sniff(Buffer.from(text), 'x')).toBe(confidence);
  });
});

describe("sigtop's text", async () => {
  const all = await readAll(sigtopTextReader, fixture('Wijkteam (group).txt'), { name: 'x.txt' });
  const [question, answer, edited, timer, call, empty] = all.records;

  it('names the conversation as the file does inside', () => {
    expect(all.conversations[0]).toMatchObject({ kind: 'group', title: 'Wijkteam' });
    expect(all.preamble).toBe('Conversation: Wijkteam (group)\n\n');
  });

  it('reads moments with their offset, reactions and files', () => {
    expect(question).toMatchObject({
      sender: 'Sanne Bakker (+31620000003)',
      local: '2024-03-31T01:59:59',
      instant: '2024-03-31T00:59:59.000Z',
      reactions: [
        { emoji: '👍', sender: 'You' },
        { emoji: '❤️', sender: 'Omar' },
      ],
      attachments: [
        { name: 'gevel.jpg', presence: 'missing', kind: 'image', mediaType: 'image/jpeg' },
        { name: '', presence: 'missing', kind: 'audio', mediaType: 'audio/aac' },
      ],
    });
  });

  it('keeps pasted lines that look like the start of a block in the words', () => {
    expect(question?.text).toBe('Is de vergunning al binnen?\n\nFrom: niet een blok, maar geplakt\nEn nog een regel');
  });

  it('reads quotes, and versions with quotes of their own', () => {
    expect(answer).toMatchObject({ text: 'Nee', replyTo: { sender: 'Sanne Bakker (+31620000003)', text: 'Is de vergunning al binnen?' } });
    expect(edited).toMatchObject({
      text: 'Toch vrijdag\nzeker',
      edited: true,
      replyTo: { sender: 'Omar (+31620000004)', text: 'Wanneer dan?' },
      revisions: [
        { text: 'Woensdag', sentInstant: '2024-03-31T01:04:00.000Z' },
        { text: 'Donderdag', sentInstant: '2024-03-31T01:05:00.000Z' },
      ],
    });
  });

  it('doubts the timer, a moment that is not known, and a message without anything', () => {
    expect(timer).toMatchObject({ kind: 'system', system: { event: 'timer-on' } });
    expect(call).toMatchObject({ kind: 'call', sender: 'Omar (+31620000004)', certainty: 'impossible' });
    expect(empty?.text).toBe('');
    expect(codes(all)).toEqual(expect.arrayContaining(['timer.on', 'date.impossible', 'line.not-understood', 'attachment.missing']));
  });
});

describe("sigtop's shorter text", async () => {
  const all = await readAll(sigtopTextReader, fixture('short.txt'), { name: 'Sanne Bakker (+31620000003).txt' });
  const [question, answer, files, call, words, empty] = all.records;

  it('reads what it tells, and says that it tells little', () => {
    expect(all.conversations[0]).toMatchObject({ kind: 'direct', title: 'Sanne Bakker (+31620000003)' });
    expect(question).toMatchObject({
      sender: 'Sanne Bakker',
      text: 'Is de vergunning al binnen?\nmet een tweede regel',
      certainty: 'assumed',
      direction: 'incoming',
    });
    expect(answer).toMatchObject({ text: 'Nee, pas vrijdag', edited: true, replyTo: { sender: 'Sanne Bakker' }, direction: 'outgoing' });
    expect(files?.attachments).toHaveLength(2);
    expect(call).toMatchObject({ kind: 'call', text: 'Oproep' });
    expect(words).toMatchObject({ text: '[dit hoort bij de woorden] twee keer', certainty: 'ambiguous' });
    expect(empty).toMatchObject({ text: '' });
    expect(codes(all)).toEqual(expect.arrayContaining(['format.lossy', 'time.does-not-exist', 'time.ambiguous', 'attachment.omitted', 'line.not-understood']));
  });

  it.each([
    ['2024-03-31 01:59 Sanne: dag\n2024-03-31 02:00 Omar: dag\n', 0],
    ['2024-03-31 01:59 - Sanne: dag\n2024-03-31 02:00 - You: dag\n', 0],
  ])('leaves what may be another app alone: %j', (text, confidence) => {
    expect(sigtopTextReader.sniff(Buffer.from(text), 'x')).toBe(confidence);
  });
});

describe('recognising', () => {
  it.each([
    ['sigtop-json', 'Sanne Bakker (+31620000003).json'],
    ['signal-export', 'data.json'],
    ['signal-markdown', 'chat.md'],
    ['sigtop-text', 'Wijkteam (group).txt'],
    ['sigtop-text', 'short.txt'],
    ['signal', 'main.jsonl'],
  ])('%s by content, whatever its name', (format, name) => {
    expect(recognise(fixture(name), 'zonder-naam', readers)).toMatchObject({ kind: 'read', reader: { format } });
  });
});
