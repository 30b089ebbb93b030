// Every refusal names what the file is and how to get the right one; the name of the file does not matter.
import { describe, expect, it } from 'vitest';
import { recognise, recognisedKinds } from '#core/intake/recognise.ts';
import { refusalSentence } from '#core/intake/refusal-text.nl.ts';
import { problemText } from '#core/model/text.nl.ts';
import { readers } from '#core/parse/readers.ts';

const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const cipher = Buffer.from(Array.from({ length: 4096 }, (_, n) => (Math.imul(n + 1, 2654435761) >>> 13) & 255));
const docx = bytes('PK', [3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 19, 0, 0, 0], '[Content_Types].xml');

interface Row {
  readonly name: string;
  readonly head: Uint8Array;
  /** What it is, and what to do. */
  readonly says: readonly [string, string];
}

const rows: readonly Row[] = [
  { name: 'chat.txt', head: bytes(''), says: ['leeg', 'opnieuw'] },
  { name: 'msgstore.db.crypt12', head: cipher, says: ['reservekopie van WhatsApp', 'Chat exporteren'] },
  { name: 'msgstore.db.crypt14', head: cipher, says: ['reservekopie van WhatsApp', 'Chat exporteren'] },
  { name: 'msgstore.db.crypt15', head: cipher, says: ['reservekopie van WhatsApp', 'Chat exporteren'] },
  { name: 'signal-2024-05-29.backup', head: cipher, says: ['reservekopie van Signal', 'exporteren'] },
  {
    name: 'mijn account.html',
    head: bytes('<html><title>WhatsApp</title><body>Account info report</body></html>'),
    says: ['accountrapport', 'Chat exporteren'],
  },
  { name: 'messages.html', head: bytes('<!DOCTYPE html><html><body><div class="page_header">Telegram'), says: ['Telegram als webpagina', 'result.json'] },
  { name: 'pagina.txt', head: bytes('<!doctype html><html><body>dag</body></html>'), says: ['webpagina', 'Exporteer'] },
  { name: 'chat.txt', head: bytes('%PDF-1.7\n', [1, 2]), says: ['PDF', 'Exporteer'] },
  { name: 'chat.zip', head: bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF'), says: ['foto', 'Exporteer'] },
  { name: 'IMG_0001.HEIC', head: bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0]), says: ['foto', 'Exporteer'] },
  { name: 'chat.doc', head: bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), says: ['Word', 'CSV'] },
  { name: 'x', head: bytes([0, 0, 0, 24], 'ftypmp42', [0, 0, 0, 0]), says: ['video', 'Exporteer'] },
  { name: 'x', head: bytes('OggS', [0, 2, 0, 0]), says: ['geluid', 'Exporteer'] },
  { name: 'chat.zip', head: docx, says: ['Word', 'CSV'] },
  { name: 'x', head: bytes('{\\rtf1 dag}'), says: ['RTF', 'Exporteer'] },
  { name: 'x.txt', head: bytes('From: ana@voorbeeld.nl\r\nTo: bo@voorbeeld.nl\r\nMIME-Version: 1.0\r\n\r\ndag'), says: ['e-mail', 'bijlage'] },
  { name: 'x', head: bytes('!BDN', [1, 2, 3, 4]), says: ['postvak', 'chat'] },
  { name: 'x', head: bytes('SQLite format 3', [0, 16, 0]), says: ['database', 'Exporteer'] },
  { name: 'x', head: bytes('SQLite format 3', [0, 16, 0], 'CREATE TABLE ZWAMESSAGE ('), says: ['database van WhatsApp', 'Chat exporteren'] },
  { name: 'sms.db', head: bytes('SQLite format 3', [0, 16, 0], 'CREATE TABLE chat_message_join ('), says: ['Berichten', 'imessage-exporter'] },
  { name: 'Manifest.db', head: bytes('SQLite format 3', [0, 16, 0], 'CREATE TABLE Files (fileID TEXT'), says: ['iPhone', 'Exporteer'] },
  { name: 'x', head: bytes('ANDROID BACKUP\n5\n'), says: ['Android', 'Exporteer'] },
  { name: 'x', head: bytes('7z', [0xbc, 0xaf, 0x27, 0x1c]), says: ['7z', 'zip'] },
  { name: 'x', head: bytes('Rar!', [26, 7, 1, 0]), says: ['RAR', 'zip'] },
  { name: 'x', head: bytes([0x1f, 0x8b, 8, 0]), says: ['gzip', 'zip'] },
  { name: 'x', head: bytes('BEGIN:VCARD\r\nFN:Ana\r\n'), says: ['contacten', 'Exporteer'] },
  { name: 'x', head: bytes('<?xml version="1.0"?><note/>'), says: ['XML', 'SMS Backup'] },
  { name: 'x', head: bytes('{"a":1}'), says: ['JSON', 'berichten'] },
  { name: 'x', head: bytes('naam;datum;tekst\nAna;1;a\nBo;2;b\nCo;3;c\n'), says: ['tabel', 'kolom met een tijd'] },
  { name: 'x', head: bytes('Notulen van het overleg\nAanwezig: Ana en Bo\n'), says: ['tekst', 'Exporteer'] },
  { name: 'x', head: cipher, says: ['versleuteld of beschadigd', 'Exporteer'] },
];

describe('a refusal', () => {
  it.each(rows)('says what $name is: $says.0', ({ name, head, says: [what, how] }) => {
    const seen = recognise(head, name, readers);
    if (seen.kind !== 'problem') throw new Error(`recognised as ${seen.kind}`);
    const sentence = refusalSentence({ code: seen.problem, evidence: { what: seen.what } });
    expect(sentence).toContain(what);
    expect(sentence).toContain(how);
    expect(sentence).toMatch(/\.$/);
  });

  it('has words of its own for everything that is recognised', () => {
    const said = recognisedKinds.filter((what) => what !== 'zip').map((what) => refusalSentence({ code: 'file.not-a-chat', evidence: { what } }));
    for (const sentence of said) expect(sentence).not.toBe(problemText['file.not-a-chat']);
    expect(refusalSentence({ code: 'zip.no-chat', evidence: { what: 'media-only' } })).toBe(problemText['zip.no-chat']);
    expect(refusalSentence({ code: 'upload.expired' })).toBe(problemText['upload.expired']);
  });
});
