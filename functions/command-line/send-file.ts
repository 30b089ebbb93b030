// One file into the archive: hash, announce, send whole or in parts, put together. Every step that succeeded is in the journal.
import { realpath } from 'node:fs/promises';
import * as z from 'zod';
import { Links, Registered, SeenBundle } from './answers.ts';
import { type Archive, Refused } from './archive.ts';
import { inLanes } from './in-lanes.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { LocalFile } from './local-files.ts';
import { FileChanged, type OpenFile, openFile, sha256Of } from './open-file.ts';

export interface SendOrder {
  readonly archive: Archive;
  readonly journal: Journal;
  readonly caseIds: readonly string[];
  readonly custodianId: string | undefined;
  /** Who hands in. */
  readonly subject: string;
  /** Waits until so many parts at most are under way, over all files. */
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>;
  /** The file in this run that has these bytes, or null: then it is this one. */
  readonly claim: (sha256: string, file: LocalFile) => LocalFile | null;
  readonly onHashed: (bytes: number) => void;
  readonly onSent: (bytes: number) => void;
}

export type SendOutcome =
  /** `earlier`: it had come in before this run. */
  | { readonly kind: 'sent'; readonly bundleId: string; readonly earlier: boolean }
  | { readonly kind: 'duplicate'; readonly bundleId: string; readonly bundle: SeenBundle | null }
  | { readonly kind: 'other-case'; readonly bundleId: string; readonly caseIds: readonly string[]; readonly custodianDiffers: boolean }
  | { readonly kind: 'same-as'; readonly file: LocalFile }
  | { readonly kind: 'empty' }
  | { readonly kind: 'changed' };

const Anything = z.unknown();

function bundleOf(archive: Archive, id: string): Promise<SeenBundle | null> {
  return archive.find(SeenBundle, `/v1/bundles/${id}`);
}

/** It lies with other cases, or in the name of somebody else, than was asked for now. */
function differs({ caseIds, custodianId }: SendOrder, bundle: SeenBundle) {
  const custodianDiffers = custodianId !== undefined && bundle.custodianId !== custodianId;
  const cases: readonly string[] = bundle.caseIds;
  if (!custodianDiffers && caseIds.every((id) => cases.includes(id))) return null;
  return { kind: 'other-case', bundleId: bundle.id, caseIds: cases, custodianDiffers } as const;
}

/** What the journal says, as far as the archive says so too. */
async function earlierTry({ archive, journal }: SendOrder, key: string): Promise<{ entry: JournalEntry; bundle: SeenBundle } | null> {
  const entry = await journal.read(key);
  if (entry === null) return null;
  const bundle = await bundleOf(archive, entry.bundleId);
  if (bundle !== null && bundle.state !== 'refused') return { entry, bundle };
  await journal.forget(key);
  return null;
}

async function announce(order: SendOrder, file: LocalFile, open: OpenFile, sha256: string): Promise<{ readonly bundle: SeenBundle; readonly mine: boolean }> {
  try {
    const { bundle } = await order.archive.post(Registered, '/v1/bundles', {
      fileName: file.name.toWellFormed(),
      size: open.size,
      sha256,
      caseIds: order.caseIds,
      partChecksums: true,
      ...(order.custodianId === undefined ? {} : { custodianId: order.custodianId }),
    });
    return { bundle, mine: true };
  } catch (error) {
    const earlier = error instanceof Refused && error.code === 'bundle.duplicate' ? error.problem?.bundleId : undefined;
    if (earlier === undefined) throw error;
    const bundle = await bundleOf(order.archive, earlier);
    if (bundle === null) throw new Duplicate(earlier, null);
    // Announced by us and never sent: a broken run without its journal, or an answer that was lost on the way.
    if (bundle.state === 'awaiting-upload' && bundle.uploader === order.subject) return { bundle, mine: false };
    throw new Duplicate(earlier, bundle);
  }
}

class Duplicate extends Error {
  override readonly name = 'Duplicate';
  readonly bundleId: string;
  readonly bundle: SeenBundle | null;
  constructor(bundleId: string, bundle: SeenBundle | null) {
    super('duplicate');
    this.bundleId = bundleId;
    this.bundle = bundle;
  }
}

/** A link for one part; the store refuses bytes with another hash. */
function linkFor({ archive }: SendOrder, bundleId: string, number: number, sha256: string | null) {
  return async () => {
    const { items } = await archive.post(Links, `/v1/bundles/${bundleId}/parts`, { numbers: [number], ...(sha256 === null ? {} : { sha256: [sha256] }) });
    const [link] = items;
    if (link === undefined) throw new Refused(200, 'answer.unreadable');
    return link;
  };
}

async function sendWhole(order: SendOrder, open: OpenFile, bundleId: string, sha256: string): Promise<void> {
  await order.inTurn(async () => {
    const bytes = await open.read(0, open.size);
    await open.expectSame();
    if (sha256Of(bytes) !== sha256) throw new FileChanged();
    const answer = await order.archive.put(linkFor(order, bundleId, 1, null), bytes);
    await answer.body?.cancel();
    // 412: it lies there already; the answer of an earlier try was lost.
    if (!answer.ok && answer.status !== 412) throw new Refused(answer.status, 'store.refused');
  });
  order.onSent(open.size);
}

interface PartsOrder {
  readonly key: string;
  readonly entry: JournalEntry;
  readonly partSize: number;
  readonly partCount: number;
}

async function sendParts(order: SendOrder, open: OpenFile, { key, entry, partSize, partCount }: PartsOrder): Promise<void> {
  const { archive, journal } = order;
  const { bundleId, sha256 } = entry;
  const parts = new Map(entry.parts.map(({ number, etag }) => [number, etag]));
  const sizeOf = (number: number) => Math.min(partSize, open.size - (number - 1) * partSize);
  for (const number of parts.keys()) order.onSent(sizeOf(number));
  const inOrder = () => [...parts].sort(([a], [b]) => a - b).map(([number, etag]) => ({ number, etag }));
  let writing = Promise.resolve();
  const note = () => {
    writing = writing.then(() => journal.write(key, { bundleId, sha256, sent: false, parts: inOrder() }));
    return writing;
  };
  const send = (number: number) =>
    order.inTurn(async () => {
      const bytes = await open.read((number - 1) * partSize, (number - 1) * partSize + sizeOf(number));
      const answer = await archive.put(linkFor(order, bundleId, number, sha256Of(bytes)), bytes);
      await answer.body?.cancel();
      if (!answer.ok) throw new Refused(answer.status, 'store.refused');
      parts.set(number, answer.headers.get('etag') ?? '');
      order.onSent(bytes.length);
      await note();
    });

  for (let round = 1; ; round++) {
    const waiting = Array.from({ length: partCount }, (_, at) => at + 1).filter((number) => !parts.has(number));
    await inLanes(waiting, 16, send);
    await open.expectSame();
    try {
      await archive.post(Anything, `/v1/bundles/${bundleId}/complete`, { parts: inOrder() });
      return;
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'upload.incomplete') || round === 3) throw error;
      // Parts that did not come in as we think they did go again.
      for (const { field } of error.problem?.errors ?? []) parts.delete(Number(/^parts\.(\d+)$/.exec(field ?? '')?.[1]));
    }
  }
}

async function sendOpen(order: SendOrder, file: LocalFile, open: OpenFile, lastTry: boolean): Promise<SendOutcome> {
  const { journal, archive } = order;
  if (open.size === 0) return { kind: 'empty' };
  const key = journal.keyOf(await realpath(file.path, 'utf8'), open.mark);
  const earlier = await earlierTry(order, key);
  let { entry, bundle } = earlier ?? { entry: null, bundle: null };
  if (entry === null || bundle === null) {
    const sha256 = await open.hash(order.onHashed, archive.signal);
    const same = order.claim(sha256, file);
    if (same !== null) return { kind: 'same-as', file: same };
    const announced = await announce(order, file, open, sha256);
    bundle = announced.bundle;
    entry = { bundleId: bundle.id, sha256, sent: false, parts: [] };
    const other = announced.mine ? null : differs(order, bundle);
    if (other !== null) return other;
    await journal.write(key, entry);
  } else {
    order.onHashed(open.size);
    const other = differs(order, bundle);
    if (other !== null) return other;
    const same = order.claim(entry.sha256, file);
    if (same !== null) return { kind: 'same-as', file: same };
    if (bundle.state !== 'awaiting-upload' || entry.sent) {
      order.onSent(open.size);
      await journal.write(key, { ...entry, sent: true });
      return { kind: 'sent', bundleId: bundle.id, earlier: true };
    }
  }
  try {
    if (bundle.upload === null) await sendWhole(order, open, bundle.id, entry.sha256);
    else await sendParts(order, open, { key, entry, partSize: bundle.upload.partSize, partCount: bundle.upload.partCount });
  } catch (error) {
    const code = error instanceof Refused ? error.code : null;
    if (code === 'upload.expired' && !lastTry) {
      await journal.forget(key);
      return sendOpen({ ...order, claim: () => null }, file, open, true);
    }
    // Somebody else with the same file was first to finish it.
    const now = code === 'bundle.wrong-state' ? await bundleOf(archive, bundle.id) : null;
    if (now === null || now.state === 'awaiting-upload' || now.state === 'refused') throw error;
  }
  await journal.write(key, { ...entry, sent: true, parts: [] });
  return { kind: 'sent', bundleId: bundle.id, earlier: false };
}

/** Throws Refused, Unreachable, or what the disk says. */
export async function sendFile(order: SendOrder, file: LocalFile): Promise<SendOutcome> {
  const open = await openFile(file.path);
  try {
    return await sendOpen(order, file, open, false);
  } catch (error) {
    if (error instanceof FileChanged) return { kind: 'changed' };
    if (!(error instanceof Duplicate)) throw error;
    const other = error.bundle === null ? null : differs(order, error.bundle);
    return other ?? { kind: 'duplicate', bundleId: error.bundleId, bundle: error.bundle };
  } finally {
    await open.close();
  }
}
