// `woordspoor status`: how bundles stand, named or by case, state and uploader; one's own unless told otherwise.
import { Bundles, SeenBundle } from './answers.ts';
import { type Archive, address, Refused } from './archive.ts';
import type { StatusCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { text } from './text.nl.ts';

async function* bundlesAsked(
  archive: Archive,
  { bundleIds, caseId, state, uploader }: StatusCommand,
): AsyncGenerator<SeenBundle | { readonly absent: string }> {
  for (const id of bundleIds) {
    try {
      yield await archive.get(SeenBundle, `/v1/bundles/${id}`);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) throw error;
      yield { absent: id };
    }
  }
  if (bundleIds.length > 0) return;
  const whose = uploader ?? (caseId === undefined && state === undefined ? 'me' : undefined);
  for (let next: string | null | undefined; next !== null; ) {
    const page = await archive.get(Bundles, address('/v1/bundles', { caseId, state, uploader: whose, limit: 100, next }));
    yield* page.items;
    next = page.next;
  }
}

export async function runStatus(command: StatusCommand, { archive, terminal }: { readonly archive: Archive; readonly terminal: Terminal }): Promise<number> {
  const states = new Map<string, number>();
  let absent = 0;
  for await (const bundle of bundlesAsked(archive, command)) {
    if ('absent' in bundle && typeof bundle.absent === 'string') {
      absent++;
      terminal.say(command.json ? JSON.stringify({ id: bundle.absent, state: null }) : text.status.absent(bundle.absent));
      continue;
    }
    const seen = bundle as SeenBundle;
    states.set(seen.state, (states.get(seen.state) ?? 0) + 1);
    terminal.say(command.json ? JSON.stringify(seen) : text.status.line(seen));
  }
  if (!command.json) terminal.say(text.status.summary(states, absent));
  return absent > 0 ? exitCodes.notAllWell : exitCodes.allWell;
}
