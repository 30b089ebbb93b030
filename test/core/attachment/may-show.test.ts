// What is shown in place is a closed list; and pictures tell their size before anybody unpacks them.
import { fc, it } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { mayShow } from '#core/attachment/may-show.ts';
import { pictureSize } from '#core/attachment/picture-size.ts';
import { toBitmap } from '#core/attachment/to-bitmap.ts';

describe('in place', () => {
  test.each([
    ['image/png', 'image'],
    ['image/JPEG', 'image'],
    ['audio/ogg; codecs=opus', 'audio'],
    ['video/mp4', 'video'],
    ['image/svg+xml', null],
    ['text/html', null],
    ['application/xhtml+xml', null],
    ['application/pdf', null],
    ['application/javascript', null],
    ['application/vnd.ms-excel.sheet.macroenabled.12', null],
    ['image/png, text/html', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%s: %s', (mediaType, kind) => {
    expect(mayShow(mediaType)).toBe(kind);
  });

  it.prop([fc.string()])('nothing that is not named', (mediaType) => {
    if (mayShow(mediaType) !== null) expect(mediaType).toMatch(/^\s*(?:image|audio|video)\//i);
    else expect(mayShow(`${mediaType}/x`)).toBeNull();
  });
});

describe('the size of a picture', () => {
  const bytes = (...parts: readonly (string | readonly number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

  test.each([
    ['PNG', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 0x2c], [0, 0, 0, 0xc8]), { width: 300, height: 200 }],
    ['GIF', bytes('GIF89a', [0x2c, 1, 0xc8, 0]), { width: 300, height: 200 }],
    [
      'JPEG behind other markers',
      bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc2, 0, 17, 8, 0, 0xc8, 1, 0x2c], Array(9).fill(0)),
      { width: 300, height: 200 },
    ],
    ['WebP, lossy', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', Array(10).fill(0), [0x2c, 1, 0xc8, 0]), { width: 300, height: 200 }],
    ['WebP, lossless', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0, 0x2f], [0x2b, 0xc1, 0x31, 0]), { width: 300, height: 200 }],
    ['WebP, extended', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', Array(8).fill(0), [0x2b, 1, 0, 0xc7, 0, 0]), { width: 300, height: 200 }],
    ['something else', bytes('<svg width="300" height="200">'), null],
    ['a PNG that is cut off', bytes('\x89PNG\r\n\x1a\n'), null],
  ])('%s', (_name, picture, size) => {
    expect(pictureSize(picture)).toEqual(size);
  });

  it.prop([fc.uint8Array({ maxLength: 64 })])('is asked of garbage without harm', (garbage) => {
    const size = pictureSize(garbage);
    expect(size === null || size.width >= 0).toBe(true);
  });

  test.each([1, 3, 4] as const)('stays when pixels of %i channels become a bitmap', (channels) => {
    const data = new Uint8Array(5 * 3 * channels).map((_, i) => i);
    const bitmap = toBitmap({ data, width: 5, height: 3, channels });
    expect(pictureSize(bitmap)).toEqual({ width: 5, height: 3 });
    // The last row of pixels stands first, blue before red.
    const first = data.subarray(2 * 5 * channels);
    expect([...bitmap.subarray(54, 57)]).toEqual(channels === 1 ? [first[0], first[0], first[0]] : [first[2], first[1], first[0]]);
  });
});
