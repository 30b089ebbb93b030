// Cognito asks this before it signs a person's token: it writes the one `roles` claim that the API reads.
// People of the pool get the roles of their groups; people of the organisation's own provider those of its `roles` claim. Machines have scopes and need none.
import { roles as allRoles, type Role } from '#core/model/role.ts';

/** The part of the event (version 2) that is used. */
export interface TokenEvent {
  readonly request: {
    readonly userAttributes?: Readonly<Record<string, string | undefined>>;
    readonly groupConfiguration?: { readonly groupsToOverride?: readonly string[] };
  };
}

interface RolesClaim {
  readonly claimsToAddOrOverride: { readonly roles: readonly Role[] };
}
export interface NamedRoles {
  readonly claimsAndScopeOverrideDetails: { readonly idTokenGeneration: RolesClaim; readonly accessTokenGeneration: RolesClaim };
}

const known: ReadonlySet<string> = new Set(allRoles.filter((role) => role !== 'system'));
const isRole = (word: string): word is Role => known.has(word);

/** `custom:roles` counts only for a person who came through the organisation's provider, which writes it anew at each sign-in. */
export function rolesOf({ request }: TokenEvent): Role[] {
  const fromProvider = request.userAttributes?.['cognito:user_status'] === 'EXTERNAL_PROVIDER' ? (request.userAttributes['custom:roles'] ?? '') : '';
  return [...new Set([...(request.groupConfiguration?.groupsToOverride ?? []), ...fromProvider.split(/[^a-z-]+/)].filter(isRole))];
}

export function nameRoles(event: TokenEvent): NamedRoles {
  const claim = { claimsToAddOrOverride: { roles: rolesOf(event) } };
  return { claimsAndScopeOverrideDetails: { idTokenGeneration: claim, accessTokenGeneration: claim } };
}

export const handler = async (event: TokenEvent): Promise<TokenEvent & { readonly response: NamedRoles }> => ({ ...event, response: nameRoles(event) });
