// An S3 engine on a folder that is thrown away, and the client to try it with.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { type S3Engine, type S3Options, startS3 } from '#infra/local/s3/start-s3.ts';

export const s3Credentials = { accessKeyId: 'woordspoor-test', secretAccessKey: 'not-a-secret' };

export interface TriedEngine {
  readonly engine: S3Engine;
  readonly s3: S3Client;
  readonly folder: string;
  readonly client: (settings: S3ClientConfig) => S3Client;
  /** Names of the files that hold bytes of objects or parts, or are about to. */
  readonly files: () => Promise<readonly string[]>;
  readonly restart: (options?: Partial<S3Options>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function tryS3(options: Partial<S3Options> = {}): Promise<TriedEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'woordspoor-s3-'));
  const clients: S3Client[] = [];
  const start = (more: Partial<S3Options> = {}) =>
    startS3({ folder, credentials: s3Credentials, durable: false, onAccident: (error) => console.error(error), ...options, ...more });
  let engine = await start();
  const client = (settings: S3ClientConfig) => {
    const made = new S3Client({
      region: 'eu-central-1',
      endpoint: engine.endpoint,
      forcePathStyle: true,
      credentials: s3Credentials,
      maxAttempts: 1,
      ...settings,
    });
    clients.push(made);
    return made;
  };
  const port = Number(new URL(engine.endpoint).port);
  let s3 = client({});
  return {
    get engine() {
      return engine;
    },
    get s3() {
      return s3;
    },
    folder,
    client,
    files: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((one) => one.isFile() && !one.name.startsWith('s3.sqlite'))
        .map((one) => one.name),
    restart: async (more) => {
      await engine.stop();
      engine = await start({ port, ...more });
      // Connections that the old engine closed are not to be used again.
      s3.destroy();
      s3 = client({});
    },
    stop: async () => {
      for (const one of clients) one.destroy();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
