// One content, one text; two contents, two texts.
import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalItem, canonicalNumber, type StoredItem, type StoredValue } from '#core/audit/canonical-item.ts';

describe('an item', () => {
  it('is written by sorted keys, at every depth', () => {
    const item: StoredItem = { b: { N: '1' }, a: { M: { z: { BOOL: false }, y: { S: 'é"\n' }, x: { NULL: true } } }, c: { L: [{ N: '2' }, { S: '2' }] } };
    expect(canonicalItem(item)).toBe('{"a":{"x":null,"y":"é\\"\\n","z":false},"b":1,"c":[2,"2"]}');
    expect(canonicalItem(Object.fromEntries(Object.entries(item).reverse()))).toBe(canonicalItem(item));
  });

  it('tells kinds apart that look alike', () => {
    const values: StoredValue[] = [
      { S: '1' },
      { N: '1' },
      { S: 'true' },
      { BOOL: true },
      { S: 'null' },
      { NULL: true },
      { L: [{ S: '1' }] },
      { SS: ['1'] },
      { NS: ['1'] },
      { B: Uint8Array.of(1) },
      { BS: [Uint8Array.of(1)] },
      { S: 'b"01"' },
      { M: {} },
      { L: [] },
      { S: '' },
      { N: '0' },
    ];
    expect(new Set(values.map((a) => canonicalItem({ a }))).size).toBe(values.length);
  });

  it('does not mind the order of a set', () => {
    expect(canonicalItem({ a: { SS: ['y', 'x'] } })).toBe(canonicalItem({ a: { SS: ['x', 'y'] } }));
  });
});

describe('a number', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.0', '0'],
    ['1.50', '1.5'],
    ['15e-1', '1.5'],
    ['+0012', '12'],
    ['1E3', '1000'],
    ['-.05', '-0.05'],
    ['12345678901234567890123456789012345678', '1.2345678901234567890123456789012345678e37'],
    ['0.00000012', '1.2e-7'],
    ['twaalf', 'n"twaalf"'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalNumber(text)).toBe(canonical);
  });

  it('keeps what a float would lose', () => {
    expect(canonicalNumber('9007199254740993')).not.toBe(canonicalNumber('9007199254740992'));
  });

  test.prop([fc.double({ noNaN: true, noDefaultInfinity: true })])('of JavaScript is the one that was meant', (number) => {
    expect(Number(canonicalNumber(String(number)))).toBe(number === 0 ? 0 : number);
    expect(canonicalNumber(number.toExponential())).toBe(canonicalNumber(String(number)));
  });
});
