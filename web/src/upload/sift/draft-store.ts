// What a person struck of a file that was not sent yet, in IndexedDB beside the unfinished uploads: ordinals and reasons, no words.
import { inBase } from '../resume-store.ts';
import type { SiftDraft } from './sift-choice.ts';

export async function draftFor(key: string): Promise<SiftDraft | null> {
  const kept = (await inBase('sift-drafts', 'readonly', (store) => store.get(key))) as { readonly draft: SiftDraft } | undefined;
  return kept?.draft ?? null;
}

/** Null: there is nothing to remember. */
export async function keepDraft(key: string, draft: SiftDraft | null): Promise<void> {
  await inBase('sift-drafts', 'readwrite', (store) => (draft === null ? store.delete(key) : (store.put({ key, draft }) as IDBRequest)));
}
