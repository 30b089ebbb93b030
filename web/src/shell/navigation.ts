// The left rail: what the roles of this person may do, in the order of their day.
import type { Role } from '#core/model/role.ts';
import type { IconName } from '../components/icon.tsx';
import { text } from '../text.nl.ts';

export interface NavigationItem {
  readonly to: string;
  readonly name: string;
  readonly icon: IconName;
  readonly roles: readonly Role[];
}

const everyone: readonly Role[] = ['employee', 'woo-coordinator', 'woo-reviewer', 'records-manager', 'archivist', 'administrator', 'auditor'];
const names = text.shell.items;

export const navigation: readonly NavigationItem[] = [
  { to: '/zoeken', name: names.search, icon: 'search', roles: ['woo-coordinator', 'woo-reviewer'] },
  { to: '/werklijst', name: names.work, icon: 'work', roles: ['records-manager', 'archivist'] },
  { to: '/uploaden', name: names.upload, icon: 'upload', roles: ['employee'] },
  { to: '/mijn-bundels', name: names.myBundles, icon: 'bundles', roles: ['employee'] },
  { to: '/zoeken', name: names.search, icon: 'search', roles: ['employee'] },
  { to: '/bundels', name: names.bundles, icon: 'bundles', roles: ['woo-coordinator', 'woo-reviewer', 'records-manager', 'archivist', 'administrator'] },
  { to: '/zaken', name: names.cases, icon: 'cases', roles: ['records-manager', 'administrator'] },
  { to: '/vernietigen', name: names.lists, icon: 'lists', roles: ['records-manager', 'archivist'] },
  { to: '/sleutelpersonen', name: names.custodians, icon: 'people', roles: ['records-manager', 'administrator', 'woo-coordinator'] },
  { to: '/bevriezingen', name: names.holds, icon: 'holds', roles: ['records-manager', 'archivist', 'woo-coordinator'] },
  { to: '/verklaringen', name: names.certificates, icon: 'certificates', roles: ['records-manager', 'archivist', 'auditor'] },
  { to: '/taken', name: names.jobs, icon: 'jobs', roles: ['administrator'] },
  { to: '/instellingen', name: names.settings, icon: 'settings', roles: ['administrator', 'archivist'] },
  { to: '/logboek', name: names.audit, icon: 'audit', roles: ['auditor'] },
  { to: '/hulp', name: names.help, icon: 'help', roles: everyone },
];

/** Each place once, even when two roles of a person lead there. */
export function navigationFor(roles: readonly Role[]): readonly NavigationItem[] {
  const seen = new Set<string>();
  return navigation.filter((item) => {
    if (seen.has(item.to) || !item.roles.some((role) => roles.includes(role))) return false;
    seen.add(item.to);
    return true;
  });
}
