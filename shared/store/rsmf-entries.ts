// Envelopes (`.rsmf`) inside an archive: Relativity's tools write one for each day. Each is looked into and its files take its place, in a
// folder of its name. One envelope is held at a time; what is asked of another later is read again.
import { looksLikeRsmf } from '#core/intake/rsmf-envelope.ts';
import { zipLimits } from '#core/intake/zip-limits.ts';
import type { InspectedFile, Inspection } from './inspect-upload.ts';
import { fromBytes, type RandomAccess } from './random-access.ts';

/** A larger envelope is handed in by itself. */
const longestEnvelope = 64 * 2 ** 20;

type InspectEnvelope = (source: RandomAccess) => Promise<Inspection>;

/** Envelopes that are damaged or too large stay closed, as they are. */
export async function openEnvelopes(files: readonly InspectedFile[], inspect: InspectEnvelope): Promise<Inspection> {
  const opened: InspectedFile[] = [];
  let slot: { readonly file: InspectedFile; readonly inspection: Promise<Inspection> } | null = null;
  let total = 0;

  function inside(file: InspectedFile): Promise<Inspection> {
    if (slot?.file === file) return slot.inspection;
    const inspection = collect(file).then((bytes) => inspect(fromBytes(bytes)));
    slot = { file, inspection };
    return inspection;
  }

  async function* again(file: InspectedFile, index: number): AsyncGenerator<Uint8Array> {
    const inspection = await inside(file);
    const found = inspection.ok ? inspection.files[index] : undefined;
    if (found === undefined) throw new Error('rsmf: an entry that is there no more');
    yield* found.open();
  }

  for (const file of files) {
    const isEnvelope = file.size <= longestEnvelope && looksLikeRsmf(Buffer.from(file.head).toString('latin1'));
    const inspection = isEnvelope ? await inside(file) : null;
    if (inspection === null || !inspection.ok) {
      opened.push(file);
      continue;
    }
    total += inspection.files.reduce((sum, one) => sum + one.size, 0);
    if (total > zipLimits.totalBytes || opened.length + inspection.files.length > zipLimits.entries) return { ok: false, problem: { code: 'zip.too-large' } };
    opened.push(...inspection.files.map((one, index) => ({ ...one, name: `${file.name}/${one.name}`, open: () => again(file, index) })));
  }
  return { ok: true, container: 'zip', files: opened };
}

async function collect(file: InspectedFile): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of file.open()) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts);
}
