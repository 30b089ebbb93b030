// The shared reader suite over the messages of Threema's data backup.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { threemaReader } from '#core/parse/threema/threema-reader.ts';
import { threemaHeader, threemaRow } from '#test/fixtures/threema-rows.ts';
import { describeReader } from './reader-suite.ts';

const folder = join(import.meta.dirname, '../../fixtures/threema');
const row = (n: number) => threemaRow(n, `Bericht "${n}" 😀\nover zaak ${n % 40}`);

function* text(bytes: number): Generator<string> {
  yield threemaHeader;
  let length = threemaHeader.length;
  for (let n = 1; length < bytes; n++) {
    const one = row(n);
    length += one.length;
    yield one;
  }
}

const whole = readFileSync(join(folder, 'message_ABCD1234.csv'));

describeReader({
  reader: threemaReader,
  structured: true,
  examples: [
    ...readdirSync(folder)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)), shortened: true })),
    { name: 'cut off within quotes', bytes: whole.subarray(0, whole.indexOf('pas vrijdag')) },
    {
      name: 'with semicolons and a byte order mark',
      bytes: Buffer.from(`\ufeff${threemaHeader.replaceAll(',', ';')}"u1";"1711846799000";"TEXT";"0";"dag";"A"\n`),
    },
  ],
  fragments: [threemaHeader.trimEnd(), row(1).trimEnd(), row(3).trimEnd(), '"', '""', ',', 'u1,1711846799000,FILE,0,"[1,2]",A', '"u","x","BALLOT"', ''],
  makeText: text,
});
