// The shared reader suite over the messages of Threema's data backup.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { threemaReader } from '#core/parse/threema/threema-reader.ts';
import { describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/threema');
const header = '"uid","posted_at","type","isoutbox","body","identity"\n';
const row = (n: number) =>
  `"u${n}","${1_700_000_000_000 + n * 61_000}","TEXT","${n % 3 === 0 ? 1 : 0}","Bericht ""${n}"" 😀\nover zaak ${n % 40}","ABCD1234"\n`;

function* text(bytes: number): Generator<string> {
  yield header;
  let length = header.length;
  for (let n = 1; length < bytes; n++) {
    const one = row(n);
    length += one.length;
    yield one;
  }
}

const whole = readFileSync(join(folder, 'message_ABCD1234.csv'));
const broken = Buffer.from([...text(100_000)].join(''));
for (let i = 30_000; i < broken.length; i += 9001) if (broken[i] !== 34 && broken[i] !== 10 && broken[i] !== 44) broken[i] = 0xc3;

describeReader({
  reader: threemaReader,
  structured: true,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)), shortened: true })),
    { name: 'cut off within quotes', bytes: whole.subarray(0, whole.indexOf('pas vrijdag')) },
    { name: 'with semicolons and a byte order mark', bytes: Buffer.from(`\ufeff${header.replaceAll(',', ';')}"u1";"1711846799000";"TEXT";"0";"dag";"A"\n`) },
    { name: 'more than one window', bytes: Buffer.from([...text(300_000)].join('')) },
    { name: 'broken UTF-8', bytes: broken, broken: true },
  ],
  fragments: [header.trimEnd(), row(1).trimEnd(), row(3).trimEnd(), '"', '""', ',', 'u1,1711846799000,FILE,0,"[1,2]",A', '"u","x","BALLOT"', ''],
  makeText: text,
});
