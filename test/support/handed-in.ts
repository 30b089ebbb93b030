// Walks a file through the intake as a client does: register, send to the signed link, then what the door does at the object's arrival.
import { createHash } from 'node:crypto';
import type { Bundle, OwnRetention } from '#core/model/bundle.ts';
import { CaseId } from '#core/model/id.ts';
import { type IngestOutcome, ingestBundle } from '#flow/ingest-bundle.ts';
import { receiveUpload } from '#flow/receive-upload.ts';
import { registerBundle, type SiftOrder } from '#flow/register-bundle.ts';
import { makeServices, type Services } from '#runtime/services.ts';
import type { Engines } from './engines.ts';

export const employee = { subject: 'noor', role: 'employee', origin: 'test' } as const;
export const system = { subject: 'system', role: 'system', origin: 'test' } as const;

export interface Sent {
  readonly door: string;
  readonly message: Readonly<Record<string, string | number>>;
  readonly delaySeconds: number;
}

/** The composition root on the engines; what flows hand on is kept in `sent`. */
export function servicesOn(engines: Engines): Services & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const services = makeServices(engines.config, 'test');
  const silent = { info: () => undefined, warn: () => undefined, accident: () => undefined };
  const queue: Services['queue'] = {
    send: async (door, message, delaySeconds = 0) => {
      sent.push({ door, message, delaySeconds });
    },
  };
  return { ...services, queue, log: silent, sent };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface HandIn {
  readonly fileName: string;
  readonly bytes: Uint8Array | string;
  readonly caseIds?: readonly string[];
  readonly retention?: OwnRetention;
  readonly sift?: SiftOrder;
}

/** Registers and uploads; the bundle as registered. */
export async function handIn(services: Services, order: HandIn): Promise<Bundle> {
  const bytes = typeof order.bytes === 'string' ? Buffer.from(order.bytes) : order.bytes;
  const registered = await registerBundle(services, employee, {
    fileName: order.fileName,
    size: bytes.length,
    sha256: sha256Of(bytes),
    caseIds: (order.caseIds ?? []).map((id) => CaseId.parse(id)),
    retention: order.retention,
    sift: order.sift,
  });
  if (!registered.ok) throw new Error(registered.fault.code);
  const { bundle, upload } = registered.value;
  if (upload.kind !== 'single') throw new Error('too large for one upload');
  const answer = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: new Uint8Array(bytes) });
  if (!answer.ok) throw new Error(`upload: ${answer.status}`);
  return bundle;
}

/** What the door does when the object has come. */
export async function arrive(services: Services, bundleId: string): Promise<IngestOutcome | 'wait'> {
  if ((await receiveUpload(services, system, bundleId)) === 'wait') return 'wait';
  return ingestBundle(services, system, bundleId);
}

/** All of it: the head afterwards. */
export async function ingested(services: Services, order: HandIn): Promise<Bundle> {
  const { id } = await handIn(services, order);
  await arrive(services, id);
  const head = await services.bundles.get(id);
  if (head === null) throw new Error('the head is gone');
  return head;
}
