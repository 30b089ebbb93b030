// Ranges and names of downloads (RFC 9110 section 14, RFC 6266).
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { StoredFile } from '#flow/open-file.ts';
import { disposition, download, rangeOf } from '#functions/api/download.ts';

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

describe('what could run', () => {
  const file = (mediaType: string | null): StoredFile => ({
    name: 'bijlage',
    size: 3,
    mediaType,
    open: async () =>
      (async function* () {
        yield Buffer.from('abc');
      })(),
    link: async () => 'https://archief.example/',
  });
  const headersOf = async (mediaType: string | null, inPlace: boolean) => {
    const answer = await download(file(mediaType), undefined, null, inPlace);
    if (!answer.ok) throw new Error(answer.fault.code);
    return Object.fromEntries(answer.value.headers);
  };

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript', 'application/pdf', 'application/xml', null])(
    '%s is a download without a type, also when it is asked for in place',
    async (mediaType) => {
      for (const inPlace of [false, true]) {
        expect(await headersOf(mediaType, inPlace)).toMatchObject({
          'content-type': 'application/octet-stream',
          'content-disposition': expect.stringMatching(/^attachment; /),
          'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
        });
      }
    },
  );

  it.each(['image/png', 'audio/ogg; codecs=opus', 'video/mp4'])('%s is shown in place only when asked', async (mediaType) => {
    expect((await headersOf(mediaType, true))['content-disposition']).toMatch(/^inline; /);
    expect((await headersOf(mediaType, false))['content-disposition']).toMatch(/^attachment; /);
    expect((await headersOf(mediaType, true))['content-security-policy']).toMatch(/^sandbox; /);
  });
});
