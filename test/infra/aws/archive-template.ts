// The archive with the settings of the tests, synthesised once for a test file, and the ways in which its template is read.
import { expect } from 'vitest';
import { type Door, doors as manifest } from '#infra/manifest.ts';
import { synthArchive } from './synth-archive.ts';

export const doors: readonly Door[] = manifest;
export const archive = synthArchive();
export const logicalId = (type: string, start: string): string => {
  const found = archive.ofType(type).filter(([id]) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id));
  expect(found, `${type} ${start}`).toHaveLength(1);
  return found[0]?.[0] ?? '';
};
export const properties = (id: string) => archive.resources[id]?.Properties;
export const text = (value: unknown) => JSON.stringify(value);
export const doorsWith = (...grants: readonly string[]) => doors.filter((door) => door.grants.some((grant) => grants.includes(grant))).map(({ name }) => name);
