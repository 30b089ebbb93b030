// Key persons of the demo (own fiction): one behind, one nearly due, one on time, one who leaves.
export const demoCustodians = [
  { facts: { name: 'Femke Rozendal', function: 'wethouder wonen en ruimte', rhythm: 'P1M', from: '2026-01-01' } },
  { facts: { name: 'Theo van Ginneken', function: 'burgemeester', rhythm: 'P3M', from: '2026-09-01' } },
  { facts: { name: 'Noor Dijkgraaf', function: 'hoofd bestuurssecretariaat', subject: 'person-employee-5', rhythm: 'P1M', from: '2026-01-01' } },
  { facts: { name: 'Liesbeth Aarden', function: 'griffier', rhythm: 'P6M', from: '2026-07-01' }, leavingOn: '2026-12-31', done: ['told', 'exported'] },
] as const satisfies readonly {
  readonly facts: Readonly<Record<string, string>>;
  readonly leavingOn?: string;
  readonly done?: readonly string[];
}[];
