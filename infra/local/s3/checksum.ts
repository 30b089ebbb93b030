// Checksums an object can carry (S3 "Checking object integrity"). CRC results are big endian, base64.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { createCRC32, createCRC64 } from 'hash-wasm';

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';

export interface RunningChecksum {
  readonly update: (chunk: Uint8Array) => void;
  readonly digest: () => Buffer;
}

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

export function asChecksumAlgorithm(text: string | undefined): ChecksumAlgorithm | undefined {
  return checksumAlgorithms.find((algorithm) => algorithm === text?.toUpperCase());
}

export async function startChecksum(algorithm: ChecksumAlgorithm): Promise<RunningChecksum> {
  if (algorithm === 'CRC32') {
    let value = 0;
    return {
      update: (chunk) => {
        value = crc32(chunk, value);
      },
      digest: () => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32BE(value);
        return bytes;
      },
    };
  }
  if (algorithm === 'SHA1' || algorithm === 'SHA256') {
    const hash = createHash(algorithm.toLowerCase());
    return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() };
  }
  const hasher = algorithm === 'CRC32C' ? await createCRC32(0x82f63b78) : await createCRC64('9a6c9329ac4bc9b5');
  hasher.init();
  return { update: (chunk) => void hasher.update(chunk), digest: () => Buffer.from(hasher.digest('binary')) };
}

export async function checksumOf(algorithm: ChecksumAlgorithm, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const running = await startChecksum(algorithm);
  for await (const chunk of chunks) running.update(chunk);
  return running.digest().toString('base64');
}
