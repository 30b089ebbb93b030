// Child process: imports one bundle as Lambda does and hands it events, one a message. Started by bundle-process.ts.
import { pathToFileURL } from 'node:url';

const file = process.argv[2] ?? '';
const started = performance.now();
const loaded = (await import(pathToFileURL(file).href)) as { readonly handler: (event: unknown, context: unknown) => Promise<unknown> };
process.send?.({ ready: performance.now() - started });

process.on('message', (message: { readonly id: number; readonly event: unknown }) => {
  const context = { awsRequestId: String(message.id), functionName: 'bundle', getRemainingTimeInMillis: () => 60_000 };
  loaded.handler(message.event, context).then(
    (value) => process.send?.({ id: message.id, value }),
    (error: unknown) => process.send?.({ id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
