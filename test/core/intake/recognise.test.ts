// Files are known by their content: chats are read, everything else is named as what it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type ArchiveEntry, pickChatFiles } from '#core/intake/pick-chat-files.ts';
import { recognise, recognisedKinds } from '#core/intake/recognise.ts';
import { problemCodes } from '#core/model/bundle.ts';
import { readers } from '#core/parse/readers.ts';

const chat = '04-03-2024 09:12 - Marijke: goedemorgen\n04-03-2024 09:13 - Johan: morgen\n';
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))));
/** Bytes that look like what a cipher leaves: the same every run. */
const random = (length: number) => Buffer.from(Array.from({ length }, (_, n) => (Math.imul(n + 1, 2654435761) >>> 13) & 255));

describe('recognise', () => {
  it.each(['nl-android-groep.txt', 'nl-ios-groep.txt', 'utf16.txt', 'windows-1252.txt', 'ar.txt', 'preamble.txt', 'bom-everywhere.txt'])(
    'reads %s as a chat',
    (name) => {
      const head = readFileSync(join(import.meta.dirname, '../../fixtures/whatsapp', name));
      expect(recognise(head, 'zonder-naam', readers)).toMatchObject({ kind: 'read', reader: { format: 'whatsapp' } });
    },
  );

  it.each([
    [
      'sms-backup',
      bytes('<?xml version="1.0" encoding="UTF-8"?>\n<!-- gemaakt op de telefoon -->\n<smses count="1"><sms address="06" date="1" body="dag"/></smses>'),
    ],
    ['sms-backup', bytes('<calls count="1"><call number="06" duration="1"/></calls>')],
    ['telegram', bytes('{\n "name": "Ana",\n "type": "personal_chat",\n "id": 1,\n "messages": []}')],
    ['telegram', bytes('{\n "about": "", "personal_information": {"user_id": 1},\n "contacts": {"list": []}')],
    ['messenger', bytes('{"participants":[{"name":"Ana"}],"messages":[{"sender_name":"Ana","timestamp_ms":1}]}')],
    ['imessage', bytes('May 17, 2022  5:29:42 PM (Read by them)\nMe\nhello\n')],
    ['imessage', bytes('<html><div class="message">\n<div class="sent iMessage"><span class="timestamp">x</span></div></div></html>')],
  ])('reads %s, whatever its name', (format, head) => {
    expect(recognise(head, 'zonder-naam', readers)).toMatchObject({ kind: 'read', reader: { format } });
  });

  it.each([
    ['empty', 'file.empty', bytes('')],
    ['empty', 'file.empty', bytes('\ufeff \r\n')],
    ['plain-text', 'file.not-a-chat', bytes('Notulen van het overleg\nAanwezig: Marijke en Johan\n')],
    ['plain-text', 'file.not-a-chat', bytes('12-05-2022 10:00 - 11:00 vergadering in zaal 3\nmeer tekst\n')],
    ['pdf', 'file.not-a-chat', bytes('%PDF-1.7\n', [1, 2, 3])],
    ['picture', 'file.not-a-chat', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF')],
    ['picture', 'file.not-a-chat', bytes([0x89], 'PNG\r\n', [26, 10])],
    ['picture', 'file.not-a-chat', bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0])],
    ['video', 'file.not-a-chat', bytes([0, 0, 0, 24], 'ftypmp42', [0, 0, 0, 0])],
    ['audio', 'file.not-a-chat', bytes('OggS', [0, 2, 0, 0])],
    [
      'office',
      'file.not-a-chat',
      bytes('PK', [3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 19, 0, 0, 0], '[Content_Types].xml'),
    ],
    ['office', 'file.not-a-chat', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['7z', 'file.format-not-read-yet', bytes('7z', [0xbc, 0xaf, 0x27, 0x1c])],
    ['rar', 'file.format-not-read-yet', bytes('Rar!', [26, 7, 1, 0])],
    ['gzip', 'file.format-not-read-yet', bytes([0x1f, 0x8b, 8, 0])],
    ['database', 'file.not-a-chat', bytes('SQLite format 3', [0, 16, 0])],
    ['whatsapp-database', 'file.not-a-chat', bytes('SQLite format 3', [0, 16, 0], 'CREATE TABLE ZWAMESSAGE ( Z_PK INTEGER PRIMARY KEY')],
    ['imessage-database', 'file.not-a-chat', bytes('SQLite format 3', [0, 16, 0], 'CREATE TABLE chat_message_join (chat_id INTEGER')],
    ['itunes-backup', 'file.not-a-chat', bytes('SQLite format 3', [0, 16, 0], 'CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT')],
    ['itunes-backup', 'file.not-a-chat', bytes('bplist00', [0xd1, 1, 2])],
    ['android-backup', 'file.not-a-chat', bytes('ANDROID BACKUP\n5\n1\nAES-256\n')],
    ['mailbox', 'file.not-a-chat', bytes('!BDN', [1, 2, 3, 4])],
    ['mailbox', 'file.not-a-chat', bytes('From ana@voorbeeld.nl Mon Mar  4 10:00:00 2024\nFrom: Ana\n\ndag\n')],
    ['rtf', 'file.not-a-chat', bytes('{\\rtf1\\ansi Beste Ana}')],
    ['contacts', 'file.not-a-chat', bytes('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD\r\n')],
    ['calendar', 'file.not-a-chat', bytes('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')],
    ['gzip', 'file.format-not-read-yet', bytes('map/'.padEnd(257, '\0'), 'ustar')],
    [
      'teams-json',
      'file.format-not-read-yet',
      bytes('{"@odata.count":1,"value":[{"id":"1","messageType":"message","createdDateTime":"2024-05-29T15:04:11Z"}]}'),
    ],
    ['rsmf', 'file.format-not-read-yet', bytes('X-RSMF-Version: 2.0.0\r\nX-RSMF-EventCount: 3\r\nMIME-Version: 1.0\r\n')],
    ['email', 'file.not-a-chat', bytes('From: ana@voorbeeld.nl\r\nTo: bo@voorbeeld.nl\r\nMIME-Version: 1.0\r\n\r\ndag')],
    ['threema-csv', 'file.format-not-read-yet', bytes('identity_id,identity,nick_name\nC1,ABCD1234,Ana\n')],
    ['telegram-html', 'file.format-not-read-yet', bytes('<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_header">')],
    ['whatsapp-account-report', 'file.account-report', bytes('<html><title>WhatsApp</title><body>Account info report</body></html>')],
    ['html', 'file.not-a-chat', bytes('<!doctype html><html><body>dag</body></html>')],
    ['json', 'file.not-a-chat', bytes('{"a":1}')],
    ['csv', 'file.not-a-chat', bytes('naam;datum;tekst\nAna;1;a\nBo;2;b\nCo;3;c\n')],
    ['binary', 'file.not-a-chat', random(4096)],
  ] as const)('names %s: %s', (what, problem, head) => {
    expect(recognise(head, 'bestand', readers)).toEqual({ kind: 'problem', problem, what });
  });

  it('names encrypted databases and backups by their name, which is all they have', () => {
    expect(recognise(random(4096), 'msgstore.db.crypt15', readers)).toMatchObject({ problem: 'file.encrypted', what: 'whatsapp-crypt' });
    expect(recognise(random(4096), 'signal-2024-05-29.backup', readers)).toMatchObject({ problem: 'file.signal-backup', what: 'signal-backup' });
    expect(recognise(Buffer.from(chat), 'chat.crypt15', readers).kind).toBe('read');
  });

  it("names Signal's encrypted backup by how it begins, whatever its name", () => {
    const header = bytes([0, 0, 0, 0x36, 0x0a, 0x34, 0x0a, 0x10], [...random(16)], [0x12, 0x20], [...random(32)], [...random(4000)]);
    expect(recognise(header, 'kopie', readers)).toEqual({ kind: 'problem', problem: 'file.signal-backup', what: 'signal-backup' });
  });

  it('leaves a zip to those who open it', () => {
    expect(recognise(bytes('PK', [3, 4, 20, 0], '\0'.repeat(22), [9, 0, 0, 0], '_chat.txt'), 'x', readers)).toEqual({ kind: 'zip' });
    expect(recognise(bytes('PK', [5, 6], '\0'.repeat(18)), 'x', readers)).toEqual({ kind: 'zip' });
  });

  property.prop([fc.uint8Array({ maxLength: 3000 }), fc.string({ maxLength: 20 })])('always answers with a code of the closed lists', (head, name) => {
    const seen = recognise(head, name, readers);
    if (seen.kind === 'problem') {
      expect(problemCodes).toContain(seen.problem);
      expect(recognisedKinds).toContain(seen.what);
    } else expect(['read', 'zip']).toContain(seen.kind);
  });
});

describe('pickChatFiles', () => {
  const entry = (name: string, content: string | Buffer): ArchiveEntry => {
    const head = Buffer.from(content);
    return { name, size: head.length, head };
  };
  const photo = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF');
  const names = (entries: readonly ArchiveEntry[], indexes: readonly number[]) => indexes.map((index) => entries[index]?.name);

  it('picks the chat by content, whatever its name and folder', () => {
    const entries = [entry('Map/', ''), entry('Map/iets.TXT', chat), entry('Map/IMG-1.jpg', photo), entry('Map/lees mij.txt', 'Dit is geen chat.')];
    const picked = pickChatFiles(entries, readers);
    expect(picked.chats.map(({ index }) => entries[index]?.name)).toEqual(['Map/iets.TXT']);
    expect(names(entries, picked.others)).toEqual(['Map/IMG-1.jpg', 'Map/lees mij.txt']);
    expect(picked).toMatchObject({ problem: null, doubts: [] });
  });

  it('does not take twins and droppings of file managers for files', () => {
    const entries = [
      entry('_chat.txt', chat),
      entry('__MACOSX/._chat.txt', chat),
      entry('Map/._x.jpg', chat),
      entry('.DS_Store', 'x'),
      entry('Thumbs.db', 'x'),
    ];
    const picked = pickChatFiles(entries, readers);
    expect(picked.chats).toHaveLength(1);
    expect(names(entries, picked.droppings)).toEqual(['__MACOSX/._chat.txt', 'Map/._x.jpg', '.DS_Store', 'Thumbs.db']);
    expect(picked.others).toEqual([]);
    expect(picked.doubts).toEqual([{ code: 'entry.skipped', severity: 'note', count: 4 }]);
  });

  it('gives several chats, in the order of the archive, with a doubt', () => {
    const picked = pickChatFiles([entry('b.txt', chat), entry('a.txt', chat)], readers);
    expect(picked.chats.map(({ index }) => index)).toEqual([0, 1]);
    expect(picked.doubts).toEqual([{ code: 'several-chats.found', severity: 'note', count: 2 }]);
  });

  it('leaves an archive in the archive closed', () => {
    const nested = bytes('PK', [3, 4, 20, 0], '\0'.repeat(22), [9, 0, 0, 0], '_chat.txt');
    const picked = pickChatFiles([entry('_chat.txt', chat), entry('stukken.zip', nested)], readers);
    expect(picked.others).toEqual([1]);
    expect(picked.doubts).toEqual([{ code: 'entry.nested-zip', severity: 'note', count: 1 }]);
  });

  it.each([
    ['file.account-report', 'whatsapp-account-report', ['My Account Info/index.html', 'My Account Info/whatsapp_connections/groups.json']],
    ['zip.no-chat', 'media-only', ['IMG-1.jpg', 'IMG-2.jpg']],
    ['zip.no-chat', 'media-only', []],
  ])('says %s when there is no chat', (code, what, files) => {
    const picked = pickChatFiles(
      files.map((name) => entry(name, photo)),
      readers,
    );
    expect(picked.chats).toEqual([]);
    expect(picked.problem).toEqual({ code, what });
  });

  it('names another chat format that lies in the archive', () => {
    const page = '<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_header">';
    const picked = pickChatFiles([entry('photos/a.jpg', photo), entry('messages.html', page)], readers);
    expect(picked.problem).toEqual({ code: 'file.format-not-read-yet', what: 'telegram-html' });
  });

  it("names Signal's encrypted folder, not its readable one", () => {
    const folder = 'SignalBackups/signal-backup-2026-05-01-12-00-00';
    const encrypted = [entry(`${folder}/main`, random(4096)), entry(`${folder}/metadata`, random(60)), entry('SignalBackups/files/ab/abc', random(900))];
    expect(pickChatFiles(encrypted, readers).problem).toEqual({ code: 'file.signal-backup', what: 'signal-backup' });
    const readable = [entry(`${folder}/main.jsonl`, '{"version":"1","backupTimeMs":"1778000000000"}\n'), entry(`${folder}/metadata.json`, '{"version":1}')];
    expect(pickChatFiles(readable, readers)).toMatchObject({ problem: null, others: [1] });
  });

  it('takes data.json of signal-export, and leaves the markdown beside it', () => {
    const line = '{"date": "2024-05-29T15:04:11", "sender": "Me", "body": "dag  ", "quote": "", "reactions": []}\n';
    const markdown = '[2024-05-29 15:04:11] Me: dag  \n';
    const picked = pickChatFiles([entry('Ana/chat.md', markdown), entry('Ana/data.json', line), entry('Bo/chat.md', markdown)], readers);
    expect(picked.chats.map(({ index, reader }) => [index, reader.format])).toEqual([
      [1, 'signal-export'],
      [2, 'signal-markdown'],
    ]);
    expect(picked.others).toEqual([0]);
  });

  it('picks chats of every format that is read, by content', () => {
    const telegram = '{"name": "Ana", "type": "personal_chat", "messages": []}';
    const picked = pickChatFiles(
      [entry('a.jpg', photo), entry('map/result.json', Buffer.from(telegram)), entry('sms.xml', Buffer.from('<smses count="0"/>'))],
      readers,
    );
    expect(picked.chats.map(({ index, reader }) => [index, reader.format])).toEqual([
      [1, 'telegram'],
      [2, 'sms-backup'],
    ]);
    expect(picked.problem).toBeNull();
  });
});
