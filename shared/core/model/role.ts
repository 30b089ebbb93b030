// Who may do what is one table (access.ts); these are its columns.
import * as z from 'zod';

export const roles = ['employee', 'woo-coordinator', 'woo-reviewer', 'records-manager', 'archivist', 'administrator', 'auditor', 'system'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** A person or a client as the identity provider names them. `subject` is stable and pseudonymous; `name` is for screens only. */
export interface Actor {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly name?: string;
}
