// What a later visit needs to go on with an upload, in IndexedDB. The file itself is not kept: the person picks it again.
import type { BundleAnswer } from '#contract/bundle.ts';

export interface UnfinishedUpload {
  /** Name, size and time of change: what a browser tells of a picked file. */
  readonly key: string;
  readonly bundleId: string;
  readonly sha256: string;
  /** Size and number of the parts; null: the file goes whole. */
  readonly upload: BundleAnswer['upload'];
  readonly parts: readonly { readonly number: number; readonly etag: string }[];
  readonly at: string;
}

const stores = ['uploads', 'sift-drafts'] as const;

export function fileKey(file: Pick<File, 'name' | 'size' | 'lastModified'>): string {
  return `${file.name}|${file.size}|${file.lastModified}`;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function inBase<T>(name: (typeof stores)[number], mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open('woordspoor', 2);
  opening.onupgradeneeded = () => {
    for (const store of stores) if (!opening.result.objectStoreNames.contains(store)) opening.result.createObjectStore(store, { keyPath: 'key' });
  };
  const base = await settled(opening);
  try {
    return await settled(act(base.transaction(name, mode).objectStore(name)));
  } finally {
    base.close();
  }
}

export async function keepUnfinished(upload: UnfinishedUpload): Promise<void> {
  await inBase('uploads', 'readwrite', (store) => store.put(upload));
}

export async function unfinishedFor(key: string): Promise<UnfinishedUpload | null> {
  return ((await inBase('uploads', 'readonly', (store) => store.get(key))) as UnfinishedUpload | undefined) ?? null;
}

export async function allUnfinished(): Promise<readonly UnfinishedUpload[]> {
  return (await inBase('uploads', 'readonly', (store) => store.getAll())) as readonly UnfinishedUpload[];
}

export async function forgetUnfinished(key: string): Promise<void> {
  await inBase('uploads', 'readwrite', (store) => store.delete(key));
}
