// What the reader of Signal's own export makes of an account: people, chats, edits, quotes, deletions, timers, and no keys.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fileStem, sha256Hex } from '#core/parse/signal/file-stem.ts';
import { signalReader } from '#core/parse/signal/signal-reader.ts';
import { withoutSignalSecrets } from '#core/parse/signal/signal-secrets.ts';
import { type ReadAll, readAll } from './reader-suite.ts';

const bytes = readFileSync(join(import.meta.dirname, '../../fixtures/signal/main.jsonl'));
const besluit = '17d162474f8f8d441fe039a6e8b0398184157ecda414683c5e3e0c9c8336862f.pdf';
const all = await readAll(signalReader, bytes, { siblings: [besluit] });
const codes = (read: ReadAll) => read.doubts.map(({ code }) => code);
const frames = (...lines: readonly object[]) => Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));
const said = (text: string) => all.records.find((record) => record.text.includes(text));

describe("Signal's own export", () => {
  it('is a conversation for each chat, named as the phone names it; two of one name stay two', () => {
    expect(all.conversations.map(({ title, kind, participants }) => [title, kind, participants])).toEqual([
      [
        'Sanne Bakker',
        'direct',
        [
          { label: 'Sanne Bakker', records: 7 },
          { label: 'Noor de Wit', records: 2 },
        ],
      ],
      [
        'Fietsenstalling Oost',
        'group',
        [
          { label: 'Sanne Bakker', records: 1 },
          { label: 'Omar', records: 3 },
        ],
      ],
      ['Sanne Bakker (+31620000005)', 'direct', [{ label: 'Sanne Bakker (+31620000005)', records: 1 }]],
      ['Overleg stalling', 'group', []],
    ]);
  });

  it('gives moments as they are, with the wall time in the Netherlands', () => {
    expect(said('al binnen?')).toMatchObject({ local: '2024-03-31T01:59:59', instant: '2024-03-31T00:59:59.000Z', certainty: 'given', direction: 'incoming' });
    expect(said('pas vrijdag')).toMatchObject({ local: '2024-03-31T03:03:20', direction: 'outgoing' });
  });

  it('keeps what a message said before, oldest first', () => {
    expect(said('pas vrijdag')).toMatchObject({
      edited: true,
      revisions: [
        { text: 'Nee, pas woensdag', sentInstant: '2024-03-31T01:02:00.000Z' },
        { text: 'Nee, pas donderdag', sentInstant: '2024-03-31T01:02:30.000Z' },
      ],
    });
  });

  it('points a quote at its message; of one that is gone the words stay', () => {
    expect(said('pas vrijdag')?.replyTo).toEqual({
      ordinal: 0,
      nativeId: '1711846799000',
      text: 'Is de "vergunning" voor de stalling al binnen? 🚲',
      sender: 'Sanne Bakker',
    });
    expect(said('kwam nooit aan')).toMatchObject({ status: 'failed', replyTo: { text: 'Een bericht dat verdwenen is' } });
    expect(said('kwam nooit aan')?.replyTo?.ordinal).toBeUndefined();
  });

  it('points a quote at its message also by when an earlier version was sent', async () => {
    const item = (more: object) => ({ chatItem: { chatId: '1', authorId: '2', incoming: {}, ...more } });
    const body = (text: string) => ({ text: { body: text } });
    const edited = { dateSent: '1711846799000', standardMessage: body('nieuw'), revisions: [{ dateSent: '1711846700000', standardMessage: body('oud') }] };
    const answer = { dateSent: '1711846900000', standardMessage: { ...body('ja'), quote: { targetSentTimestamp: '1711846700000', authorId: '2' } } };
    const { records } = await readAll(
      signalReader,
      frames({ version: '1', backupTimeMs: '1' }, item({ dateSent: '1', standardMessage: body('x') }), item(edited), item(answer)),
    );
    expect(records[2]?.replyTo).toMatchObject({ ordinal: 1 });
  });

  it('names who is mentioned and who reacted', () => {
    expect(said('kijk jij mee')?.text).toBe('@Sanne Bakker kijk jij mee?');
    expect(said('al binnen?')?.reactions).toEqual([{ emoji: '👍', sender: 'Noor de Wit' }]);
  });

  it('finds a file under the name that hash and key give it, and tells what never came', () => {
    expect(said('het besluit')).toMatchObject({
      kind: 'media',
      text: 'Hier is het besluit\nDe gevel\nPlan stalling\nTweehonderd plekken',
      attachments: [
        { name: 'besluit.pdf', presence: 'present', kind: 'document', path: `files/17/${besluit}`, mediaType: 'application/pdf' },
        { name: '', presence: 'omitted', kind: 'image', mediaType: 'image/jpeg' },
      ],
    });
  });

  it('calls a file missing when others came along, and left out when none did', async () => {
    const presence = async (siblings: readonly string[]) => {
      const { records } = await readAll(signalReader, bytes, { siblings });
      return records.find(({ text }) => text.startsWith('Hier is'))?.attachments?.[0]?.presence;
    };
    expect(await presence([`${'0'.repeat(64)}.jpg`])).toBe('missing');
    expect(await presence([])).toBe('omitted');
  });

  it('tells a deletion by the sender from one by an administrator', () => {
    const deleted = all.records.filter((record) => record.deleted !== undefined);
    expect(deleted.map((record) => [record.deleted, record.sender, record.system?.actor])).toEqual([
      ['by-sender', 'Sanne Bakker', undefined],
      ['by-admin', 'Omar', 'Sanne Bakker'],
    ]);
  });

  it('makes polls, notices, calls, stickers and contacts readable', () => {
    expect(said('Donderdag?')).toMatchObject({ kind: 'poll', text: 'Donderdag?\n- Ja (Omar)\n- Nee\nDe peiling is beëindigd.' });
    expect(said('toegevoegd')).toMatchObject({
      kind: 'system',
      sender: null,
      text: 'Sanne Bakker heeft toegevoegd: Omar\nSanne Bakker heeft de naam veranderd in: Fietsenstalling Oost',
      system: { event: 'member-added', actor: 'Sanne Bakker', target: 'Omar' },
    });
    expect(said('Video-oproep')).toMatchObject({ kind: 'call', sender: 'Sanne Bakker', direction: 'incoming', call: { outcome: 'missed' } });
    expect(said('😂')?.kind).toBe('sticker');
    expect(said('Bo Visser')).toMatchObject({ kind: 'contact', text: 'Bo Visser\n+31620000009' });
    expect(said('Overleg stalling')).toMatchObject({ kind: 'system', system: { event: 'call-by-link' } });
    expect(said('nieuweMelding')).toMatchObject({ kind: 'system', text: 'Omar · nieuweMelding' });
  });

  it('doubts where messages may have disappeared: at the timer of a chat and where it was set', () => {
    const timers = all.doubts.filter(({ code }) => code === 'timer.on');
    expect(timers.map(({ place }) => place?.line)).toEqual([10, 22]);
    expect(said('laat berichten verdwijnen')).toMatchObject({ system: { event: 'timer-on' }, text: 'Sanne Bakker laat berichten verdwijnen na 7 dagen' });
  });

  it('keeps what it does not know, with a doubt', () => {
    const strange = all.records.find(({ kind }) => kind === 'unknown');
    expect(strange).toMatchObject({ sender: 'Omar', certainty: 'impossible' });
    expect(codes(all)).toEqual(expect.arrayContaining(['line.not-understood', 'date.impossible', 'system-line.unknown', 'secrets.present']));
  });

  it('points a long text to the file that it goes on in', async () => {
    const item = { chatId: '1', authorId: '2', dateSent: '1711846799000', incoming: {}, standardMessage: { text: { body: 'Begin' }, longText: {} } };
    const read = await readAll(signalReader, frames({ version: '1', backupTimeMs: '1' }, { chatItem: item }));
    expect(codes(read)).toContain('text.in-file');
    expect(read.records[0]?.attachments).toMatchObject([{ kind: 'document', presence: 'omitted' }]);
  });

  it('keeps a message that was cut off, in its conversation', async () => {
    const cut = await readAll(signalReader, bytes.subarray(0, bytes.indexOf('pas vrijdag')));
    expect(cut.records.at(-1)).toMatchObject({ kind: 'unknown' });
    expect(cut.keys.records).toEqual(['10', '11']);
    expect(codes(cut)).toContain('file.cut-off');
  });
});

describe('keys in the export', () => {
  const secrets = [...new Set(bytes.toString().match(/"[A-Za-z0-9+/=]{8,}"/g) ?? [])].filter((value) =>
    Buffer.from(value, 'base64').toString().startsWith('GEHEIM'),
  );

  it('never stand in a record, in the text around, or in anything else that is given', async () => {
    expect(secrets.length).toBeGreaterThan(8);
    const given = JSON.stringify(all);
    for (const secret of [...secrets, '"1357"']) expect(given).not.toContain(secret.slice(1, -1));
  });

  it('are counted, but for the one by which a file that came along is named', () => {
    expect(all.doubts.find(({ code }) => code === 'secrets.present')?.evidence).toEqual({ keys: 11 });
  });

  it('are taken out of text whatever way a slash is written, and where a file is cut off', () => {
    expect(withoutSignalSecrets('{"profileKey": "ab\\/cd"}')).toEqual({ text: '{"profileKey": "…"}', removed: 1, fileKeys: 0 });
    expect(withoutSignalSecrets('{"localKey":"abc","profileKey":"…"}')).toEqual({ text: '{"localKey":"…","profileKey":"…"}', removed: 0, fileKeys: 1 });
    expect(withoutSignalSecrets('{"recipient":{"profileKey":"abc')).toEqual({ text: '{"recipient":{"profileKey":"…', removed: 1, fileKeys: 0 });
  });

  it('are not seen in what somebody wrote about them', () => {
    const line = JSON.stringify({ body: 'zet "profileKey":"abc" erin' });
    expect(withoutSignalSecrets(line)).toEqual({ text: line, removed: 0, fileKeys: 0 });
  });
});

describe('the name of a file', () => {
  property.prop([fc.uint8Array({ maxLength: 300 })])('is SHA-256 in hex', (some) => {
    expect(sha256Hex(some)).toBe(createHash('sha256').update(some).digest('hex'));
  });

  it('is not known where hash or key is not', () => {
    expect(fileStem('', 'AAAA')).toBeNull();
    expect(fileStem('AA*A', 'AAAA')).toBeNull();
  });
});

describe('recognising', () => {
  it.each([
    ['{"version":"1","backupTimeMs":"1715636551000","mediaRootBackupKey":"q6s="}\n', 1],
    ['{"recipient":{"id":"1"}}\n{"chat":{"id":"1"}}\n', 0.8],
    ['{"messages":[]}', 0],
    ['Beste backupTimeMs', 0],
  ])('%s', (text, confidence) => {
    expect(signalReader.sniff(Buffer.from(text), 'x')).toBe(confidence);
  });
});
