// How values of the index become small: zstd, level 3 (some 200 MB/s; texts of chats shrink to a quarter).

import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Packing } from '#core/search/segment.ts';

const options = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

export const zstdPacking: Packing = {
  pack: (bytes) => zstdCompressSync(bytes, options),
  unpack: (bytes) => zstdDecompressSync(bytes),
  encode: (text) => Buffer.from(text, 'utf8'),
  decode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
};

export function bytesOf(value: AttributeValue | undefined): Uint8Array {
  return value?.B ?? new Uint8Array();
}

export function textOf(value: AttributeValue | undefined): string {
  return value?.S ?? '';
}

export function packJson(value: unknown): Uint8Array {
  return zstdPacking.pack(zstdPacking.encode(JSON.stringify(value)));
}

export function unpackJson<T>(value: AttributeValue | undefined): T {
  return JSON.parse(zstdPacking.decode(zstdPacking.unpack(bytesOf(value)))) as T;
}
