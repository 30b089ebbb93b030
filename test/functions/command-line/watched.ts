// Preloaded into the program under test: writes down every PUT of bytes, and lets something happen at a chosen moment. The program knows nothing of it.
import { appendFileSync } from 'node:fs';

export interface Watch {
  /** File that gets a line for each PUT that was answered: its part number, or `whole`. */
  readonly log: string;
  /** At the beginning of this PUT (from 1) the process gets this signal. */
  readonly signalAtPut?: readonly [number, NodeJS.Signals];
  /** This file grows while the program announces it. */
  readonly growAtAnnouncement?: string;
}

const watch = JSON.parse(process.env['WATCH'] ?? '{}') as Watch;
const send = globalThis.fetch;
let puts = 0;

globalThis.fetch = async (input, init) => {
  const url = new URL(String(input));
  if (init?.method === 'POST' && url.pathname === '/v1/bundles' && watch.growAtAnnouncement !== undefined)
    appendFileSync(watch.growAtAnnouncement, 'nog een regel\n');
  if (init?.method !== 'PUT') return send(input, init);
  puts++;
  if (watch.signalAtPut?.[0] === puts) {
    process.kill(process.pid, watch.signalAtPut[1]);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const answer = await send(input, init);
  appendFileSync(watch.log, `${url.searchParams.get('partNumber') ?? 'whole'} ${answer.status}\n`);
  return answer;
};
