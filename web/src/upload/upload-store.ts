// The upload that is under way. It lives outside the page: a look at another page does not stop it.
import { useSyncExternalStore } from 'react';
import { ApiProblem } from '../api/client.ts';
import { makeEstimate } from './estimate.ts';
import { type Registration, type SendPhase, sendFile } from './send-file.ts';

export type UploadState =
  | { readonly phase: 'idle' }
  | {
      readonly phase: SendPhase;
      readonly fileName: string;
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number | null;
      readonly hiccup: boolean;
    }
  | { readonly phase: 'arrived'; readonly bundleId: string }
  | { readonly phase: 'duplicate'; readonly bundleId: string }
  | { readonly phase: 'cancelled' }
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

export async function startUpload(file: File, registration: Registration): Promise<void> {
  stop?.abort();
  const controller = new AbortController();
  stop = controller;
  let estimate = makeEstimate();
  const update = (change: Partial<{ phase: SendPhase; done: number; hiccup: boolean; secondsLeft: number | null }>) => {
    if (stop !== controller) return;
    const before = 'done' in state ? state : { phase: 'hashing' as const, done: 0, secondsLeft: null, hiccup: false };
    set({ ...before, fileName: file.name, total: file.size, ...change });
  };
  set({ phase: 'hashing', fileName: file.name, done: 0, total: file.size, secondsLeft: null, hiccup: false });
  try {
    const bundleId = await sendFile({
      file,
      registration,
      signal: controller.signal,
      onPhase: (phase) => {
        estimate = makeEstimate();
        update({ phase, done: 0, secondsLeft: null });
      },
      onProgress: (done) => update({ done, hiccup: false, secondsLeft: estimate(done, file.size, performance.now()) }),
      onHiccup: () => update({ hiccup: true, secondsLeft: null }),
    });
    if (stop === controller) set({ phase: 'arrived', bundleId });
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
