// Puts the files that came along into the vault, a few at a time, and lists them in the index; then the original beside them.
import type { Bundle } from '#core/model/bundle.ts';
import { readEmbedded } from '#store/embedded-files.ts';
import type { FiledAttachmentFile } from '#store/index/conversation-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { InspectedFile } from '#store/inspect-upload.ts';
import type { IntakeStore } from '#store/intake.ts';
import type { Stream } from '#store/repack-zip.ts';
import type { VaultStore } from '#store/vault.ts';
import type { EmbeddedAttachment } from './read-conversations.ts';

export interface NeedsKeeping {
  readonly vault: Pick<VaultStore, 'putAttachment' | 'putInstead' | 'putOriginal'>;
  readonly intake: Pick<IntakeStore, 'where'>;
  readonly index: Pick<IndexStore, 'putAttachments'>;
}

export interface NumberedAttachment {
  /** From 1 within the bundle. */
  readonly n: number;
  /** Without folders. */
  readonly name: string;
  readonly file: InspectedFile;
}

/** Files in flight; each holds 8 MiB at most. */
const atOnce = 4;

export interface Keeping {
  readonly bundle: Bundle;
  readonly files: readonly NumberedAttachment[];
  readonly embedded: readonly EmbeddedAttachment[];
  /** The upload without the keys that stood in it; null: it is kept as it came. */
  readonly keyless: Stream | null;
  /** An earlier attempt has put this in place of the upload, which has gone since. */
  readonly there: Bundle['kept'] | null;
  readonly keep: () => Promise<void>;
}

/** What lies in the vault in place of the upload; null: the upload itself. */
export async function keepFiles(needs: NeedsKeeping, { bundle, files, embedded, keyless, there, keep }: Keeping): Promise<Bundle['kept'] | null> {
  const listed: FiledAttachmentFile[] = [];
  let next = 0;
  let failed = false;
  const lane = async () => {
    for (let one = files[next++]; one !== undefined && !failed; one = files[next++]) {
      await keep();
      const { n, name, file } = one;
      const mediaType = file.sniffed?.mediaType ?? null;
      const { size, sha256 } = file;
      const vaultKey = await needs.vault.putAttachment({ bundleId: bundle.id, n, size, sha256, mediaType, open: () => kept(file.open(), keep) });
      listed.push({ n, name, presence: 'present', size, sha256, vaultKey, ...(mediaType === null ? {} : { mediaType }) });
    }
  };
  const lanes = Array.from({ length: Math.min(atOnce, files.length) }, () =>
    lane().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  listed.push(...(await keepEmbedded(needs, bundle, embedded, keep)));
  await needs.index.putAttachments(
    bundle.id,
    listed.sort((a, b) => a.n - b.n),
  );
  await keep();
  if (there) return there;
  if (keyless === null) {
    await needs.vault.putOriginal(bundle.id, needs.intake.where(bundle.id), bundle.size, bundle.sha256);
    return null;
  }
  return { size: keyless.size, sha256: await needs.vault.putInstead(bundle.id, { size: keyless.size, open: () => kept(keyless.open(), keep) }) };
}

/** Files that stand as base64 in a chat file: that file is read once more, and they come by in its order. */
async function keepEmbedded(
  needs: NeedsKeeping,
  bundle: Bundle,
  embedded: readonly EmbeddedAttachment[],
  keep: () => Promise<void>,
): Promise<readonly FiledAttachmentFile[]> {
  const listed: FiledAttachmentFile[] = [];
  for (let at = 0; at < embedded.length; ) {
    const source = embedded[at]?.source;
    const ofFile = embedded.slice(at).filter((one) => one.source === source);
    at += ofFile.length;
    if (source === undefined) continue;
    const ranges = ofFile.map((one) => one.range);
    for await (const { place, size, sha256, sniffed, open } of readEmbedded(() => kept(source.open(), keep), ranges)) {
      await keep();
      const one = ofFile[place];
      if (one === undefined) throw new Error('ingest: an embedded file that nobody named');
      const mediaType = sniffed?.mediaType ?? null;
      const vaultKey = await needs.vault.putAttachment({ bundleId: bundle.id, n: one.n, size, sha256, mediaType, open });
      listed.push({ n: one.n, name: one.name, presence: 'present', size, sha256, vaultKey, ...(mediaType === null ? {} : { mediaType }) });
    }
  }
  return listed;
}

/** Long files keep the lease alive. */
async function* kept(stream: AsyncIterable<Uint8Array>, keep: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    await keep();
    yield chunk;
  }
}
