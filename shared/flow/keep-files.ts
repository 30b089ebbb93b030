// Puts the files that came along into the vault, a few at a time, and lists them in the index; then the original beside them.
import type { Bundle } from '#core/model/bundle.ts';
import type { FiledAttachmentFile } from '#store/index/conversation-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import type { InspectedFile } from '#store/inspect-upload.ts';
import type { IntakeStore } from '#store/intake.ts';
import type { VaultStore } from '#store/vault.ts';

export interface NeedsKeeping {
  readonly vault: Pick<VaultStore, 'putAttachment' | 'putOriginal'>;
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

export async function keepFiles(needs: NeedsKeeping, bundle: Bundle, files: readonly NumberedAttachment[], keep: () => Promise<void>): Promise<void> {
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
  await needs.index.putAttachments(
    bundle.id,
    listed.sort((a, b) => a.n - b.n),
  );
  await keep();
  await needs.vault.putOriginal(bundle.id, needs.intake.where(bundle.id), bundle.size, bundle.sha256);
}

/** Long files keep the lease alive. */
async function* kept(stream: AsyncIterable<Uint8Array>, keep: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    await keep();
    yield chunk;
  }
}
