// What a later run needs to go on where a broken one stood: one small JSON file for each file that is handed in (decision 0020).
// It holds no name and no word of a chat: the file is known by the SHA-256 of archive, client, place and mark.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const version = 1;
const keptMs = 30 * 24 * 3600 * 1000;

const JournalEntry = z.object({
  version: z.literal(version),
  bundleId: z.string(),
  sha256: z.string(),
  /** Whether all bytes have gone out. */
  sent: z.boolean(),
  /** Of a large file: the parts that have gone out, with what the store answered. */
  parts: z.array(z.object({ number: z.int(), etag: z.string() })).readonly(),
});
export type JournalEntry = Omit<z.infer<typeof JournalEntry>, 'version'>;

export type Journal = Awaited<ReturnType<typeof openJournal>>;

/** Entries that nobody asked for in a month are taken away. */
export async function openJournal(folder: string, server: string, client: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const oldest = Date.now() - keptMs;
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const age = /^[0-9a-f]{64}\.json/.test(name) ? (await stat(file).catch(() => null))?.mtimeMs : undefined;
    if (age !== undefined && age < oldest) await rm(file, { force: true });
  }
  const placeOf = (key: string) => join(folder, `${key}.json`);

  return {
    keyOf: (path: string, mark: string): string => createHash('sha256').update([server, client, path, mark].join('\n')).digest('hex'),

    /** null: nothing is known, or it cannot be read. */
    read: async (key: string): Promise<JournalEntry | null> => {
      try {
        return JournalEntry.parse(JSON.parse(await readFile(placeOf(key), 'utf8')));
      } catch {
        return null;
      }
    },

    /** Whole or not at all, also when the machine stops in the middle. */
    write: async (key: string, entry: JournalEntry): Promise<void> => {
      const beside = `${placeOf(key)}.${process.pid}.new`;
      await writeFile(beside, JSON.stringify({ version, ...entry }), { mode: 0o600, flush: true });
      await rename(beside, placeOf(key));
    },

    forget: (key: string): Promise<void> => rm(placeOf(key), { force: true }),
  };
}
