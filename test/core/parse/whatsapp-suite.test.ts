// The shared reader suite over WhatsApp, with every fixture of our own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
import { makeChatText } from '#test/bench/corpus/chat-text.ts';
import { breakLetters, describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/whatsapp');

const encodingOf = (name: string): 'utf-8' | 'utf-16le' | 'windows-1252' =>
  name === 'utf16.txt' ? 'utf-16le' : name === 'windows-1252.txt' ? 'windows-1252' : 'utf-8';

describeReader({
  reader: whatsappReader,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)), encoding: encodingOf(name) })),
    ...(['android', 'ios'] as const).flatMap((phone) => {
      // More than one window, with characters of one to four bytes on their edges.
      const text = [...makeChatText({ seed: 3, bytes: 300_000, phone })].join('');
      const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
      return [
        { name: `made text, ${phone}`, bytes: Buffer.from(text) },
        { name: `made text, ${phone}, UTF-16`, bytes: utf16, encoding: 'utf-16le' as const },
        { name: `made text, ${phone}, broken UTF-8`, bytes: breakLetters(text), broken: true },
      ];
    }),
  ],
  fragments: [
    '02-05-2022 16:08 - Ana: hallo',
    '02-05-2022 16:09 - \u200eAna heeft Bo toegevoegd',
    '[02-05-2022, 16:08:13] Ana: hallo',
    '\u200e[02-05-2022, 16:08:13] Ana: \u200e<bijgevoegd: 00000014-PHOTO-2022-05-02-16-17-01.jpg>',
    '\ufeff[5/2/22, 4:08:13\u202fPM] Ana: hi',
    '13.6.2018 klo 21.25.15 - Aino: hei',
    '12.07.2017 - 22:35:22; Jan: hallo',
    '04-12-18 22:55:45 Hilde: dag',
    '45-45-2022 99:99 - niets',
    'Ana: ',
    ': ',
    '[',
    '02-05-2022 16:08 - ',
    '',
    '👍🏽 zonder kop',
  ],
  makeText: (bytes) => makeChatText({ seed: 7, bytes, phone: 'android' }),
});
