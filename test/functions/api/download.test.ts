// Ranges and names of downloads (RFC 9110 section 14, RFC 6266).
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { disposition, rangeOf } from '#functions/api/download.ts';

describe('a range', () => {
  it.each([
    [undefined, 'whole'],
    ['bytes=0-99', { from: 0, to: 10 }],
    ['bytes=3-3', { from: 3, to: 4 }],
    ['bytes=3-', { from: 3, to: 10 }],
    ['bytes=-3', { from: 7, to: 10 }],
    ['bytes=-30', { from: 0, to: 10 }],
    ['bytes=-0', 'not-satisfiable'],
    ['bytes=10-', 'not-satisfiable'],
    ['bytes=5-3', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,3-4', 'whole'],
    ['lines=0-1', 'whole'],
    ['bytes=a-b', 'whole'],
  ] as const)('%s of ten bytes is %j', (header, expected) => {
    expect(rangeOf(header, 10)).toEqual(expected);
  });

  it('of an empty file cannot be', () => {
    expect([rangeOf('bytes=0-', 0), rangeOf('bytes=-5', 0)]).toEqual(['not-satisfiable', 'not-satisfiable']);
  });

  test.prop([fc.string(), fc.nat(1000)])('never leaves the file: %s', (text, size) => {
    const range = rangeOf(`bytes=${text}`, size);
    expect(typeof range === 'string' || (range.from >= 0 && range.from < range.to && range.to <= size)).toBe(true);
  });
});

describe('the name of a download', () => {
  it('keeps letters, accents and emoji', () => {
    expect(disposition('WhatsApp-chat met Zoë 👍.zip')).toBe(
      'attachment; filename="WhatsApp-chat met Zo_ __.zip"; filename*=UTF-8\'\'WhatsApp-chat%20met%20Zo%C3%AB%20%F0%9F%91%8D.zip',
    );
  });

  test.prop([fc.string({ unit: 'binary' })])('never breaks out of its header', (name) => {
    const value = disposition(name);
    expect(value).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[A-Za-z0-9%._~!*-]*$/);
    expect(() => new Headers({ 'content-disposition': value })).not.toThrow();
  });
});
