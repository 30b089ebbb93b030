// The upload that is under way. It lives outside the page: a look at another page does not stop it.
import { useSyncExternalStore } from 'react';
import { ApiProblem } from '../api/client.ts';
import { makeEstimate } from './estimate.ts';
import { fileKey } from './resume-store.ts';
import { type Registration, type SendPhase, sendFile } from './send-file.ts';
import type { SiftProblem } from './sift/cut-picked.ts';
import { keepDraft } from './sift/draft-store.ts';
import { type MakeSifted, siftFile } from './sift/sift-file.ts';

export type UploadState =
  | { readonly phase: 'idle' }
  | {
      readonly phase: SendPhase | 'sifting';
      readonly fileName: string;
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number | null;
      readonly hiccup: boolean;
    }
  | { readonly phase: 'arrived'; readonly bundleId: string }
  | { readonly phase: 'duplicate'; readonly bundleId: string }
  | { readonly phase: 'cancelled' }
  /** Nothing was sent: the file cannot be made without what was struck. */
  | { readonly phase: 'not-sifted'; readonly problem: SiftProblem }
  | { readonly phase: 'failed'; readonly error: unknown };

let state: UploadState = { phase: 'idle' };
let stop: AbortController | null = null;
const listeners = new Set<() => void>();

function set(next: UploadState): void {
  state = next;
  for (const listener of listeners) listener();
}

export function useUpload(): UploadState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** `sifting`: how the file that is sent is made of the picked one; null: it goes as it is. */
export async function startUpload(picked: File, registration: Registration, sifting: MakeSifted | null): Promise<void> {
  stop?.abort();
  const controller = new AbortController();
  stop = controller;
  let estimate = makeEstimate();
  const update = (change: Partial<{ phase: SendPhase | 'sifting'; done: number; hiccup: boolean; secondsLeft: number | null }>) => {
    if (stop !== controller) return;
    const before = 'done' in state ? state : { phase: 'hashing' as const, done: 0, secondsLeft: null, hiccup: false };
    set({ ...before, fileName: picked.name, total: file.size, ...change });
  };
  let file = picked;
  const tellProgress = (done: number) => update({ done, hiccup: false, secondsLeft: estimate(done, file.size, performance.now()) });
  set({ phase: sifting === null ? 'hashing' : 'sifting', fileName: picked.name, done: 0, total: picked.size, secondsLeft: null, hiccup: false });
  try {
    const sifted = sifting === null ? null : await siftFile(picked, sifting, tellProgress, controller.signal);
    if (sifted?.ok === false) {
      if (stop === controller) set({ phase: 'not-sifted', problem: sifted.problem });
      return;
    }
    if (sifted !== null) file = sifted.file;
    const bundleId = await sendFile({
      file,
      key: sifted?.key ?? fileKey(picked),
      ...(sifted?.sha256 === undefined ? {} : { sha256: sifted.sha256 }),
      registration: sifted === null ? registration : { ...registration, sift: sifted.sift },
      signal: controller.signal,
      onPhase: (phase) => {
        estimate = makeEstimate();
        update({ phase, done: 0, secondsLeft: null });
      },
      onProgress: tellProgress,
      onHiccup: () => update({ hiccup: true, secondsLeft: null }),
    });
    if (stop === controller) set({ phase: 'arrived', bundleId });
    if (sifting !== null) void keepDraft(fileKey(picked), null);
  } catch (error) {
    if (stop !== controller) return;
    const earlier = error instanceof ApiProblem && error.problem.code === 'bundle.duplicate' ? error.problem.bundleId : undefined;
    if (controller.signal.aborted) set({ phase: 'cancelled' });
    else set(earlier === undefined ? { phase: 'failed', error } : { phase: 'duplicate', bundleId: earlier });
  }
}

export function cancelUpload(): void {
  stop?.abort(new Error('stopped by the person'));
}

export function resetUpload(): void {
  stop = null;
  set({ phase: 'idle' });
}
