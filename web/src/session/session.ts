// The person at the window: who, which roles, and what those roles allow (the API's own list of actions).
import { createContext, useContext } from 'react';
import type { Me } from '#contract/me.ts';
import type { Role } from '#core/model/role.ts';

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('no person at the window');
  return me;
}

export function hasRole(me: Me, ...roles: readonly Role[]): boolean {
  return roles.some((role) => me.roles.includes(role));
}
