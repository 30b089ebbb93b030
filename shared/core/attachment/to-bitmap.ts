// Pixels as they come out of a document → a bitmap that any reader of pictures takes: 24 bits, bottom row first (BITMAPINFOHEADER).

export interface Pixels {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
  /** 1: grey · 3: red, green, blue · 4: and opacity, which is left out. */
  readonly channels: 1 | 3 | 4;
}

export function toBitmap({ data, width, height, channels }: Pixels): Uint8Array {
  const row = (width * 3 + 3) & ~3;
  const bytes = new Uint8Array(54 + row * height);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x424d);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  const green = channels === 1 ? 0 : 1;
  const blue = channels === 1 ? 0 : 2;
  for (let y = 0; y < height; y++) {
    let to = 54 + (height - 1 - y) * row;
    let from = y * width * channels;
    for (let x = 0; x < width; x++, from += channels) {
      bytes[to++] = data[from + blue] ?? 0;
      bytes[to++] = data[from + green] ?? 0;
      bytes[to++] = data[from] ?? 0;
    }
  }
  return bytes;
}
