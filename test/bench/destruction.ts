// The nightly job with nothing due, and a bundle of 5,000 messages from `authorised` to `destroyed`, verified; requests counted at the clients.
import { destroyBundle } from '#flow/destroy-bundle.ts';
import { executeDestruction } from '#flow/execute-destruction.ts';
import { proposeDestruction } from '#flow/propose-destruction.ts';
import { startEngines } from '#test/support/engines.ts';
import { ingested } from '#test/support/handed-in.ts';
import { closedCase, confirmedList, havingCase, lifecycleOn, night, proposedList } from '#test/support/lifecycle.ts';
import { whatsAppText } from './corpus/dutch-chat.ts';

const messages = 5_000;
const bundles = 5;

export async function benchDestruction(): Promise<void> {
  const engines = await startEngines();
  try {
    const life = lifecycleOn(engines, '2026-11-24');
    const { house } = life;
    let requests = 0;
    const count =
      <T>(next: (args: T) => unknown) =>
      (args: T) => {
        requests++;
        return next(args);
      };
    house.dynamo.middlewareStack.add(count as never, { step: 'initialize' });
    house.s3.middlewareStack.add(count as never, { step: 'initialize' });
    const counted = async (work: () => Promise<unknown>) => {
      requests = 0;
      const start = performance.now();
      await work();
      return { ms: performance.now() - start, requests };
    };

    await house.settings.get();
    await proposeDestruction(house, night);
    const idle = await counted(() => proposeDestruction(house, night));
    const rest = await counted(() => executeDestruction(house, night));

    const taken: { ms: number; requests: number }[] = [];
    for (let n = 0; n < bundles; n++) {
      const caseId = await havingCase(house, closedCase('2015-03-01'));
      const bytes = Buffer.from([...whatsAppText({ seed: 100 + n, messages })].join(''));
      const bundle = await ingested(house, { fileName: `WhatsApp-chat met Wijkteam ${n}.txt`, bytes, caseIds: [caseId] });
      const list = await proposedList(house, bundle.id);
      const confirmed = await confirmedList(house, list.id);
      life.setToday(confirmed.executeFrom ?? '2026-12-31');
      await executeDestruction(house, night);
      taken.push(
        await counted(async () => {
          const outcome = await destroyBundle(house, night, list.id, bundle.id);
          if (outcome !== 'destroyed') throw new Error(`bench: ${outcome}`);
        }),
      );
    }
    const slowest = taken.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
    console.log(`nothing due         propose ${idle.requests} requests in ${idle.ms.toFixed(0)} ms; execute ${rest.requests} requests (goal: at most 5)`);
    console.log(
      `destroy, verified   ${messages} messages: slowest of ${bundles} ${slowest.ms.toFixed(0)} ms, ${slowest.requests} requests (goal: within 2,000 ms)`,
    );
  } finally {
    await engines.stop();
  }
}
