// Public exports lie outside the repository; the folder is named by an environment variable and its tests run only then.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const fixturesFolder: string | undefined = process.env['WOORDSPOOR_FIXTURES'];

export function readFixture(file: string): Uint8Array {
  if (fixturesFolder === undefined) throw new Error('WOORDSPOOR_FIXTURES is not set');
  return readFileSync(join(fixturesFolder, file));
}
