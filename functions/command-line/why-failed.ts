// Why something did not work: one sentence for a person, a code for a script.
import { Refused, SignInRefused, Unreachable } from './archive.ts';
import { text } from './text.nl.ts';

export interface Failed {
  readonly code: string;
  readonly sentence: string;
  /** It will go wrong for every file: the run ends. */
  readonly forAll: boolean;
  readonly onDisk: boolean;
}

/** null: something that nobody foresaw. */
export function whyFailed(error: unknown): Failed | null {
  const failed = (code: string, sentence: string, forAll: boolean, onDisk = false): Failed => ({ code, sentence, forAll, onDisk });
  if (error instanceof Unreachable) return failed(error.code, text.failed.unreachable(error.code), true);
  if (error instanceof SignInRefused) return failed('client.refused', text.failed.signIn, true);
  if (error instanceof Refused) {
    if (error.code === 'store.refused') return failed(error.code, text.failed.store(error.status), false);
    if (error.code === 'access.denied') return failed(error.code, text.failed.denied, true);
    const { problem } = error;
    if (problem === null) return failed(error.code, text.failed.unreadable, true);
    const places = (problem.errors ?? []).map(({ field, message }) => text.failed.place(field, message));
    return failed(error.code, [text.failed.refused(problem.title, problem.detail), ...places].join('\n'), error.status === 401);
  }
  const { code, syscall } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && typeof syscall === 'string' ? failed(code, text.failed.disk(code), false, true) : null;
}
