// Opens what lies in the vault of a bundle: its original, or one of its attachments, by range or by a link that lives for minutes.
import type { Bundle } from '#core/model/bundle.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { vaultKey } from '#store/table.ts';
import type { VaultStore } from '#store/vault.ts';

export interface NeedsFiles {
  readonly vault: Pick<VaultStore, 'head' | 'open' | 'presignGet'>;
  readonly index: Pick<IndexStore, 'getNames' | 'getAttachments'>;
}

export interface StoredFile {
  /** As the phone named it: for a header of the answer, never for an address or a log. */
  readonly name: string;
  readonly size: number;
  readonly mediaType: string | null;
  /** Bytes [from, to); null when it went away meanwhile. */
  readonly open: (from: number, to: number) => Promise<AsyncIterable<Uint8Array> | null>;
  readonly link: () => Promise<string>;
}

export async function openOriginal(needs: NeedsFiles, bundle: Pick<Bundle, 'id'>): Promise<Result<StoredFile>> {
  const names = await needs.index.getNames(bundle.id);
  return openKey(needs, vaultKey.original(bundle.id), names?.fileName ?? 'origineel', 'origineel', null);
}

export async function openAttachment(needs: NeedsFiles, bundle: Pick<Bundle, 'id'>, n: number): Promise<Result<StoredFile>> {
  const file = (await needs.index.getAttachments(bundle.id, [n])).get(n);
  if (file?.vaultKey === undefined) return no('not-found');
  return openKey(needs, file.vaultKey, file.name, `bijlage-${n}`, file.mediaType ?? null);
}

async function openKey(needs: NeedsFiles, key: string, name: string, neutralName: string, mediaType: string | null): Promise<Result<StoredFile>> {
  const head = await needs.vault.head(key);
  if (head === null) return no('not-found');
  return ok({
    name,
    size: head.size,
    mediaType: mediaType ?? head.mediaType,
    open: (from, to) => needs.vault.open(key, { from, to }),
    link: () => needs.vault.presignGet(key, neutralName),
  });
}
