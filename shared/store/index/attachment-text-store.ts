// What became of each attachment when its text was read, and where that text stands. One item a file, in the bundle's own key range.
import type { UnreadReason } from '#core/attachment/read-outcome.ts';
import { indexKey } from '../table.ts';
import { type BatchTable, deleteAll, getAll, putAll, toKey } from './batch.ts';
import { packJson, unpackJson } from './packing.ts';

export interface FiledAttachmentText {
  readonly file: number;
  /** `read`, `silent` (sound and moving pictures: nobody looked), or why there is no text. */
  readonly outcome: 'read' | 'silent' | UnreadReason;
  /** Its pages on the shelf: first ordinal and how many. Absent: none. */
  readonly pages?: { readonly n: number; readonly first: number; readonly count: number };
}

export function makeAttachmentTextStore(batch: BatchTable) {
  async function putAttachmentTexts(bundleId: string, texts: readonly FiledAttachmentText[]): Promise<void> {
    const byFile = new Map(texts.map((text) => [text.file, text]));
    await putAll(
      batch,
      [...byFile.values()].map((text) => ({ ...toKey(indexKey.attachmentText(bundleId, text.file)), v: { B: packJson(text) } })),
    );
  }

  async function getAttachmentText(bundleId: string, file: number): Promise<FiledAttachmentText | null> {
    const [item] = await getAll(batch, [indexKey.attachmentText(bundleId, file)]);
    return item === undefined ? null : unpackJson<FiledAttachmentText>(item['v']);
  }

  async function deleteAttachmentTexts(bundleId: string, files: readonly number[]): Promise<void> {
    await deleteAll(
      batch,
      [...new Set(files)].map((file) => indexKey.attachmentText(bundleId, file)),
    );
  }

  return { putAttachmentTexts, getAttachmentText, deleteAttachmentTexts };
}
