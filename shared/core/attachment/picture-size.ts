// Width and height of a picture from its header, before anybody unpacks it: 40 kB can stand for 10 gigapixels.

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Null: no header that we know. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (...signature: readonly number[]) => signature.every((byte, i) => bytes[i] === byte);
  try {
    if (starts(0x89, 0x50, 0x4e, 0x47)) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (starts(0x47, 0x49, 0x46)) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (starts(0x42, 0x4d)) return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
    if (starts(0xff, 0xd8)) return jpegSize(view);
    if (starts(0x52, 0x49, 0x46, 0x46)) return webpSize(view);
  } catch {
    return null;
  }
  return null;
}

/** Goes from marker to marker to the frame header (ITU-T T.81, B.2.2). */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webpSize(view: DataView): PictureSize | null {
  const kind = view.getUint32(12);
  const u24 = (at: number) => view.getUint8(at) + view.getUint8(at + 1) * 256 + view.getUint8(at + 2) * 65_536;
  if (kind === 0x56503858) return { width: u24(24) + 1, height: u24(27) + 1 };
  if (kind === 0x56503820) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind !== 0x5650384c) return null;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}
