// What a body and a system line mean: attachments, deleted, edited, calls, places, cards, polls, notices in four languages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
import { type ReadSettings, readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/whatsapp');
const read = (name: string, settings: ReadSettings = {}) => readAll(whatsappReader, readFileSync(join(folder, name)), settings);

async function one(body: string, phone: 'android' | 'ios' = 'android') {
  const text = phone === 'ios' ? `[13-05-2022, 16:08:13] ${body}\r\n` : `13-05-2022 16:08 - ${body}\n`;
  const { records } = await readAll(whatsappReader, Buffer.from(text));
  expect(records).toHaveLength(1);
  return records[0];
}

describe('a Dutch Android group', () => {
  const settings = { name: 'WhatsApp-chat met Kapzaken: spoed.txt', siblings: ['IMG-20240304-WA0003.jpg', 'DOC-20240304-WA0004.pdf'] };

  it('tells messages, system lines and their events apart', async () => {
    const { records } = await read('nl-android-groep.txt', settings);
    expect(records.filter(({ kind }) => kind === 'system').map(({ system }) => system)).toEqual([
      { event: 'encryption' },
      { event: 'group-created', actor: 'Marijke de Wit', to: 'Team Vergunningen: kapzaken' },
      { event: 'member-added', actor: 'Marijke de Wit', target: 'u' },
      { event: 'subject-changed', actor: 'Marijke de Wit', from: 'Team Vergunningen: kapzaken', to: 'Kapzaken: spoed' },
      { event: 'timer-on', actor: 'Marijke de Wit' },
      { event: 'admin-granted', target: 'U' },
      { event: 'member-left', actor: 'Johan Postma' },
    ]);
    expect(records.every(({ kind, sender }) => (kind === 'system') === (sender === null) || kind === 'call')).toBe(true);
  });

  it('keeps blank lines of a body and drops only the last line end', async () => {
    const { records } = await read('nl-android-groep.txt', settings);
    expect(records[4]?.text).toBe(
      'Zaak Z-2024-00117 (Lindelaan 12): de aanvrager vraagt om uitstel.\n\nMijn voorstel:\n- twee weken erbij\n- brief gaat vandaag uit\n',
    );
  });

  it('finds attachments among the files, also where Android left the extension off', async () => {
    const { records, doubts } = await read('nl-android-groep.txt', settings);
    expect(records.flatMap(({ text, attachments = [] }) => attachments.map((one) => [one.name, one.presence, one.kind, text]))).toEqual([
      ['IMG-20240304-WA0003.jpg', 'present', 'image', 'De boom op de hoek'],
      ['DOC-20240304-WA0004.', 'present', 'document', 'Kapvergunning Lindelaan.pdf'],
      ['', 'omitted', 'unknown', ''],
      ['Kees Bakker.vcf', 'missing', 'contact', ''],
    ]);
    expect(doubts.filter(({ code }) => code === 'attachment.missing').map(({ place }) => place?.line)).toEqual([23]);
  });

  it('marks the hour that does not exist and the hour that exists twice', async () => {
    const { records, doubts } = await read('nl-android-groep.txt', settings);
    expect(records.slice(-3).map(({ local, certainty }) => [local, certainty])).toEqual([
      ['2024-03-31T02:30', 'impossible'],
      ['2024-10-27T02:30', 'ambiguous'],
      ['2024-10-27T11:00', 'assumed'],
    ]);
    expect(doubts.map(({ code }) => code)).toEqual(expect.arrayContaining(['time.does-not-exist', 'time.ambiguous', 'timer.on']));
  });

  it('knows the group and its title', async () => {
    const { conversations } = await read('nl-android-groep.txt', settings);
    expect(conversations[0]).toMatchObject({ kind: 'group', title: 'Kapzaken: spoed', dateOrder: { order: 'dmy', certainty: 'proven' } });
  });
});

describe('a Dutch iOS group', () => {
  it('never lets the group itself speak', async () => {
    const { records, conversations } = await read('nl-ios-groep.txt');
    expect(records.filter(({ kind }) => kind === 'system').map(({ system }) => system?.event)).toEqual(['encryption', 'member-added', 'icon-changed']);
    expect(conversations[0]).toMatchObject({ kind: 'group', title: 'Wijkteam Noord' });
    expect(conversations[0]?.participants.map(({ label }) => label)).toEqual(['Sanne Visser', '~\u202fPiet']);
  });

  it('takes a caption before the marker, and a document with its pages', async () => {
    const { records } = await read('nl-ios-groep.txt');
    expect(records.slice(3, 5).map(({ text, attachments }) => [text, attachments?.[0]?.name])).toEqual([
      ['Foto van het plein', '00000004-PHOTO-2024-05-02-16-10-44.jpg'],
      ["Beleidsnota.pdf • \u200e12 pagina's", '00000005-Beleidsnota.pdf'],
    ]);
  });

  it('keeps bare line feeds inside a body and takes the return of the line end off', async () => {
    const { records } = await read('nl-ios-groep.txt');
    expect(records[5]?.text).toBe('eerste regel\ntweede regel\n\nvierde regel');
  });

  it('sees that the counter of media jumps', async () => {
    const { doubts } = await read('nl-ios-groep.txt');
    expect(doubts).toContainEqual({
      code: 'media-counter.jumps',
      severity: 'warning',
      place: { file: 1, line: 13 },
      evidence: { counter: 12, expected: 10, records: 2 },
    });
  });

  it('proves the order of the dates by the names of photos', async () => {
    const { conversations } = await read('nl-ios-groep.txt');
    expect(conversations[0]?.dateOrder?.evidence).toContainEqual({ kind: 'media-name', favours: 'dmy', count: 2 });
    expect(conversations[0]?.dateOrder?.certainty).toBe('proven');
  });
});

describe('bodies', () => {
  it.each([
    ['Ana: Dit bericht is verwijderd', 'by-sender'],
    ['Ana: U hebt dit bericht verwijderd', 'by-exporter'],
    ['Ana: Je hebt dit bericht verwijderd.', 'by-exporter'],
    ['Ana: Dit bericht is verwijderd door beheerder Bo', 'by-admin'],
    ['Ana: This message was deleted', 'by-sender'],
    ['Ana: You deleted this message', 'by-exporter'],
    ['Ana: This message was deleted by admin Bo.', 'by-admin'],
    ['Ana: Diese Nachricht wurde gelöscht.', 'by-sender'],
    ['Ana: Du hast diese Nachricht gelöscht.', 'by-exporter'],
    ['Ana: Ce message a été supprimé', 'by-sender'],
    ['Ana: Vous avez supprimé ce message', 'by-exporter'],
    ['Ana: Dit bericht is verwijderd denk ik', undefined],
  ])('%s → %s', async (body, deleted) => {
    const record = await one(body);
    expect(record?.deleted).toBe(deleted);
    expect(record?.sender).toBe('Ana');
    expect(record?.text).toBe(body.slice(5));
  });

  it.each([
    ['Akkoord <Dit bericht is bewerkt>', 'Akkoord'],
    ['Akkoord \u200e<Dit bericht is bewerkt>', 'Akkoord'],
    ['Fine <This message was edited>', 'Fine'],
    ['Gut <Diese Nachricht wurde bearbeitet.>', 'Gut'],
    ['Bien <Ce message a été modifié>', 'Bien'],
  ])('%s is edited', async (body, text) => {
    expect(await one(`Ana: ${body}`)).toMatchObject({ text, edited: true, kind: 'text' });
  });

  it.each([
    ['<Media weggelaten>', 'unknown'],
    ['\u200eafbeelding weggelaten', 'image'],
    ['\u200eGIF weggelaten', 'gif'],
    ['\u200eVisitekaartje weggelaten', 'contact'],
    ['<Media omitted>', 'unknown'],
    ['\u200eimage omitted', 'image'],
    ['<Medien ausgeschlossen>', 'unknown'],
    ['\u200eBild weggelassen', 'image'],
    ['<Médias omis>', 'unknown'],
    ['\u200eimage absente', 'image'],
    ["\u200eplan.pdf • \u200e3 pagina's \u200edocument weggelaten", 'document'],
  ])('%s was left out by the export', async (body, kind) => {
    expect((await one(`Ana: ${body}`))?.attachments).toEqual([expect.objectContaining({ presence: 'omitted', kind })]);
  });

  it.each([
    ['IMG-20220513-WA0001.jpg (bestand bijgevoegd)', 'IMG-20220513-WA0001.jpg', ''],
    ['\u200eIMG-20220513-WA0001.jpg (file attached)\nbij het plein', 'IMG-20220513-WA0001.jpg', 'bij het plein'],
    ['abc.jpg (Datei angehängt)', 'abc.jpg', ''],
    ['abc.jpg (fichier joint)', 'abc.jpg', ''],
    ['\u200e<bijgevoegd: 00000014-PHOTO-2022-05-13-16-08-13.jpg>', '00000014-PHOTO-2022-05-13-16-08-13.jpg', ''],
    ['< attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg >', '00000042-PHOTO-2020-06-07-15-13-20.jpg', ''],
    ['2015-08-04-PHOTO-00004762.jpg <\u200ebijgevoegd>', '2015-08-04-PHOTO-00004762.jpg', ''],
    ['Kijk eens <Anhang: video1.mp4>', 'video1.mp4', 'Kijk eens'],
    ['\u200e<pièce jointe : 00000003-PHOTO-2022-05-02-16-10-13.jpg>', '00000003-PHOTO-2022-05-02-16-10-13.jpg', ''],
  ])('%s names an attachment', async (body, name, text) => {
    expect(await one(`Ana: ${body}`)).toMatchObject({ text, attachments: [{ name, presence: 'missing' }] });
  });

  it.each([
    ['response with media <media omitted>', 'a marker in the middle of a sentence'],
    ['zie https://maps.google.com/?q=52.08,5.10', 'an address that somebody pasted'],
    ['Video call', 'words that anybody may type'],
    ['a < b en c > d', 'angles'],
    ['ik heb (bestand bijgevoegd) getypt', 'words in the middle'],
    ['\u202eomgekeerd', 'a mark of the writer'],
  ])('%s is text: %s', async (body) => {
    expect(await one(`Ana: ${body}`)).toMatchObject({ kind: 'text', text: body });
  });

  it('reads a place, a card, a poll, a call and a message that never came', async () => {
    expect((await one('Ana: locatie: https://maps.google.com/?q=52.08,5.10'))?.kind).toBe('location');
    expect((await one('Ana: Location: https://maps.google.com/?q=52.08,5.10'))?.kind).toBe('location');
    expect((await one('Ana: \u200eStadhuis (Markt 1): https://foursquare.com/v/4b5', 'ios'))?.kind).toBe('location');
    expect((await one('Ana: Jan de Groot.vcf (bestand bijgevoegd)'))?.kind).toBe('contact');
    expect((await read('poll.txt')).records.map(({ kind }) => kind)).toEqual(['poll', 'text']);
    expect(await one('Ana: \u200eGemist videogesprek', 'ios')).toMatchObject({ kind: 'call', sender: 'Ana' });
    expect(await one('Ana: \u200eVoice call. \u200e4 min', 'ios')).toMatchObject({ kind: 'call', sender: 'Ana' });
    expect(await one('Gemiste groepsvideo-oproep')).toMatchObject({ kind: 'call', sender: null });
    expect(await one('Ana: Wachten op dit bericht. Dit kan even duren.')).toMatchObject({ kind: 'unknown' });
    expect(await one('Ana: ')).toMatchObject({ kind: 'unknown', sender: 'Ana', text: '' });
  });
});

describe('senders', () => {
  it.each([
    ['A: ja', 'A', 'ja'],
    ['🤓: ja: nee', '🤓', 'ja: nee'],
    ['+31 6 55500123: ja', '+31 6 55500123', 'ja'],
    ['\u202a+31 6 55500123\u202c: ja', '+31 6 55500123', 'ja'],
    ['~\u202fPiet: ja', '~\u202fPiet', 'ja'],
    ['Ana:', 'Ana', ''],
  ])('%s', async (body, sender, text) => {
    expect(await one(body)).toMatchObject({ sender, text });
  });

  it('takes a longer name with a colon in it where a system line knows that name', async () => {
    const { records } = await read('colon-in-name.txt');
    expect(records.map(({ sender, text }) => [sender, text])).toEqual([
      [null, 'Piet: gemeente heeft de groep verlaten'],
      ['Piet: gemeente', 'hallo'],
      ['Bo', 'dag: allebei'],
      ['Piet: gemeente', 'tot ziens'],
    ]);
  });

  it('takes a longer name where it is the name of the chat', async () => {
    const text = '13-05-2022 16:08 - Piet: gemeente: hallo\n13-05-2022 16:09 - Ik: dag\n';
    const { records, conversations } = await readAll(whatsappReader, Buffer.from(text), { name: 'WhatsApp-chat met Piet: gemeente.txt' });
    expect(records.map(({ sender }) => sender)).toEqual(['Piet: gemeente', 'Ik']);
    expect(conversations[0]).toMatchObject({ kind: 'direct', title: 'Piet: gemeente' });
  });

  it('takes a timer notice behind a sender for what it is, and leaves talk about it alone', async () => {
    expect((await read('timer-with-sender.txt')).records.map(({ kind, sender }) => [kind, sender])).toEqual([
      ['system', null],
      ['text', 'Bo'],
    ]);
  });
});

describe('other languages', () => {
  it.each([
    ['fr-ios-direct.txt', 'direct', 'Julie Martin'],
    ['us-ios.txt', 'direct', 'Anna Groen'],
    ['de-ios.txt', 'unknown', 'Bauamt'],
  ])('%s: the notice behind a name is no message', async (name, kind, title) => {
    const { records, conversations } = await read(name);
    expect(records[0]).toMatchObject({ kind: 'system', sender: null, system: { event: 'encryption' } });
    expect(conversations[0]).toMatchObject({ kind, title });
  });

  it.each([
    ['Ana created group "Plein"', 'group-created'],
    ['Ana changed the subject from "Plein" to "Plein: groen"', 'subject-changed'],
    ['You were added', 'member-added'],
    ["Bo joined using this group's invite link", 'member-joined-by-link'],
    ['Your security code with Bo changed. Tap to learn more.', 'security-code-changed'],
    ['Ana hat die Gruppe „Platz“ erstellt', 'group-created'],
    ['Ana hat den Betreff von „Platz“ zu „Platz: grün“ geändert', 'subject-changed'],
    ['Du bist jetzt ein Admin', 'admin-granted'],
    ['Ana a créé le groupe « Place »', 'group-created'],
    ['Paul est parti', 'member-left'],
    ['Ana heeft de groepsomschrijving gewijzigd', 'description-changed'],
    ['Uw beveiligingscode voor Bo is gewijzigd. Tik voor meer info.', 'security-code-changed'],
    ['Ana heeft berichten met vervaldatum uitgeschakeld.', 'timer-off'],
  ])('%s → %s', async (line, event) => {
    expect(await one(line)).toMatchObject({ kind: 'system', sender: null, system: { event }, text: line });
  });

  it('keeps a system line that no template knows, with a doubt', async () => {
    const { records, doubts } = await readAll(whatsappReader, Buffer.from('13-05-2022 16:08 - Iets nieuws van WhatsApp\n'));
    expect(records[0]).toMatchObject({ kind: 'system', text: 'Iets nieuws van WhatsApp', system: { event: 'unknown' } });
    expect(doubts.map(({ code }) => code)).toContain('system-line.unknown');
  });
});

describe('what is missing', () => {
  const chat = (records: number, notice: boolean) =>
    `${notice ? '01-05-2022 08:00 - Berichten en oproepen worden end-to-end versleuteld.\n' : ''}${Array.from({ length: records }, (_, n) => `13-05-2022 16:08 - Ana: bericht ${n}\n`).join('')}`;

  it.each([
    [10_000, false, true],
    [9_991, false, true],
    [9_980, false, false],
    [10_000, true, false],
  ])('%i records, notice at the start %s → truncation suspected %s', async (records, notice, suspected) => {
    const { doubts } = await readAll(whatsappReader, Buffer.from(chat(records, notice)));
    expect(doubts.some(({ code }) => code === 'truncation.suspected')).toBe(suspected);
  });

  it('warns when a sender bears the name of the group', async () => {
    const text = '13-05-2022 16:08 - Ana heeft Bo toegevoegd\n13-05-2022 16:08 - Plein: ja\n';
    const { doubts } = await readAll(whatsappReader, Buffer.from(text), { name: 'WhatsApp-chat met Plein.txt' });
    expect(doubts.map(({ code }) => code)).toContain('sender.looks-like-subject');
  });
});
