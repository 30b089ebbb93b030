// `woordspoor status`: how bundles stand, named or by case, state and uploader; one's own unless told otherwise.
import { Bundles, SeenBundle } from './answers.ts';
import { type Archive, address } from './archive.ts';
import type { StatusCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { text } from './text.nl.ts';

interface Asked {
  readonly id: string;
  readonly bundle: SeenBundle | null;
}

async function* bundlesAsked(archive: Archive, { bundleIds, caseId, state, uploader }: StatusCommand): AsyncGenerator<Asked> {
  for (const id of bundleIds) yield { id, bundle: await archive.find(SeenBundle, `/v1/bundles/${id}`) };
  if (bundleIds.length > 0) return;
  const whose = uploader ?? (caseId === undefined && state === undefined ? 'me' : undefined);
  for (let next: string | null | undefined; next !== null; ) {
    const page = await archive.get(Bundles, address('/v1/bundles', { caseId, state, uploader: whose, limit: 100, next }));
    for (const bundle of page.items) yield { id: bundle.id, bundle };
    next = page.next;
  }
}

export async function runStatus(command: StatusCommand, { archive, terminal }: { readonly archive: Archive; readonly terminal: Terminal }): Promise<number> {
  const states = new Map<string, number>();
  let absent = 0;
  for await (const { id, bundle } of bundlesAsked(archive, command)) {
    if (bundle === null) {
      absent++;
      terminal.say(command.json ? JSON.stringify({ id, state: null }) : text.status.absent(id));
      continue;
    }
    states.set(bundle.state, (states.get(bundle.state) ?? 0) + 1);
    terminal.say(command.json ? JSON.stringify(bundle) : text.status.line(bundle));
  }
  if (!command.json) terminal.say(text.status.summary(states, absent));
  return absent > 0 ? exitCodes.notAllWell : exitCodes.allWell;
}
