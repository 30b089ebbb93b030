// Cases from CSV: every line is an order or a Dutch sentence with its number; nothing is guessed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCaseCsv } from '#core/retention/read-case-csv.ts';
import { parseCsv } from '#core/text/csv.ts';

const head = 'zaaknummer;titel;status;afgehandeld op;selectielijst;waardering;bewaartermijn;afleidingswijze;begindatum';
const read = (...lines: string[]) => readCaseCsv([head, ...lines].join('\n'));
const orderOf = (line: string) => read(line).cases[0]?.order;
const badOf = (line: string) => read(line).bad;

describe('a line', () => {
  it('becomes a case', () => {
    expect(orderOf('ZAAK-1;"Bouw; ""zwembad""";afgehandeld;28-02-2026;6.1;;;;')).toEqual({
      id: 'ZAAK-1',
      title: 'Bouw; "zwembad"',
      state: 'closed',
      closedOn: '2026-02-28',
      selection: '6.1',
      nomination: null,
      period: null,
      derivation: { kind: 'afgehandeld' },
    });
  });

  it.each([
    ['Z-1;;;;;;;;', { state: 'open', closedOn: null, title: null }],
    ['Z-1;;;2026-02-28;6.2;;;;', { state: 'closed', closedOn: '2026-02-28' }],
    ['Z-1;;;9-2-2026;6.2;;;;', { closedOn: '2026-02-09' }],
    ['Z-1;;;28-02-2026;;Vernietigen;5 jaar;;', { nomination: 'destroy', period: 'P5Y' }],
    ['Z-1;;;28-02-2026;;vernietigen;p1y6m;;', { period: 'P1Y6M' }],
    ['Z-1;;;28-02-2026;;V;42 dagen;;', { period: 'P42D' }],
    ['Z-1;;;28-02-2026;;blijvend_bewaren;;;', { nomination: 'keep', period: null }],
    ['Z-1;;;28-02-2026;2.1;;;vervaldatum_besluit;01-05-2027', { derivation: { kind: 'vervaldatum_besluit', startDate: '2027-05-01' } }],
    ['Z-1', { id: 'Z-1', state: 'open' }],
  ])('%s', (line, wanted) => {
    expect(badOf(line)).toEqual([]);
    expect(orderOf(line)).toMatchObject(wanted);
  });

  it.each([
    [';titel;;;;;;;', 'zaaknummer ontbreekt'],
    ['Z 1;;;;;;;;', 'zaaknummer mag alleen'],
    ['Z-1;;;29-02-2026;6.1;;;;', 'geen dag die bestaat'],
    ['Z-1;;;02/28/2026;6.1;;;;', 'geen dag die bestaat'],
    ['Z-1;;misschien;;;;;;', 'status is niet duidelijk'],
    ['Z-1;;afgehandeld;;6.1;;;;', 'datum van afhandeling ontbreekt'],
    ['Z-1;;open;28-02-2026;6.1;;;;', 'is open, maar heeft'],
    ['Z-1;;;28-02-2026;zes;;;;', 'geen nummer zoals 6.1'],
    ['Z-1;;;28-02-2026;;weggooien;;;', 'waardering is niet duidelijk'],
    ['Z-1;;;28-02-2026;;vernietigen;lang;;', 'bewaartermijn is niet duidelijk'],
    ['Z-1;;;28-02-2026;;vernietigen;;;', 'hoort een bewaartermijn'],
    ['Z-1;;;28-02-2026;;;5 jaar;;', 'hoort alleen bij vernietigen'],
    ['Z-1;;;28-02-2026;6.1;vernietigen;5 jaar;;', 'geef of een nummer'],
    ['Z-1;;;28-02-2026;6.1;;;zomaar;', 'afleidingswijze bestaat niet'],
    ['Z-1;;;28-02-2026;6.1;;;;morgen', 'begindatum is geen dag'],
    ['Z-1;;;;;;;;;te veel', 'meer velden'],
  ])('%s is refused: %s', (line, message) => {
    expect(badOf(line)).toEqual([{ line: 2, message: expect.stringContaining(message) }]);
    expect(read(line).cases).toEqual([]);
  });
});

describe('a file', () => {
  it('keeps the line numbers of the file, over lines inside quotes and empty ones', () => {
    const found = read('Z-1;"een', 'titel";;;;;;;', '', 'Z 2;;;;;;;;', 'Z-3;;;;;;;;');
    expect(found.cases.map(({ line, order }) => [line, order.id])).toEqual([
      [2, 'Z-1'],
      [6, 'Z-3'],
    ]);
    expect(found.bad.map(({ line }) => line)).toEqual([5]);
  });

  it('names a number that comes twice', () => {
    expect(read('Z-1;;;;;;;;', 'Z-1;;;;;;;;').bad).toEqual([{ line: 3, message: 'dit zaaknummer staat ook op regel 2' }]);
  });

  it.each([
    ['', 1, 'leeg'],
    ['titel;status\nx;open', 1, 'ontbreekt de kolom zaaknummer'],
    ['zaaknummer;wachtwoord\nZ-1;x', 1, 'kolom die we niet kennen'],
    ['zaaknummer;zaak\nZ-1;Z-1', 1, 'kolom twee keer'],
    ['zaaknummer\nZ-1\n"Z-2', 3, 'niet eindigt'],
    ['zaaknummer;titel\nZ-1;caf\uFFFD', 1, 'UTF-8'],
  ])('%j is refused at line %i', (text, line, message) => {
    expect(readCaseCsv(text)).toEqual({ cases: [], bad: [{ line, message: expect.stringContaining(message) }] });
  });

  it.each([
    ['comma', 'zaaknummer,titel\r\nZ-1,"a, b"\r\n'],
    ['tab and a byte order mark', '\uFEFFzaaknummer\ttitel\nZ-1\ta, b'],
    ['old line ends', 'zaaknummer;titel\rZ-1;a, b\r'],
  ])('reads with %s', (_, text) => {
    expect(readCaseCsv(text).cases).toMatchObject([{ line: 2, order: { id: 'Z-1', title: 'a, b' } }]);
  });

  it('gives every field back that was put in', () => {
    const field = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\r', ' '));
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }), (rows) => {
        const filled = rows.map((fields) => ['x', ...fields]);
        const text = filled.map((fields) => fields.map((one) => `"${one.replaceAll('"', '""')}"`).join(';')).join('\n');
        const { rows: found, open } = parseCsv(text.includes('\uFEFF') ? text.replaceAll('\uFEFF', '') : text);
        expect(open).toBeNull();
        if (!/[,\t;\n]/.test(filled[0]?.join('') ?? ''))
          expect(found.map(({ fields }) => fields)).toEqual(filled.map((fields) => fields.map((one) => one.replaceAll('\uFEFF', ''))));
      }),
    );
  });
});
