// `npm run conformance:s3 -- <tool>`: starts the embedded S3 engine on an empty folder and lets a conformance tool try it. Its exit code is ours.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startS3 } from '#infra/local/s3/start-s3.ts';

const tool = process.argv[2];
if (tool === undefined) {
  console.error('usage: npm run conformance:s3 -- <tool>');
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'woordspoor-s3-'));
const engine = await startS3({ folder, region: 'us-east-1', credentials: { accessKeyId: 'conformance', secretAccessKey: 'conformance' } });
const child = spawn(process.execPath, [tool, engine.endpoint, 'conformance', 'conformance'], { stdio: 'inherit' });
const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
await engine.stop();
await rm(folder, { recursive: true, force: true });
process.exit(code);
