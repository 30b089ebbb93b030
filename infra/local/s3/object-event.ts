// `s3:ObjectCreated:*` records in the shape AWS hands them out, kept in the object's own transaction until they are delivered.
import { randomBytes } from 'node:crypto';
import type { Version } from './object-store.ts';
import type { S3Database } from './s3-database.ts';
import { encodeStrict } from './signature.ts';

export type CreatedBy = 'Put' | 'Post' | 'Copy' | 'CompleteMultipartUpload';

interface S3EventRecord {
  readonly eventVersion: '2.1';
  readonly eventSource: 'aws:s3';
  readonly awsRegion: string;
  readonly eventTime: string;
  readonly eventName: `ObjectCreated:${CreatedBy}`;
  readonly userIdentity: { readonly principalId: string };
  readonly requestParameters: { readonly sourceIPAddress: string };
  readonly responseElements: { readonly 'x-amz-request-id': string; readonly 'x-amz-id-2': string };
  readonly s3: {
    readonly s3SchemaVersion: '1.0';
    readonly configurationId: string;
    readonly bucket: { readonly name: string; readonly ownerIdentity: { readonly principalId: string }; readonly arn: string };
    /** `key` is form-encoded: a space is a plus. */
    readonly object: { readonly key: string; readonly size: number; readonly eTag: string; readonly versionId?: string; readonly sequencer: string };
  };
}

export interface S3Notification {
  readonly Records: readonly S3EventRecord[];
}

export function toNotification(
  version: Version,
  by: CreatedBy,
  origin: { readonly region: string; readonly requestId: string; readonly address: string },
): S3Notification {
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: origin.region,
        eventTime: new Date(version.modified).toISOString(),
        eventName: `ObjectCreated:${by}`,
        userIdentity: { principalId: 'woordspoor' },
        requestParameters: { sourceIPAddress: origin.address },
        responseElements: { 'x-amz-request-id': origin.requestId, 'x-amz-id-2': randomBytes(16).toString('base64') },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'object-created',
          bucket: { name: version.bucket, ownerIdentity: { principalId: 'woordspoor' }, arn: `arn:aws:s3:::${version.bucket}` },
          object: {
            key: encodeStrict(version.key).replaceAll('%2F', '/').replaceAll('%20', '+'),
            size: version.size,
            eTag: version.etag,
            ...(version.version === 'null' ? {} : { versionId: version.version }),
            sequencer: version.seq.toString(16).toUpperCase().padStart(18, '0'),
          },
        },
      },
    ],
  };
}

export interface EventOutbox {
  /** Inside the transaction that stores the object. */
  readonly add: (notification: S3Notification) => void;
  /** Hands out what waits, oldest first; what fails stays and is tried again. */
  readonly deliver: () => void;
  readonly stop: () => Promise<void>;
}

export function makeEventOutbox(db: S3Database, handOver: (notification: S3Notification) => Promise<void> | void): EventOutbox {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    do {
      again = false;
      for (;;) {
        const next = db.one<{ id: number; body: string }>('SELECT id, body FROM events ORDER BY id LIMIT 1');
        if (next === undefined || stopped) break;
        await handOver(JSON.parse(next.body) as S3Notification);
        db.run('DELETE FROM events WHERE id = ?', next.id);
        failures = 0;
      }
    } while (again && !stopped);
  };
  const deliver = () => {
    again = true;
    if (running !== undefined || stopped) return;
    running = round()
      .catch(() => {
        failures += 1;
        timer = setTimeout(deliver, Math.min(100 * 2 ** failures, 30_000));
        timer.unref();
      })
      .finally(() => {
        running = undefined;
      });
  };
  return {
    add: (notification) => {
      db.run('INSERT INTO events (body) VALUES (?)', JSON.stringify(notification));
    },
    deliver,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
