// Who may do what: the one table role × action (ARCHITECTURE 11). Every route names its action; a missing entry means no.
// `own`: only bundles that the person uploaded. That nobody approves what they made is a rule of the flow, not of a role.
import { type Role, roles } from './role.ts';

export type Reach = 'all' | 'own';

const everybody = {
  employee: 'all',
  'woo-coordinator': 'all',
  'woo-reviewer': 'all',
  'records-manager': 'all',
  archivist: 'all',
  administrator: 'all',
  auditor: 'all',
} as const;

/** Content is for those who answer a Woo request and for those who must judge what is destroyed; an employee sees their own. */
const readers = { employee: 'own', 'woo-coordinator': 'all', 'woo-reviewer': 'all', 'records-manager': 'all', archivist: 'all' } as const;
const searchers = { employee: 'own', 'woo-coordinator': 'all', 'woo-reviewer': 'all' } as const;
const holders = { 'woo-coordinator': 'all', 'records-manager': 'all', archivist: 'all' } as const;
const uploaders = {
  employee: 'own',
  'woo-coordinator': 'own',
  'woo-reviewer': 'own',
  'records-manager': 'own',
  archivist: 'own',
  administrator: 'own',
} as const;

const access = {
  'me.read': everybody,

  'case.put': { 'records-manager': 'all', administrator: 'all' },
  'case.import': { 'records-manager': 'all', administrator: 'all' },
  'case.read': { employee: 'all', 'woo-coordinator': 'all', 'woo-reviewer': 'all', 'records-manager': 'all', archivist: 'all', administrator: 'all' },
  'case.list': { 'woo-coordinator': 'all', 'woo-reviewer': 'all', 'records-manager': 'all', archivist: 'all', administrator: 'all' },

  'keep-help.read': everybody,
  'bundle.register': uploaders,
  'bundle.upload': uploaders,
  'bundle.read': { ...readers, administrator: 'all' },
  'bundle.answer': { employee: 'own', 'woo-coordinator': 'all', 'records-manager': 'all' },
  'bundle.receipt': { ...readers, administrator: 'own' },
  /** The file's own name holds a person's name more often than not: for those who may read the content. */
  'bundle.name': { ...readers, administrator: 'own' },
  'bundle.original': readers,
  'bundle.attachment': readers,
  'conversation.read': readers,

  'message.search': searchers,
  'term.expand': searchers,
  'term.report': { 'woo-coordinator': 'all', 'woo-reviewer': 'all' },

  /** A search kept by name is an account of how was searched: the coordinator keeps it, whoever assesses may read it. */
  'search.save': { 'woo-coordinator': 'all' },
  'search.run': { 'woo-coordinator': 'all' },
  'search.close': { 'woo-coordinator': 'all' },
  'search.read': { 'woo-coordinator': 'all', 'woo-reviewer': 'all' },

  /** The register of key people: an employee sees the own entry, with what is expected. */
  'custodian.read': { employee: 'own', 'woo-coordinator': 'all', 'records-manager': 'all', administrator: 'all' },
  'custodian.manage': { 'records-manager': 'all', administrator: 'all' },

  'hold.place': holders,
  'hold.release': holders,
  'hold.read': { ...holders, 'woo-reviewer': 'all', administrator: 'all', auditor: 'all' },

  'list.read': { 'records-manager': 'all', archivist: 'all', administrator: 'all', auditor: 'all' },
  'list.submit': { 'records-manager': 'all' },
  'list.review': { 'records-manager': 'all' },
  'list.authorise': { archivist: 'all' },
  'list.confirm': { 'records-manager': 'all' },
  'list.abort': { 'records-manager': 'all', archivist: 'all' },

  'certificate.verify': { 'records-manager': 'all', archivist: 'all', auditor: 'all' },
  'certificate.read': { 'woo-coordinator': 'all', 'records-manager': 'all', archivist: 'all', administrator: 'all', auditor: 'all' },

  'job.run': { administrator: 'all' },
  'job.read': { administrator: 'all' },

  'settings.read': { 'records-manager': 'all', archivist: 'all', administrator: 'all', auditor: 'all' },
  'settings.change': { archivist: 'all', administrator: 'all' },
  /** The doorlopende machtiging is the archivist's alone; all other settings are the administrator's. */
  'settings.change-authorisations': { archivist: 'all' },
  'settings.change-others': { administrator: 'all' },

  'audit.read': { auditor: 'all' },
  'audit.verify': { auditor: 'all' },

  'dead-letter.read': { administrator: 'all' },
  'dead-letter.retry': { administrator: 'all' },
} as const satisfies Readonly<Record<string, Partial<Readonly<Record<Role, Reach>>>>>;

export type Action = keyof typeof access;

const rows: Readonly<Record<Action, Partial<Readonly<Record<Role, Reach>>>>> = access;

export const actions = Object.keys(access) as readonly Action[];

export interface Grant {
  readonly role: Role;
  readonly reach: Reach;
}

/** The widest reach that the roles give, with the role that gives it; null: not allowed. */
export function grantOf(held: readonly Role[], action: Action): Grant | null {
  const granted = roles.flatMap((role): Grant[] => {
    const reach = held.includes(role) ? rows[action][role] : undefined;
    return reach === undefined ? [] : [{ role, reach }];
  });
  return granted.find(({ reach }) => reach === 'all') ?? granted[0] ?? null;
}

export function actionsOf(held: readonly Role[]): Action[] {
  return actions.filter((action) => grantOf(held, action) !== null);
}
