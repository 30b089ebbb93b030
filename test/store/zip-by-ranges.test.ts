// Zips as phones and file managers write them, and zips as nobody should: FORMATS 1.1.1 and 5, PITFALLS "Parsing and intake".
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProblemCode } from '#core/model/bundle.ts';
import { cached, fromBytes, type RandomAccess, streamRange } from '#store/random-access.ts';
import { sweepZip } from '#store/sweep-zip.ts';
import { openEntry, openZip, ZipRefused } from '#store/zip-by-ranges.ts';
import { type CraftedEntry, craftZip, deflatedZeros } from '#test/fixtures/zip/craft-zip.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

async function refusal(work: () => Promise<unknown>): Promise<ProblemCode | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ZipRefused) return error.problem.code;
    throw error;
  }
}

/** Opens, and sweeps when it opens: the code of the first refusal, or null when all is sound. */
async function judge(bytes: Uint8Array): Promise<ProblemCode | null> {
  return refusal(async () => {
    const sweep = await sweepZip(await openZip(fromBytes(bytes)), look);
    if (sweep.problem !== null) throw new ZipRefused(sweep.problem);
  });
}

/** The first word of an entry. */
const look = async (_entry: unknown, head: Uint8Array) => Buffer.from(head).toString().split(' ')[0];

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** An archive of nothing but names, which exists only where it is read. */
function directoryOfNames(count: number, nameBytes: number): { readonly source: RandomAccess; readonly read: () => number } {
  const entry = Buffer.alloc(46 + nameBytes, 'a');
  entry.fill(0, 0, 46).writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(nameBytes, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(count * entry.length, 12);
  const directory = count * entry.length;
  let given = 0;
  const read = async (from: number, to: number) => {
    given += to - from;
    return Uint8Array.from({ length: to - from }, (_, i) => (from + i < directory ? entry[(from + i) % entry.length] : end[from + i - directory]) ?? 0);
  };
  return { source: { size: directory + end.length, read }, read: () => given };
}

const chat: CraftedEntry = { name: '_chat.txt', data: '[02-05-2022 16:08:13] Sanne: hoi\r\n', deflate: true };

describe('sound archives', () => {
  test('gives names, sizes and contents, plain and deflated', async () => {
    const zip = await openZip(fromBytes(craftZip({ entries: [chat, { name: 'map/', data: '' }, { name: 'map/a.jpg', data: 'plaatje' }] })));
    expect(zip.entries.map((entry) => [entry.name, entry.isFolder, entry.size])).toEqual([
      ['_chat.txt', false, 34],
      ['map/', true, 0],
      ['map/a.jpg', false, 7],
    ]);
    expect((await bytesOf(openEntry(zip, zip.entries[0]!))).toString()).toBe(chat.data);
    expect((await bytesOf(openEntry(zip, zip.entries[2]!))).toString()).toBe('plaatje');
  });

  test('sweeps once and knows the hash of the whole and of each entry', async () => {
    const bytes = craftZip({ entries: [chat, { name: 'a.jpg', data: 'plaatje' }], prefix: Buffer.from('voorop') });
    const sweep = await sweepZip(await openZip(fromBytes(bytes)), look);
    expect(sweep.problem).toBeNull();
    expect(sweep.sha256).toBe(sha256(bytes));
    expect(sweep.entries.map((swept) => swept.sha256)).toEqual([sha256(Buffer.from(String(chat.data))), sha256(Buffer.from('plaatje'))]);
    expect(sweep.entries.map((swept) => swept.seen)).toEqual(['[02-05-2022', 'plaatje']);
  });

  test.each([
    ['UTF-8 with its mark', { name: 'WhatsApp-chat met Noor 👩‍🌾.txt', utf8: true }, 'WhatsApp-chat met Noor 👩‍🌾.txt'],
    ['UTF-8 without its mark, as macOS writes it', { name: 'Café Zoë.txt' }, 'Café Zoë.txt'],
    ['code page 437', { name: new Uint8Array([0x43, 0x61, 0x66, 0x82, 0x2e, 0x74, 0x78, 0x74]) }, 'Café.txt'],
    ['plain ASCII', { name: '_chat.txt' }, '_chat.txt'],
  ])('reads a name in %s', async (_case, entry, name) => {
    const zip = await openZip(fromBytes(craftZip({ entries: [{ data: 'x', ...entry }] })));
    expect(zip.entries[0]?.name).toBe(name);
    expect(zip.entries[0]?.cleaned).toBe(false);
  });

  test('turns the backslashes of old Windows tools into slashes and says so', async () => {
    const zip = await openZip(fromBytes(craftZip({ entries: [{ name: 'map\\foto.jpg', data: 'x' }] })));
    expect(zip.entries[0]).toMatchObject({ name: 'map/foto.jpg', cleaned: true });
  });

  test('reads zip64 fields', async () => {
    const bytes = craftZip({ entries: [{ ...chat, zip64: true }] });
    const zip = await openZip(fromBytes(bytes));
    expect((await bytesOf(openEntry(zip, zip.entries[0]!))).toString()).toBe(chat.data);
    expect(await judge(bytes)).toBeNull();
  });

  test('opens an archive without entries', async () => {
    expect((await openZip(fromBytes(craftZip({ entries: [] })))).entries).toEqual([]);
  });

  test('asks for few ranges, however many entries there are', async () => {
    const bytes = craftZip({ entries: Array.from({ length: 3000 }, (_, i) => ({ name: `IMG-${i}.jpg`, data: `foto ${i}` })) });
    let asked = 0;
    const counting: RandomAccess = {
      size: bytes.length,
      read: async (from, to) => {
        asked++;
        return bytes.subarray(from, to);
      },
    };
    expect((await openZip(counting)).entries).toHaveLength(3000);
    expect(asked).toBeLessThanOrEqual(3);
  });

  test('does not call a failing bucket a damaged archive', async () => {
    const broken: RandomAccess = { size: 1000, read: () => Promise.reject(new Error('unreachable')) };
    await expect(openZip(broken)).rejects.toThrow('zip: bytes could not be read');
  });
});

describe('refused archives', () => {
  const zeros = deflatedZeros(64 * 2 ** 20);
  test.each<[string, Uint8Array, ProblemCode]>([
    ['no zip at all', Buffer.from('PK\x03\x04 maar dan niet'), 'zip.damaged'],
    ['one byte', new Uint8Array([80]), 'zip.damaged'],
    ['a path that climbs', craftZip({ entries: [{ name: '../../etc/passwd', data: 'x' }] }), 'zip.hostile-name'],
    ['a path that climbs by backslashes', craftZip({ entries: [{ name: 'map\\..\\..\\x', data: 'x' }] }), 'zip.hostile-name'],
    ['an absolute path', craftZip({ entries: [{ name: '/etc/passwd', data: 'x' }] }), 'zip.hostile-name'],
    ['a drive letter', craftZip({ entries: [{ name: 'C:\\chat.txt', data: 'x' }] }), 'zip.hostile-name'],
    ['a name longer than any disk takes', craftZip({ entries: [{ name: `${'map/'.repeat(300)}chat.txt`, data: 'x' }] }), 'zip.hostile-name'],
    ['a name with NUL', craftZip({ entries: [{ name: 'a\u0000b', data: 'x', utf8: true }] }), 'zip.hostile-name'],
    [
      'a password',
      craftZip({ entries: [chat, { name: 'a', data: 'x', encrypted: true, claimedStoredSize: 13, storedBytes: Buffer.alloc(13) }] }),
      'zip.encrypted',
    ],
    ['strong encryption', craftZip({ entries: [{ name: 'a', data: 'x', strongEncryption: true }] }), 'zip.encrypted'],
    ['a compression we do not read', craftZip({ entries: [{ name: 'a', data: 'xx', method: 12 }] }), 'zip.method-not-read'],
    ['a ratio that is claimed openly', craftZip({ entries: [{ name: 'a', storedBytes: zeros, method: 8, claimedSize: 64 * 2 ** 20 }] }), 'zip.ratio'],
    [
      'a ratio hidden behind a small claim',
      craftZip({ entries: [{ name: 'a', storedBytes: zeros, method: 8, claimedSize: 100 * zeros.length }] }),
      'zip.damaged',
    ],
    ['more bytes than claimed', craftZip({ entries: [{ name: 'a', data: 'abcdef', deflate: true, claimedSize: 3 }] }), 'zip.damaged'],
    ['fewer bytes than claimed', craftZip({ entries: [{ name: 'a', data: 'abcdef', deflate: true, claimedSize: 30 }] }), 'zip.damaged'],
    ['stored sizes that differ', craftZip({ entries: [{ name: 'a', data: 'abcdef', claimedSize: 3 }] }), 'zip.damaged'],
    ['another CRC', craftZip({ entries: [{ name: 'a', data: 'abcdef', claimedCrc: 1 }] }), 'zip.damaged'],
    [
      'a claim above what one entry may be',
      craftZip({ entries: [{ name: 'a', storedBytes: zeros, method: 8, claimedSize: 6 * 2 ** 30, zip64: true }] }),
      'zip.too-large',
    ],
    [
      'overlapping entries that share one header',
      craftZip({
        entries: [
          { name: 'a', data: 'x'.repeat(100) },
          { name: 'b', data: 'x'.repeat(100), headerOf: 0 },
        ],
      }),
      'zip.damaged',
    ],
    ['more entries than we take', craftZip({ entries: Array.from({ length: 20_001 }, (_, i) => ({ name: `${i}` })) }), 'zip.too-many-entries'],
    ['entries that the count leaves out', craftZip({ entries: [chat, { name: 'b', data: 'x' }], claimedCount: 1 }), 'zip.damaged'],
    ['a local header that is none', craftZip({ entries: [{ name: 'a', data: 'x', localSignature: 0x11223344 }] }), 'zip.damaged'],
    ['deflate that is garbage', craftZip({ entries: [{ name: 'a', storedBytes: Buffer.from('geen deflate!'), method: 8, claimedSize: 10 }] }), 'zip.damaged'],
    ['an entry that runs past the directory', craftZip({ entries: [{ name: 'a', data: 'xyz', deflate: true, claimedStoredSize: 500 }] }), 'zip.damaged'],
  ])('%s', async (_case, bytes, code) => {
    expect(await judge(bytes)).toBe(code);
  });

  test('in all when the claims together pass the total', async () => {
    const entries = Array.from({ length: 5 }, (_, i) => ({ name: `${i}`, storedBytes: Buffer.alloc(1000), method: 8, claimedSize: 150_000 }));
    const limits = { entries: 10, totalBytes: 700_000, entryBytes: 200_000, ratio: 200, ratioFromBytes: 2 ** 20 };
    expect(await refusal(() => openZip(fromBytes(craftZip({ entries })), limits))).toBe('zip.too-large');
  });

  test('cut off at any byte', async () => {
    const bytes = craftZip({ entries: [chat, { name: 'a.jpg', data: 'plaatje' }] });
    const kept: number[] = [];
    for (let length = 0; length < bytes.length; length++) if ((await judge(bytes.subarray(0, length))) !== 'zip.damaged') kept.push(length);
    expect(kept).toEqual([]);
  });

  test('still tells the hash of the whole, so that a broken upload is not taken for a bad archive', async () => {
    const bytes = craftZip({ entries: [{ name: 'a', data: 'abcdef', deflate: true, claimedSize: 3 }, chat, { name: 'b', data: 'y'.repeat(5000) }] });
    const sweep = await sweepZip(await openZip(fromBytes(bytes)), look);
    expect(sweep.problem?.code).toBe('zip.damaged');
    expect(sweep.sha256).toBe(sha256(bytes));
  });

  test('a bomb gives no byte beyond its claim', async () => {
    const claimed = 90 * 2 ** 20;
    const zip = await openZip(fromBytes(craftZip({ entries: [{ name: 'a', storedBytes: deflatedZeros(512 * 2 ** 20), method: 8, claimedSize: claimed }] })));
    let given = 0;
    let largest = 0;
    const code = await refusal(async () => {
      for (const entry of zip.entries)
        for await (const chunk of openEntry(zip, entry)) {
          given += chunk.length;
          largest = Math.max(largest, chunk.length);
        }
    });
    expect(code).toBe('zip.damaged');
    expect(given).toBeLessThanOrEqual(claimed);
    expect(largest).toBeLessThanOrEqual(2 ** 16);
  });

  test('a directory of 20,000 endless names is left at the first of them', async () => {
    const { source, read } = directoryOfNames(20_000, 60_000);
    expect(source.size).toBeGreaterThan(2 ** 30);
    expect(await refusal(() => openZip(source))).toBe('zip.hostile-name');
    expect(read()).toBeLessThan(4 * 2 ** 20);
  });

  test('a bomb in a bomb is never opened: an archive inside is a file like any other', async () => {
    const inner = craftZip({ entries: [{ name: 'b', storedBytes: deflatedZeros(64 * 2 ** 20), method: 8, claimedSize: 100 }] });
    const outer = craftZip({ entries: [chat, { name: 'binnen.zip', data: inner }] });
    const sweep = await sweepZip(await openZip(fromBytes(outer)), look);
    expect(sweep.problem).toBeNull();
    expect(sweep.entries.map(({ entry }) => entry.size)).toEqual([chat.data?.length, inner.length]);
  });

  test('a bomb is stopped with flat memory', async () => {
    const bomb = craftZip({ entries: [{ name: 'a', storedBytes: deflatedZeros(512 * 2 ** 20), method: 8, claimedSize: 90 * 2 ** 20 }] });
    const before = process.memoryUsage().rss;
    expect(await judge(bomb)).toBe('zip.damaged');
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
  });

  test('never fails in another way, whatever bytes are changed', async () => {
    const sound = craftZip({ entries: [chat, { name: 'a.jpg', data: 'plaatje' }, { ...chat, name: 'b', zip64: true }] });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 }), async (changes) => {
        const bytes = Uint8Array.from(sound);
        for (const [at, value] of changes) bytes[at] = value;
        const code = await judge(bytes);
        expect(code === null || code.startsWith('zip.')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('ranges', () => {
  test('stream in order whatever the block size, and through the cache', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.nat(300),
        async (bytes, block, cacheBlock, at) => {
          const from = Math.min(at, bytes.length);
          const got = await bytesOf(streamRange(cached(fromBytes(bytes), cacheBlock, 2), from, bytes.length, block));
          expect(Buffer.compare(got, Buffer.from(bytes.subarray(from)))).toBe(0);
        },
      ),
    );
  });

  test('refuse to go on when fewer bytes come than asked', async () => {
    await expect(bytesOf(streamRange({ size: 10, read: async () => new Uint8Array(3) }, 0, 10))).rejects.toThrow('fewer bytes');
  });
});

describe.runIf(fixturesFolder !== undefined)('public archives', () => {
  test.each(['unicode', 'streaming', 'directories', 'windows-7-zip'])('opens %s', async (name) => {
    expect(await judge(readFixture(`zip/success/${name}.zip`))).toBeNull();
  });

  test.each([
    ['whatsapp/nl-android-group-zip/WhatsApp-chat met Test export.zip', 6],
    ['whatsapp/zip-with-macosx/whatsapp_chat.zip', 2],
  ])('opens %s', async (file, entries) => {
    const zip = await openZip(fromBytes(readFixture(file)));
    expect(zip.entries).toHaveLength(entries);
    expect(await judge(readFixture(file))).toBeNull();
  });
});
