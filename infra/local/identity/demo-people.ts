// The people of the demo (own fiction): municipality of Waterhoek, and one client of scripts for each of them.
import type { Role } from '#core/model/role.ts';

export interface DemoPerson {
  /** Also the end of the client's name: `demo-<id>`. A script acts as the person. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** What the person does, in Dutch, for the sign-in page. */
  readonly work: string;
}

export const demoPeople: readonly DemoPerson[] = [
  { id: 'employee', name: 'Samira Bakkali', role: 'employee', work: 'Wijkteam Noord' },
  { id: 'employee-2', name: 'Joost van der Meulen', role: 'employee', work: 'Beheer openbare ruimte' },
  { id: 'employee-3', name: 'Ilse Hendrikx', role: 'employee', work: 'Vergunningen' },
  { id: 'employee-4', name: 'Ruben Castelijn', role: 'employee', work: 'Projectbureau Zwembad' },
  { id: 'employee-5', name: 'Noor Dijkgraaf', role: 'employee', work: 'Bestuurssecretariaat' },
  { id: 'woo-coordinator', name: 'Hanneke Vos', role: 'woo-coordinator', work: 'Woo-coördinator' },
  { id: 'woo-reviewer', name: 'Tariq El Amrani', role: 'woo-reviewer', work: 'Beoordelaar Woo-verzoeken' },
  { id: 'records-manager', name: 'Marijke Ottens', role: 'records-manager', work: 'Recordmanager' },
  { id: 'records-manager-2', name: 'Pieter Sandberg', role: 'records-manager', work: 'Recordmanager' },
  { id: 'archivist', name: 'Wilma Terpstra', role: 'archivist', work: 'Gemeentearchivaris' },
  { id: 'administrator', name: 'Dennis Kolk', role: 'administrator', work: 'Beheerder' },
  { id: 'auditor', name: 'Esmée Brandsma', role: 'auditor', work: 'Interne controle' },
];

/** The secret of every demo client. The embedded ground listens on this machine only. */
export const demoSecret = 'demo';

export function demoClientOf(person: DemoPerson): string {
  return `demo-${person.id}`;
}

export function subjectOf(person: DemoPerson): string {
  return `person-${person.id}`;
}
