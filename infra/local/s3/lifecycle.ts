// Lifecycle rules: expiry of objects, of versions that are no longer current, and of uploads left unfinished. Locks are respected.
import type { BucketStore, LifecycleRule } from './bucket-store.ts';
import type { MultipartStore, Upload } from './multipart.ts';
import type { ObjectStore, Version } from './object-store.ts';
import type { S3Database } from './s3-database.ts';
import { S3Fault } from './s3-fault.ts';
import { childOf, childrenOf, textOf, type XmlElement, type XmlFields } from './xml.ts';

const day = 86_400_000;

function daysOf(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name);
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new S3Fault('InvalidArgument', `'${name}' for Expiration action must be a positive integer`);
  return Number(text);
}

export function lifecycleFromXml(root: XmlElement): readonly LifecycleRule[] {
  return childrenOf(root, 'Rule').map((rule): LifecycleRule => {
    const known = ['ID', 'Status', 'Prefix', 'Filter', 'Expiration', 'NoncurrentVersionExpiration', 'AbortIncompleteMultipartUpload'];
    const filter = childOf(rule, 'Filter');
    const strange = rule.children.find((child) => !known.includes(child.name)) ?? filter?.children.find((child) => child.name !== 'Prefix');
    if (strange !== undefined) throw new S3Fault('NotImplemented', `This engine does not carry out the lifecycle element ${strange.name}.`);
    const [id, expireDays] = [textOf(rule, 'ID'), daysOf(childOf(rule, 'Expiration'), 'Days')];
    const noncurrentDays = daysOf(childOf(rule, 'NoncurrentVersionExpiration'), 'NoncurrentDays');
    const abortUploadDays = daysOf(childOf(rule, 'AbortIncompleteMultipartUpload'), 'DaysAfterInitiation');
    if (expireDays === undefined && noncurrentDays === undefined && abortUploadDays === undefined) {
      throw new S3Fault('InvalidRequest', 'At least one action needs to be specified in a rule');
    }
    return {
      ...(id === undefined ? {} : { id }),
      enabled: textOf(rule, 'Status') === 'Enabled',
      prefix: textOf(filter, 'Prefix') ?? textOf(rule, 'Prefix') ?? '',
      ...(expireDays === undefined ? {} : { expireDays }),
      ...(noncurrentDays === undefined ? {} : { noncurrentDays }),
      ...(abortUploadDays === undefined ? {} : { abortUploadDays }),
    };
  });
}

export function lifecycleToXml(rules: readonly LifecycleRule[]): XmlFields {
  return {
    Rule: rules.map((rule) => ({
      ID: rule.id,
      Filter: { Prefix: rule.prefix },
      Status: rule.enabled ? 'Enabled' : 'Disabled',
      Expiration: rule.expireDays === undefined ? undefined : { Days: rule.expireDays },
      NoncurrentVersionExpiration: rule.noncurrentDays === undefined ? undefined : { NoncurrentDays: rule.noncurrentDays },
      AbortIncompleteMultipartUpload: rule.abortUploadDays === undefined ? undefined : { DaysAfterInitiation: rule.abortUploadDays },
    })),
  };
}

interface Stores {
  readonly db: S3Database;
  readonly buckets: BucketStore;
  readonly objects: ObjectStore;
  readonly multipart: MultipartStore;
  readonly epochMs: () => number;
}

/** Carries out all rules once. Gives the number of objects, versions and uploads that went. */
export async function applyLifecycle({ db, buckets, objects, multipart, epochMs }: Stores): Promise<number> {
  let gone = 0;
  const range = (rule: LifecycleRule) => [rule.prefix, `${rule.prefix}\u{10FFFF}`] as const;
  const drop = async (version: Version, id: string | undefined) => {
    try {
      await objects.remove(buckets.get(version.bucket), version.key, id, { bypassGovernance: false });
      gone += 1;
    } catch (error) {
      // A locked version outlives the rule; it goes when the lock has run out.
      if (!(error instanceof S3Fault && error.code === 'AccessDenied')) throw error;
    }
  };
  for (const bucket of buckets.list()) {
    for (const rule of bucket.lifecycle?.filter((one) => one.enabled) ?? []) {
      const [from, to] = range(rule);
      if (rule.expireDays !== undefined) {
        const due = db.all<Version>(
          'SELECT * FROM versions WHERE bucket = ? AND key >= ? AND key < ? AND latest = 1 AND marker = 0 AND modified <= ?',
          bucket.name,
          from,
          to,
          epochMs() - rule.expireDays * day,
        );
        for (const version of due) await drop(version, undefined);
      }
      if (rule.noncurrentDays !== undefined) {
        // Noncurrent since the version that came after it.
        const due = db.all<Version>(
          `SELECT v.* FROM versions v WHERE bucket = ? AND key >= ? AND key < ? AND latest = 0
           AND (SELECT min(n.modified) FROM versions n WHERE n.bucket = v.bucket AND n.key = v.key AND n.seq > v.seq) <= ?`,
          bucket.name,
          from,
          to,
          epochMs() - rule.noncurrentDays * day,
        );
        for (const version of due) await drop(version, version.version);
      }
      if (rule.abortUploadDays !== undefined) {
        const due = db.all<Upload>(
          'SELECT * FROM uploads WHERE bucket = ? AND key >= ? AND key < ? AND started <= ?',
          bucket.name,
          from,
          to,
          epochMs() - rule.abortUploadDays * day,
        );
        for (const upload of due) await multipart.abort(upload);
        gone += due.length;
      }
    }
  }
  return gone;
}
