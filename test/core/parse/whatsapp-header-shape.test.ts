// The fast road (bytes laid against the last header) finds exactly what the grammar finds, line by line.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { makeHeader, parseHeader } from '#core/parse/whatsapp/header.ts';
import { makeHeaderScanner } from '#core/parse/whatsapp/header-shape.ts';
import { makeLineCursor } from '#core/parse/whatsapp/line-cursor.ts';
import { readWindows } from '#core/parse/whatsapp/text-windows.ts';

async function* once(bytes: Uint8Array) {
  yield bytes;
}

const digit = fc.integer({ min: 0, max: 9 }).map(String);
const two = fc.tuple(digit, digit).map((pair) => pair.join(''));
const one = fc.oneof(two, digit);
const line = fc.oneof(
  fc.tuple(two, two, two, two).map(([d, m, h, min]) => `${d}-${m}-2022 ${h}:${min} - Ana: één`),
  fc.tuple(one, one, one, two, fc.constantFrom('AM', 'PM', '\u202fPM')).map(([d, m, h, min, half]) => `${d}/${m}/22, ${h}:${min} ${half} - Bo: 👍`),
  fc
    .tuple(two, two, two, two, two, fc.constantFrom('', '\u200e', '\ufeff'))
    .map(([d, m, h, min, s, mark]) => `${mark}[${d}-${m}-2022, ${h}:${min}:${s}] Ana: \u200ehallo`),
  fc.tuple(two, two, two, two, two).map(([d, m, h, min, s]) => `${h}:${min}:${s}, ${d}-${m}-2022 - Ana: dag`),
  fc.tuple(two, two, two, two, two).map(([d, m, h, min, s]) => `${d}-${m}-18 ${h}:${min}:${s} Ana: dag`),
  fc.tuple(two, two).map(([a, b]) => `${a} bomen en ${b} struiken`),
  fc.constantFrom('', '[', '02-05-2022', '02-05-2022 16:08 -', 'é 12'),
);

describe('headers by their shape', () => {
  property.prop([fc.array(line, { maxLength: 60 }), fc.constantFrom('\n', '\r\n')], { numRuns: 400 })('are those of the grammar', async (lines, end) => {
    const text = lines.join(end);
    const fast = makeHeader();
    const scanner = makeHeaderScanner(fast);
    const cursor = makeLineCursor();
    let seen = 0;
    for await (const window of readWindows(once(Buffer.from(text)), 'utf-8')) {
      cursor.open(window);
      while (cursor.next()) {
        const { scanFrom, scanEnd, from, end: to } = cursor;
        expect(window.text.slice(from, to)).toBe(text.split('\n')[seen++]);
        const full = makeHeader();
        const found = parseHeader(window.text, from, to, full);
        expect(scanner.read(window, scanFrom, scanEnd, from, to)).toBe(found);
        if (!found) expect(fast.misfit).toBe(full.misfit);
        else expect({ ...fast, padding: 0 }).toEqual({ ...full, padding: 0 });
        if (found && scanner.scanBody() >= 0)
          expect(Buffer.from(window.scan.subarray(scanner.scanBody(), scanEnd)).toString()).toBe(window.text.slice(full.body, to));
      }
    }
    expect(seen).toBe(text === '' ? 0 : text.endsWith('\n') ? lines.length - 1 : lines.length);
  });

  it('are not measured by one without a body, which may lack the last space', async () => {
    const text = '02-05-2022 16:08 -\n02-05-2022 16:09 - Ana: dag\n';
    const h = makeHeader();
    const scanner = makeHeaderScanner(h);
    const cursor = makeLineCursor();
    const bodies: string[] = [];
    for await (const window of readWindows(once(Buffer.from(text)), 'utf-8')) {
      cursor.open(window);
      while (cursor.next()) {
        expect(scanner.read(window, cursor.scanFrom, cursor.scanEnd, cursor.from, cursor.end)).toBe(true);
        bodies.push(window.text.slice(h.body, cursor.end));
      }
    }
    expect(bodies).toEqual(['', 'Ana: dag']);
  });

  it('read a new date only where it differs, and see when it cannot be', async () => {
    const text = '13-05-2022 16:08 - a\n13-05-2022 16:09 - a\n45-45-2022 16:09 - a\n14-05-2022 25:09 - a\n14-05-2022 16:10 - a\n';
    const h = makeHeader();
    const scanner = makeHeaderScanner(h);
    const cursor = makeLineCursor();
    const found: (string | null)[] = [];
    for await (const window of readWindows(once(Buffer.from(text)), 'utf-8')) {
      cursor.open(window);
      while (cursor.next())
        found.push(scanner.read(window, cursor.scanFrom, cursor.scanEnd, cursor.from, cursor.end) ? `${h.a}-${h.b} ${h.hour}:${h.minute}` : null);
    }
    expect(found).toEqual(['13-5 16:8', '13-5 16:9', null, null, '14-5 16:10']);
  });
});
