// The shared reader suite over tables: separated values and JSON, in the encodings and with the faults that they come with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvReader, jsonReader } from '#core/parse/generic/generic-readers.ts';
import { csvRow, csvText, jsonRow, jsonText } from '#test/fixtures/table-rows.ts';
import { describeReader } from './reader-suite.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/generic', name));
const table = [...csvText(3000)].join('');
const chat = fixture('chat.json');

describeReader({
  reader: csvReader,
  structured: true,
  examples: [
    { name: 'berichten.csv', bytes: fixture('berichten.csv'), encoding: 'windows-1252' },
    { name: 'UTF-16', bytes: Buffer.from(`\ufeff${table}`, 'utf16le'), encoding: 'utf-16le' },
    {
      name: 'byte order mark and a quoted first field',
      bytes: Buffer.from(`\ufeff"Tijd","Van","Tekst"\n"2024-03-04 10:05","Ana","hoi"\n"2024-03-04 10:06","Bo","x"`),
    },
    { name: 'sep=', bytes: Buffer.from(`sep=|\r\nTijd|Van|Tekst\r\n2024-03-04 10:05|Ana|a;b\r\n2024-03-04 10:06|Bo|c;d\r\n`) },
    { name: 'a quote that is never closed', bytes: Buffer.from(`${table}04-03-2024 10:05;Ana;"open\r\n${csvRow(5, 'dicht')}\r\nlaatste`) },
    { name: 'a row too long to hold', bytes: Buffer.from(`${table}04-03-2024 10:05;Ana;${'woord '.repeat(100_000)}\r\n${csvRow(5, 'na')}\r\n`) },
  ],
  fragments: [
    'Tijd;Van;Tekst',
    csvRow(1, 'hallo'),
    csvRow(2, 'twee\nregels'),
    '"',
    '""',
    ';',
    ',',
    '\t',
    'sep=;',
    '04-03-2024;10:05;"open',
    'x"y;z',
    '2024-03-04T10:05:00Z,Ana,hoi',
    '',
  ],
  makeText: csvText,
});

describeReader({
  reader: jsonReader,
  structured: true,
  examples: [
    { name: 'chat.json', bytes: chat },
    { name: 'cut off in a message', bytes: chat.subarray(0, chat.indexOf('Zie foto')) },
    { name: 'items that are none', bytes: Buffer.from(`{"messages": [1, ${jsonRow(1, 'ja')}, {kapot}, [], "x", {"a": {"b": {"c": {"d": {"e": 1}}}}}]}`) },
    { name: 'two lists under one key', bytes: Buffer.from(`[{"name":"A","messages":[${jsonRow(1, 'a')}]},{"name":"B","messages":[${jsonRow(2, 'b')}]}]`) },
  ],
  fragments: ['{"messages": [', ']}', jsonRow(3, 'hallo'), '[', ']', '{', '}', '"', '\\', '{"a":[{"b":1}]}', 'null', ''],
  joints: ['\n', ',\n', ',', ' '],
  makeText: jsonText,
});
