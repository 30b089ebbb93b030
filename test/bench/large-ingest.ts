// The process that reads one large bundle for large.ts: alone, so that its peak memory is that of the intake and nothing else.
import { ingestBundle } from '#flow/ingest-bundle.ts';
import { receiveUpload } from '#flow/receive-upload.ts';
import { servicesFromEnvironment } from '#runtime/services.ts';

const bundleId = process.argv[2] ?? '';
// Who reads the attachments' text comes after the intake and is not measured here.
const services = { ...servicesFromEnvironment('bench'), queue: { send: async () => undefined } };
const acting = { subject: 'bench', role: 'system', origin: 'bench' } as const;
const started = performance.now();
await receiveUpload(services, acting, bundleId);
const outcome = await ingestBundle(services, acting, bundleId);
const seconds = (performance.now() - started) / 1000;
const bundle = await services.bundles.get(bundleId);
const records = bundle?.counts?.records ?? 0;
const segments = (await services.index.listSegments(bundleId)).length;
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  `  ${outcome.kind}: ${records} records in ${bundle?.counts?.conversations ?? 0} conversations, ${segments} segments (${Math.round(records / seconds)}/s), ${bundle?.counts?.attachments.present ?? 0} attachments named, ` +
    `${((bundle?.size ?? 0) / seconds / 1e6).toFixed(0)} MB/s in ${seconds.toFixed(0)} s, peak ${megabytes} MB`,
);
process.exit(outcome.kind === 'indexed' ? 0 : 1);
