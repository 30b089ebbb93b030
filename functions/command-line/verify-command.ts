// `woordspoor verify`: is every file of this folder kept, byte for byte? And, for the auditor: does the log fit its seals?
import { createHash } from 'node:crypto';
import { AuditOutcome, Bundles, type SeenBundle } from './answers.ts';
import { type Archive, address } from './archive.ts';
import type { VerifyCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { type LocalFile, meetFiles } from './local-files.ts';
import { openFile } from './open-file.ts';
import type { Terminal } from './terminal.ts';
import { text } from './text.nl.ts';
import { whyFailed } from './why-failed.ts';

interface NeedsVerify {
  readonly archive: Archive;
  readonly terminal: Terminal;
}

type Verdict = 'kept' | 'not-read-yet' | 'other-case' | 'differs' | 'absent' | 'changed' | 'unreadable' | 'failed' | 'passed-over';

interface Found {
  readonly verdict: Verdict;
  readonly bundle: SeenBundle | null;
  readonly sha256: string | null;
  readonly why?: string;
}

async function hashOf(file: LocalFile, signal: AbortSignal): Promise<{ readonly sha256: string; readonly size: number }> {
  const open = await openFile(file.path);
  try {
    return { sha256: await open.hash(() => undefined, signal), size: open.size };
  } finally {
    await open.close();
  }
}

/** The file as the archive gives it back, hashed as it comes in. */
async function originalHash(archive: Archive, bundleId: string): Promise<string> {
  const response = await archive.open(`/v1/bundles/${bundleId}/original`);
  const hash = createHash('sha256');
  for await (const piece of response.body ?? []) hash.update(piece);
  return hash.digest('hex');
}

async function verifyFile(file: LocalFile, { caseIds, deep }: VerifyCommand, archive: Archive): Promise<Found> {
  const { sha256, size } = await hashOf(file, archive.signal);
  const { items } = await archive.get(Bundles, address('/v1/bundles', { sha256 }));
  const bundle = items.find((one) => one.sha256 === sha256) ?? null;
  if (bundle === null) return { verdict: 'absent', bundle, sha256 };
  if (bundle.state !== 'indexed') return { verdict: 'not-read-yet', bundle, sha256 };
  const cases: readonly string[] = bundle.caseIds;
  if (!caseIds.every((id) => cases.includes(id))) return { verdict: 'other-case', bundle, sha256 };
  const same = bundle.size === size && (!deep || (await originalHash(archive, bundle.id)) === (bundle.kept?.sha256 ?? sha256));
  return { verdict: same ? 'kept' : 'differs', bundle, sha256 };
}

async function verifyFiles(command: VerifyCommand, { archive, terminal }: NeedsVerify): Promise<boolean> {
  const counted = new Map<Verdict, number>();
  const tell = (file: string, { verdict, bundle, sha256, why }: Found) => {
    counted.set(verdict, (counted.get(verdict) ?? 0) + 1);
    const facts = { sha256, bundleId: bundle?.id ?? null, state: bundle?.state ?? null, caseIds: bundle?.caseIds ?? [], deep: command.deep };
    if (command.json) terminal.say(JSON.stringify({ type: 'file', file, verdict, ...facts }));
    else terminal.say(text.upload.line(file, why ?? text.verify.verdict(verdict, bundle, command.deep)));
  };
  const met = await meetFiles(command.paths);
  for (const [at, one] of met.entries()) {
    terminal.progress(text.verify.progress(at + 1, met.length));
    if (one.kind === 'passed-over') {
      tell(one.shown, { verdict: one.why === 'unreadable' ? 'unreadable' : 'passed-over', bundle: null, sha256: null, why: text.upload.passedOver[one.why] });
      continue;
    }
    try {
      tell(one.file.shown, await verifyFile(one.file, command, archive));
    } catch (error) {
      const why = whyFailed(error);
      if (archive.signal.aborted || why === null || why.forAll) throw error;
      tell(one.file.shown, { verdict: why.onDisk ? 'unreadable' : 'failed', bundle: null, sha256: null, why: why.sentence });
    }
  }
  terminal.progress(null);
  if (command.json) terminal.say(JSON.stringify({ type: 'summary', verdicts: Object.fromEntries(counted) }));
  else terminal.say(text.verify.summary(counted, command.deep));
  return [...counted].every(([verdict, n]) => n === 0 || verdict === 'kept' || verdict === 'passed-over');
}

/** The archive looks for as long as one request may take, and says from which day to go on. */
async function verifyAudit({ json }: VerifyCommand, { archive, terminal }: NeedsVerify): Promise<boolean> {
  let checked = 0;
  for (let from: string | null = null; ; ) {
    const part: AuditOutcome = await archive.post(AuditOutcome, '/v1/audit/_verify', from === null ? {} : { from });
    checked += part.checked;
    if (part.firstBreak === null && part.next !== null) {
      from = part.next;
      terminal.progress(text.verify.auditProgress(checked, from));
      continue;
    }
    terminal.progress(null);
    const { ok, firstBreak, sealedThrough, unsealed } = part;
    if (json) terminal.say(JSON.stringify({ type: 'audit', ok, checked, firstBreak, sealedThrough, unsealed }));
    else terminal.say(text.verify.audit({ ok, checked, firstBreak, sealedThrough, unsealed }));
    return ok;
  }
}

export async function runVerify(command: VerifyCommand, needs: NeedsVerify): Promise<number> {
  const files = command.paths.length === 0 ? true : await verifyFiles(command, needs);
  const audit = command.audit ? await verifyAudit(command, needs) : true;
  return files && audit ? exitCodes.allWell : exitCodes.notAllWell;
}
