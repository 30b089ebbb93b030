// What the SMS Backup & Restore reader makes of a backup: parties, times, states, repairs, calls, attachments.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { smsBackupReader } from '#core/parse/sms-backup/sms-backup-reader.ts';
import { ownLabel, unknownLabel } from '#core/parse/sms-backup/sms-parties.ts';
import { decodeReferences, readTag } from '#core/parse/sms-backup/xml-tag.ts';
import { mmsElement, smsElement } from '#test/fixtures/sms-elements.ts';
import { readAll } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/sms-backup');
const read = (text: string | Uint8Array) => readAll(smsBackupReader, typeof text === 'string' ? Buffer.from(text) : text);
const backup = (...elements: string[]) => `<smses count="${elements.length}">\n${elements.join('\n')}\n</smses>\n`;
const codes = (all: Awaited<ReturnType<typeof read>>) => all.doubts.map(({ code }) => code);

describe('a backup of messages', async () => {
  const all = await read(readFileSync(join(folder, 'sms-20240501120000.xml')));
  const [first, second, failed, half, , twice, draft, picture, group, notFetched, undated] = all.records;

  it('gives every message, in conversations by number however it is written', () => {
    expect(all.records).toHaveLength(11);
    expect(all.conversations.map(({ title, kind, participants }) => [title, kind, participants])).toEqual([
      [
        'Sanne Bakker (06-20000001)',
        'direct',
        [
          { label: 'Sanne Bakker (06-20000001)', records: 3 },
          { label: ownLabel, records: 3 },
        ],
      ],
      ['+31620000002', 'direct', [{ label: '+31620000002', records: 2 }]],
      ['Gemeente', 'direct', [{ label: 'Gemeente', records: 2 }]],
      [
        'Sanne Bakker, Omar',
        'group',
        [
          { label: 'Sanne Bakker (06-20000001)', records: 0 },
          { label: '+31620000003', records: 1 },
        ],
      ],
    ]);
    expect(all.conversations.every(({ platform, dateOrder }) => platform === 'sms' && dateOrder === null)).toBe(true);
  });

  it('knows the moment, and the hour of summer from that of winter', () => {
    expect(first).toMatchObject({ local: '2024-03-31T00:59:00', instant: '2024-03-30T23:59:00.000Z', certainty: 'given' });
    expect(second).toMatchObject({ local: '2024-03-31T03:00:00', instant: '2024-03-31T01:00:00.000Z' });
  });

  it('reads when it was sent: milliseconds in a text, seconds in a picture message', () => {
    expect(first?.sentInstant).toBe('2024-03-30T23:58:58.000Z');
    expect(picture?.sentInstant).toBe('2024-04-28T10:26:38.000Z');
    expect(second?.sentInstant).toBeUndefined();
  });

  it('keeps drafts and failures visible', () => {
    expect([first?.status, second?.status, failed?.status, draft?.status]).toEqual([undefined, undefined, 'failed', 'draft']);
    expect([first?.direction, second?.direction, draft?.direction]).toEqual(['incoming', 'outgoing', 'outgoing']);
  });

  it('repairs emoji in halves, and says so with its line', () => {
    expect(second?.text).toBe('Ja 😀 gisteren & getekend');
    expect(half?.text).toBe('Half \ufffd en een toon \ufffd');
    expect(all.doubts.filter(({ code }) => code === 'reference.repaired')).toEqual([
      { code: 'reference.repaired', severity: 'note', place: { file: 1, line: 6 }, evidence: { pairs: 1, replaced: 0 } },
      { code: 'reference.repaired', severity: 'warning', place: { file: 1, line: 8 }, evidence: { pairs: 0, replaced: 2 } },
    ]);
    expect(first?.text).toBe('Is de vergunning al binnen?\nGroet, Sanne');
  });

  it('keeps what stands there twice, and marks it', () => {
    expect(twice?.text).toBe('Uw afspraak is om 10:00');
    expect(all.doubts.filter(({ code }) => code === 'record.duplicate')).toEqual([
      { code: 'record.duplicate', severity: 'note', place: { file: 1, line: 10 } },
    ]);
  });

  it('takes subject, text and picture of a picture message, and leaves its layout', () => {
    expect(picture).toMatchObject({ kind: 'media', text: 'Bouwtekening\nZie de nieuwe gevel', lines: [12, 22] });
    expect(picture?.attachments).toMatchObject([{ name: 'tekening.png', presence: 'present', kind: 'image', mediaType: 'image/png' }]);
    const [from = 0, to = 0] = picture?.attachments?.[0]?.embedded ?? [];
    expect(readFileSync(join(folder, 'sms-20240501120000.xml')).subarray(from, to).toString()).toMatch(/^iVBORw0KGgo[^"]+ggg==$/);
  });

  it('lets the sender of a group speak, not the group', () => {
    expect(group).toMatchObject({ sender: '+31620000003', text: 'Wie is er donderdag?' });
  });

  it('names a message that the phone never fetched', () => {
    expect(notFetched).toMatchObject({ kind: 'media', text: '', attachments: [{ name: '', presence: 'missing' }] });
    expect(codes(all)).toContain('attachment.missing');
  });

  it('gives a message without a date no date', () => {
    expect(undated).toMatchObject({ text: 'Zonder datum', certainty: 'impossible' });
    expect(undated?.instant).toBeUndefined();
    expect(codes(all)).toContain('date.impossible');
  });

  it('doubts nothing that is sound', () => {
    expect(codes(all)).not.toContain('count.differs');
    expect(codes(all)).not.toContain('file.cut-off');
    expect(codes(all)).not.toContain('line.not-understood');
  });
});

it('reads calls: who, how it went, how long', async () => {
  const all = await read(readFileSync(join(folder, 'calls-20240501120000.xml')));
  expect(all.records.map(({ kind, sender, direction, call }) => [kind, sender, direction, call?.outcome, call?.seconds])).toEqual([
    ['call', 'Sanne Bakker (+31620000001)', 'incoming', 'answered', 125],
    ['call', 'Sanne Bakker (+31620000001)', 'incoming', 'missed', 0],
    ['call', ownLabel, 'outgoing', 'answered', 62],
    ['call', unknownLabel, 'incoming', 'rejected', 0],
    ['call', '+31620000004', 'incoming', 'voicemail', 17],
    ['call', ownLabel, 'outgoing', 'missed', 0],
  ]);
  expect(all.conversations.map(({ title }) => title)).toEqual(['Sanne Bakker (+31620000001)', unknownLabel, '+31620000004']);
});

describe('a damaged backup', () => {
  it('that is cut off keeps what there is of the last message, and says so', async () => {
    const text = backup(smsElement({ body: 'heel' }), smsElement({ body: 'half bericht' }));
    const all = await read(text.slice(0, text.indexOf(' bericht')));
    expect(all.records.map(({ kind, text: body }) => [kind, body])).toEqual([
      ['text', 'heel'],
      ['unknown', 'half'],
    ]);
    expect(codes(all)).toEqual(expect.arrayContaining(['file.cut-off', 'line.not-understood']));
    expect(codes(all)).not.toContain('count.differs');
  });

  it('that lost its last messages on a line end is found out by its count and its end', async () => {
    const all = await read(
      backup(smsElement(), smsElement({ body: 'b' }))
        .split('\n')
        .slice(0, 2)
        .join('\n'),
    );
    expect(all.doubts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'count.differs', evidence: { declared: 2, found: 1 } }),
        expect.objectContaining({ code: 'file.cut-off' }),
      ]),
    );
  });

  it('with a quote that does not close loses one message to it, not the rest', async () => {
    const wrong = smsElement({ body: 'fout' }).replace('body="fout"', 'body="fout');
    const all = await read(backup(smsElement({ body: 'voor' }), wrong, smsElement({ body: 'na' })));
    expect(all.records.map(({ text }) => text)).toEqual(['voor', expect.stringContaining('fout'), 'na']);
    expect(all.records[1]?.kind).toBe('unknown');
    expect(all.doubts.filter(({ code }) => code === 'line.not-understood')).toEqual([
      { code: 'line.not-understood', severity: 'warning', place: { file: 1, line: 3 } },
    ]);
  });

  it('with an unescaped < in a body is read as it is meant', async () => {
    const all = await read(backup(smsElement({ body: 'x < y en <b>vet</b> & los' })));
    expect(all.records.map(({ text }) => text)).toEqual(['x < y en <b>vet</b> & los']);
  });

  it('with a date in seconds says that the unit is assumed', async () => {
    const all = await read(backup(smsElement({ date: 1714000000 })));
    expect(all.records[0]).toMatchObject({ local: '2024-04-25T01:06:40', certainty: 'assumed' });
    expect(codes(all)).toContain('time.unit-assumed');
  });

  it('with elements that we do not know keeps them around, and says so', async () => {
    const all = await read(`<smses count="1">\n<vreemd a="1"/>\n${smsElement()}\n</smses>`);
    expect(all.records).toHaveLength(1);
    expect(all.preamble).toContain('<vreemd a="1"/>');
    expect(codes(all)).toContain('line.not-understood');
  });

  it('asks nothing of a DTD', async () => {
    const all = await read(`<!DOCTYPE smses [ <!ENTITY lol "ha"> ]>\n${backup(smsElement({ body: '&lol;&amp;lol;' }))}`);
    expect(all.records[0]?.text).toBe('&lol;&lol;');
    expect(codes(all)).toContain('reference.repaired');
  });
});

it('says so when it cannot tell where in the file a picture stands', async () => {
  const all = await read(backup(mmsElement({ data: 'QUJDRA==', text: 'x' }).replace('text="x"', 'text=\'x data="nep"\'')));
  expect(all.records[0]?.attachments).toEqual([{ name: 'foto.jpg', presence: 'present', kind: 'image', mediaType: 'image/jpeg' }]);
  expect(codes(all)).toContain('attachment.not-extracted');
});

describe('a picture of megabytes', () => {
  const bytes = Buffer.alloc(3_000_000, 'Woordspoor');
  const text = backup(mmsElement({ data: bytes.toString('base64') }), smsElement({ body: 'erna' }));

  it('is pointed at in the file, and not held in the record', async () => {
    const all = await read(text);
    const [from = 0, to = 0] = all.records[0]?.attachments?.[0]?.embedded ?? [];
    expect(Buffer.from(text.slice(from, to), 'base64').equals(bytes)).toBe(true);
    expect(all.records[0]?.raw.length).toBeLessThan(3000);
    expect(all.records[0]?.text).toBe('met foto');
    expect(all.records[1]).toMatchObject({ text: 'erna', lines: [11, 11] });
  });

  it('is pointed at the same in chunks that cut it anywhere', async () => {
    for (const chunk of [16, 33, 4093])
      expect(await readAll(smsBackupReader, Buffer.from(text.slice(0, 40_000)), { chunk })).toEqual(await read(text.slice(0, 40_000)));
    expect(await readAll(smsBackupReader, Buffer.from(text), { chunk: 65_521 })).toEqual(await read(text));
  });
});

describe('references', () => {
  const none = () => ({ pairs: 0, replaced: 0 });

  it.each([
    ['&#55357;&#56832;', '😀', 1, 0],
    ['&#xD83D;&#xDE00;', '😀', 1, 0],
    ['&#10;&#55357;&#56832;&#10;', '\n😀\n', 1, 0],
    ['&#55357;&#55357;&#56832;', '\ufffd😀', 1, 1],
    ['&#56832;&#55357;', '\ufffd\ufffd', 0, 2],
    ['&#128512;', '😀', 0, 0],
    ['&#1;&#0;&#99999999;', '\ufffd\ufffd\ufffd', 0, 3],
    ['&amp;#55357;', '&#55357;', 0, 0],
    ['&lt;&gt;&quot;&apos;&amp;', '<>"\'&', 0, 0],
    ['a & b &c; &#;', 'a & b &c; &#;', 0, 1],
  ])('%s', (written, meant, pairs, replaced) => {
    const repairs = none();
    expect(decodeReferences(written, repairs)).toBe(meant);
    expect(repairs).toEqual({ pairs, replaced });
  });

  property.prop([fc.string({ unit: 'grapheme', maxLength: 40 })], { numRuns: 200 })('what the app writes comes back as it was', (text) => {
    // As Android's serializer does: halves of emoji one by one, controls and quotes as references.
    const written = [...Array(text.length).keys()]
      .map((i) => text.charCodeAt(i))
      .map((code) => (code < 32 || code > 126 || code === 38 || code === 60 || code === 62 || code === 34 ? `&#${code};` : String.fromCharCode(code)))
      .join('');
    fc.pre([...text].every((c) => c >= ' ' || c === '\n' || c === '\r' || c === '\t'));
    expect(readTag(`<sms body="${written}" />`, 0).attributes.get('body')).toBe(text);
  });
});

it('knows a backup by its content, whatever its name', () => {
  const sniff = (text: string) => smsBackupReader.sniff(Buffer.from(text), 'x.txt');
  expect(sniff(backup(smsElement()))).toBe(1);
  expect(sniff(`\ufeff<?xml version="1.0"?>\n<calls count="0"></calls>`)).toBe(1);
  expect(sniff('<html><body>sms</body></html>')).toBe(0);
  expect(sniff('02-05-2022 16:08 - Ana: <smses count="1">')).toBe(0);
});
