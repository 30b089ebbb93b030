// Whose chats a bundle holds, by the register of key people: the person named on its head, else whose account handed it in.
import type { BundleSight } from './search-cache.ts';

export interface KeyPerson {
  readonly id: string;
  readonly name: string;
  readonly subject: string | null;
}

export interface People {
  /** Null: nobody's in the register. A person who left the register is nobody. */
  readonly custodianOf: (sight: Pick<BundleSight, 'uploader' | 'custodianId'>) => string | null;
  readonly nameOf: (id: string) => string | null;
  /** The person that a label in a chat names in full. */
  readonly personOf: (label: string) => string | null;
}

export function makePeople(register: readonly KeyPerson[]): People {
  const names = new Map(register.map(({ id, name }) => [id, name]));
  const byName = new Map(register.map(({ id, name }) => [name.trim().toLowerCase(), id]));
  const bySubject = new Map(register.flatMap(({ id, subject }) => (subject === null ? [] : [[subject, id] as const])));
  return {
    custodianOf: ({ uploader, custodianId }) =>
      custodianId !== undefined && custodianId !== null && names.has(custodianId) ? custodianId : (bySubject.get(uploader) ?? null),
    nameOf: (id) => names.get(id) ?? null,
    personOf: (label) => byName.get(label.trim().toLowerCase()) ?? null,
  };
}
