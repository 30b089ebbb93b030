// Object Lock: whether a version may go, and how its lock may change (S3 user guide, "How S3 Object Lock works").
import type { Bucket, LockMode } from './bucket-store.ts';
import { S3Fault } from './s3-fault.ts';

export interface Lock {
  readonly lockMode: LockMode | null;
  readonly lockUntil: number | null;
  readonly legalHold: 0 | 1;
}

export const noLock: Lock = { lockMode: null, lockUntil: null, legalHold: 0 };

const refused = () => new S3Fault('AccessDenied', 'Access Denied because object protected by object lock.');

export function refuseLocked(version: Lock, bypassGovernance: boolean, nowMs: number): void {
  if (version.legalHold === 1) throw refused();
  if (version.lockMode === null || version.lockUntil === null || version.lockUntil <= nowMs) return;
  if (version.lockMode === 'GOVERNANCE' && bypassGovernance) return;
  throw refused();
}

/** A running retention may be lengthened; shortened or taken away only in governance mode with the bypass. */
export function refuseRetentionChange(version: Lock, to: Pick<Lock, 'lockMode' | 'lockUntil'>, bypassGovernance: boolean, nowMs: number): void {
  if (to.lockUntil !== null && to.lockUntil <= nowMs) throw new S3Fault('InvalidArgument', 'The retain until date must be in the future!');
  if (version.lockMode === null || version.lockUntil === null || version.lockUntil <= nowMs) return;
  const lengthened = to.lockUntil !== null && to.lockUntil >= version.lockUntil;
  const weakened = version.lockMode === 'COMPLIANCE' && to.lockMode !== 'COMPLIANCE';
  if (lengthened && !weakened && (to.lockMode === version.lockMode || bypassGovernance)) return;
  if (version.lockMode === 'GOVERNANCE' && bypassGovernance) return;
  throw refused();
}

export function asLockMode(text: string | undefined): LockMode {
  if (text !== 'GOVERNANCE' && text !== 'COMPLIANCE') throw new S3Fault('InvalidArgument', 'Unknown wormMode directive.');
  return text;
}

export function asLockDate(text: string | undefined): number {
  const at = Date.parse(text ?? '');
  if (!/^\d{4}-\d\d-\d\dT/.test(text ?? '') || Number.isNaN(at))
    throw new S3Fault('InvalidArgument', 'The retain until date must be provided in ISO 8601 format');
  return at;
}

function defaultLock(bucket: Bucket, nowMs: number): Lock {
  if (bucket.retention === null) return noLock;
  const until = new Date(nowMs);
  until.setUTCDate(until.getUTCDate() + (bucket.retention.days ?? 0));
  until.setUTCFullYear(until.getUTCFullYear() + (bucket.retention.years ?? 0));
  return { lockMode: bucket.retention.mode, lockUntil: until.getTime(), legalHold: 0 };
}

/** The lock a new version gets: its own headers, else the bucket's default. */
export function lockOfNewVersion(bucket: Bucket, header: (name: string) => string | undefined, nowMs: number): Lock {
  const [mode, until, hold] = [header('x-amz-object-lock-mode'), header('x-amz-object-lock-retain-until-date'), header('x-amz-object-lock-legal-hold')];
  if (mode === undefined && until === undefined && hold === undefined) return defaultLock(bucket, nowMs);
  if (!bucket.locked) throw new S3Fault('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') throw new S3Fault('InvalidArgument', 'Legal Hold must be either of "ON" or "OFF"');
  const base =
    mode === undefined && until === undefined
      ? defaultLock(bucket, nowMs)
      : { lockMode: asLockMode(mode), lockUntil: asLockDate(until), legalHold: 0 as const };
  if (base.lockUntil !== null && base.lockUntil <= nowMs) throw new S3Fault('InvalidArgument', 'The retain until date must be in the future!');
  return { ...base, legalHold: hold === 'ON' ? 1 : 0 };
}
