// Chance for ids, from the machine.
import { randomBytes } from 'node:crypto';
import { type IdOf, type IdPrefix, makeId } from '#core/model/id.ts';

export interface Ids {
  readonly make: <P extends IdPrefix>(prefix: P) => IdOf[P];
}

export function makeIds(epochMs: () => number = Date.now): Ids {
  return { make: (prefix) => makeId(prefix, epochMs(), randomBytes(10)) };
}
