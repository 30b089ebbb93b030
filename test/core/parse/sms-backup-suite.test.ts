// The shared reader suite over SMS Backup & Restore: own fixtures, and files broken in the ways in which they break.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { smsBackupReader } from '#core/parse/sms-backup/sms-backup-reader.ts';
import { mmsElement, smsElement, smsText } from '#test/fixtures/sms-elements.ts';
import { describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/sms-backup');
const whole = readFileSync(join(folder, 'sms-20240501120000.xml'));
const picture = Buffer.alloc(300_000, 'Woordspoor').toString('base64');

describeReader({
  reader: smsBackupReader,
  structured: true,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)) })),
    { name: 'cut off in a message', bytes: whole.subarray(0, 2500) },
    { name: 'cut off in a picture message', bytes: whole.subarray(0, whole.indexOf('tekening.png')) },
    { name: 'all on one line, byte order mark', bytes: Buffer.from(`\ufeff${whole.toString().replaceAll('\n', ' ')}`) },
    {
      name: 'a long picture',
      shortened: true,
      bytes: Buffer.from(`<smses count="2">\n${mmsElement({ data: picture })}\n${smsElement({ body: 'erna' })}\n</smses>\n`),
    },
    { name: 'a picture cut off', shortened: true, bytes: Buffer.from(`<smses count="2">\n${mmsElement({ data: picture })}`).subarray(0, 150_000) },
  ],
  fragments: [
    '<smses count="3">',
    '</smses>',
    smsElement({ body: 'hallo' }),
    smsElement({ body: '&#55357;&#56832;' }).replace(' />', '></sms>'),
    '<sms address="06" date="1714000000000" type="1" body="open',
    '<mms date="1714000000000" msg_box="1" address="06"><parts><part ct="text/plain" text="a"/>',
    '</parts></mms>',
    '</mms>',
    ' data="QUJD',
    '<!-- los',
    '-->',
    '<!DOCTYPE smses [ <!ENTITY a "b"> ]>',
    '<call number="06" date="1714000000000" type="3" duration="0"/>',
    '<onbekend a="1">tekst</onbekend>',
    "<sms body='enkel \"dubbel\"' date='1' type='9'/>",
    '"',
    '<',
    '',
  ],
  makeText: smsText,
});
