// What the iMessage reader makes of an export: entries, reactions, answers that stand twice, files, edits; txt and html alike.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { imessageReader } from '#core/parse/imessage/imessage-reader.ts';
import { type ReadSettings, readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/imessage');
const bytesOf = (name: string) => readFileSync(join(folder, name));
const fixture = (name: string, siblings: readonly string[] = []) => readAll(imessageReader, bytesOf(name), { name, siblings });
const text = (content: string, settings: ReadSettings = {}) => readAll(imessageReader, Buffer.from(content), { name: 'x.txt', ...settings });
const codes = (all: Awaited<ReturnType<typeof fixture>>) => all.doubts.map(({ code }) => code);

describe('txt', async () => {
  const all = await fixture('groep.txt', ['plan.pdf']);
  const [question, answered, renamed, answer, file, files, edited, unsent, deleted, strange, twice, location] = all.records;

  it('has every entry once: an answer counts where it stands, not where it is repeated', () => {
    expect(all.records.map(({ text: said }) => said.split('\n')[0])).toEqual([
      'Kunt u de kelder laten zien?',
      'Donderdag is goed 👍🏽',
      'Sanne Bakker renamed the conversation to Kelder Dorpsstraat',
      'Mooi, tot dan',
      '',
      'Zie de foto',
      'De vergunning is verleend',
      'Omar unsent a message part 12 seconds after sending!',
      'Nee, toch niet',
      'Omar did something new',
      'Het uur dat er twee keer was',
      'Started sharing location!',
    ]);
    expect(answer).toMatchObject({ text: 'Mooi, tot dan\nIk kom om 10 uur', replyTo: { ordinal: 1 } });
    expect(file).toMatchObject({ sender: 'Omar', replyTo: { ordinal: 1 } });
  });

  it('keeps empty lines within a message, and not those behind it', () => {
    expect(question).toMatchObject({
      sender: 'Me',
      direction: 'outgoing',
      text: 'Kunt u de kelder laten zien?\nDonderdag of vrijdag.\n\nNeem de tekening mee.',
    });
  });

  it('reads reactions, notices, edits, withdrawals and deletions', () => {
    expect(answered).toMatchObject({
      direction: 'incoming',
      reactions: [
        { emoji: '❤️', sender: 'Me' },
        { emoji: '🎉', sender: 'Omar' },
      ],
    });
    expect(renamed).toMatchObject({ kind: 'system', sender: null, system: { event: 'subject-changed' } });
    expect(edited).toMatchObject({ edited: true, text: expect.stringContaining('De vergunning is nog niet verleend') });
    expect(unsent).toMatchObject({ deleted: 'by-sender' });
    expect(deleted).toMatchObject({ deleted: 'by-exporter', text: 'Nee, toch niet' });
    expect(location).toMatchObject({ kind: 'location' });
  });

  it('tells files that came along from those that did not', () => {
    expect(file?.attachments).toEqual([{ name: 'plan.pdf', presence: 'present', kind: 'document', path: 'attachments/12/plan.pdf' }]);
    expect(files?.attachments).toEqual([
      { name: 'IMG_0412.heic', presence: 'missing', kind: 'image', path: 'attachments/12/IMG_0412.heic' },
      { name: 'geluid.caf', presence: 'missing', kind: 'audio' },
      { name: '', presence: 'missing', kind: 'unknown' },
    ]);
    expect(codes(all).filter((code) => code === 'attachment.missing')).toHaveLength(3);
  });

  it('reads the clock of the computer that exported, at midnight and at noon too', () => {
    expect(files?.local).toBe('2024-05-18T00:00:01');
    expect(edited?.local).toBe('2024-05-18T12:30:00');
    expect(question).toMatchObject({ local: '2024-05-17T17:29:42', certainty: 'assumed' });
    expect(twice).toMatchObject({ local: '2024-10-27T02:30:00', certainty: 'ambiguous' });
  });

  it('keeps what it does not know, with a doubt', () => {
    expect(strange).toMatchObject({ kind: 'system', system: { event: 'unknown' }, text: expect.stringContaining('deze regel is geplakt') });
    expect(location?.text).toContain('een kopie zonder eigen plaats');
    expect(location?.text).toContain('dit is geen reactie');
    expect(codes(all)).toEqual(expect.arrayContaining(['system-line.unknown', 'line.pasted-header', 'line.not-understood', 'time.ambiguous']));
  });

  it('is a group, named after its file', () => {
    expect(all.conversations).toMatchObject([{ platform: 'imessage', kind: 'group', title: 'groep' }]);
  });
});

describe('html', async () => {
  const all = await fixture('groep.html', ['plan.pdf', 'IMG 0412.jpeg']);
  const [question, added, answer, files, edited, unsent, deleted] = all.records;

  it('has every message once, without the marks of the page', () => {
    expect(all.records).toHaveLength(7);
    expect(question).toMatchObject({
      nativeId: 'AAAA-1',
      direction: 'outgoing',
      local: '2024-05-17T17:29:42',
      reactions: [
        { emoji: '❤️', sender: 'Sanne Bakker' },
        { emoji: '🎉', sender: 'Omar' },
      ],
    });
    expect(question?.text).toBe(
      'Kunt u de kelder & de gevel laten zien?\nDonderdag <of> vrijdag. https://voorbeeld.example/plan\nMay 01, 2020  1:00:00 PM\nOmar\neen kopie zonder eigen plaats',
    );
    expect(codes(all)).toContain('line.not-understood');
    expect(added).toMatchObject({ kind: 'system', text: 'Omar added Sanne Bakker to the conversation.', system: { event: 'member-added' } });
    expect(answer).toMatchObject({ text: 'Donderdag is goed', replyTo: { ordinal: 0 }, nativeId: 'AAAA-2', direction: 'incoming' });
  });

  it('finds files of every kind', () => {
    expect(files?.text).toBe('Tekeningen\nSent with Lasers');
    expect(files?.attachments).toEqual([
      { name: 'IMG 0412.jpeg', presence: 'present', kind: 'image', path: 'attachments/12/IMG 0412.jpeg' },
      { name: 'film.mov', presence: 'missing', kind: 'video', path: 'attachments/12/film.mov' },
      { name: 'memo.m4a', presence: 'missing', kind: 'audio', path: 'attachments/12/memo.m4a' },
      { name: 'plan.pdf', presence: 'present', kind: 'document', path: 'attachments/12/plan.pdf' },
      { name: 'weg.pdf', presence: 'missing', kind: 'document' },
    ]);
  });

  it('keeps every wording of an edited message', () => {
    expect(edited).toMatchObject({ edited: true, local: '2024-05-18T12:30:00' });
    expect(edited).toMatchObject({ text: 'De vergunning is nog niet verleend', revisions: [{ text: 'De vergunning is verleend' }] });
  });

  it('reads withdrawals, deletions and cards', () => {
    expect(unsent).toMatchObject({ deleted: 'by-sender' });
    expect(deleted).toMatchObject({ deleted: 'by-exporter', text: 'voorbeeld.example\nKaart van de gemeente' });
  });

  it('keeps head and foot of the page apart', () => {
    expect(all.preamble).toMatch(/^<html>[\s\S]*<body>\n\n<\/body><\/html>\n$/);
  });
});

it('keeps the spaces around links and marks within a line', async () => {
  const part = (content: string) => `<hr><div class="message_part">\n${content}\n</div>\n`;
  const head = '<p><span class="timestamp">May 18, 2024 12:30:00 PM</span>\n<span class="sender">Me</span></p>\n';
  const rows =
    '<tr><td><span class="timestamp"></span></td><td>zie <b>nu</b> dit</td></tr><tr><td><span class="timestamp">Edited 5 seconds later</span></td><td>zie <a href="x">straks</a> dit</td></tr>';
  const body = `${part('<span class="bubble">kijk <b>hier</b> eens</span>')}${part(`<div class="edited"><table><tbody>${rows}</tbody></table></div>`)}`;
  const all = await text(`<div class="message">\n<div class="sent iMessage">\n${head}${body}</div>\n</div>\n`);
  expect(all.records[0]).toMatchObject({ text: 'kijk hier eens\nzie straks dit', revisions: [{ text: 'zie nu dit' }] });
});

it('warns when time jumps back more than a day, and calls a conversation with one number direct', async () => {
  const all = await fixture('+31620000001.txt');
  expect(codes(all)).toEqual(['time.jumps-back']);
  expect(all.conversations).toMatchObject([{ kind: 'direct', title: '+31620000001' }]);
  expect((await text('May 17, 2024  9:29:42 AM\nMe\nx\n\n', { name: 'orphaned.txt' })).conversations).toMatchObject([{ kind: 'unknown', title: null }]);
});

it('counts files once when nothing but text was handed in', async () => {
  const all = await text('May 17, 2024  9:29:42 AM\nMe\nattachments/1/a.jpg\nattachments/1/b.jpg\n\n');
  expect(all.doubts).toEqual([{ code: 'attachment.missing', severity: 'warning', place: { file: 1 }, count: 2 }]);
});

it('calls an impossible date what it is', async () => {
  const all = await text('Feb 30, 2024  9:29:42 AM\nMe\nx\n\nMar 31, 2024  2:30:00 AM\nMe\ny\n');
  expect(all.records.map(({ certainty }) => certainty)).toEqual(['impossible', 'impossible']);
  expect(codes(all)).toEqual(['date.impossible', 'time.does-not-exist']);
});

it('knows an export by its content, whatever its name', () => {
  const sniff = (content: string | Buffer) => imessageReader.sniff(Buffer.from(content), 'x.csv');
  expect(sniff(bytesOf('groep.txt'))).toBe(1);
  expect(sniff(bytesOf('groep.html'))).toBe(1);
  expect(sniff('Verslag\nMay 17, 2024 om 9 uur\n')).toBe(0);
  expect(sniff('<html><div class="message">x</div></html>')).toBe(0);
});
