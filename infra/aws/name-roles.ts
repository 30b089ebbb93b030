// Cognito asks this before it signs a token: it writes the one `roles` claim that the API reads, for people and for machines alike.
// People of the pool get the roles of their groups; people of the organisation's own provider those of its `roles` claim; machines those of their scopes.
import { roles as allRoles, type Role } from '#core/model/role.ts';

/** Identifier of the resource server: a machine's scope is `woordspoor/<role>`. */
export const resourceServer = 'woordspoor';

/** The part of the event (version 3) that is used. */
export interface TokenEvent {
  readonly triggerSource: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: {
    readonly userAttributes?: Readonly<Record<string, string | undefined>>;
    readonly groupConfiguration?: { readonly groupsToOverride?: readonly string[] };
    readonly scopes?: readonly string[];
  };
}

export interface NamedRoles {
  readonly claimsAndScopeOverrideDetails: {
    readonly idTokenGeneration?: { readonly claimsToAddOrOverride: { readonly roles: readonly Role[] } };
    readonly accessTokenGeneration: { readonly claimsToAddOrOverride: { readonly roles: readonly Role[]; readonly aud: string } };
  };
}

const known: ReadonlySet<string> = new Set(allRoles.filter((role) => role !== 'system'));
const isRole = (word: string): word is Role => known.has(word);
const isMachine = (event: TokenEvent) => event.triggerSource === 'TokenGeneration_ClientCredentials';

/** `custom:roles` counts only for a person who came through the organisation's provider, which writes it anew at each sign-in. */
function wordsOf({ request }: TokenEvent): readonly string[] {
  const fromProvider = request.userAttributes?.['cognito:user_status'] === 'EXTERNAL_PROVIDER' ? (request.userAttributes['custom:roles'] ?? '') : '';
  return [...(request.groupConfiguration?.groupsToOverride ?? []), ...fromProvider.split(/[^a-z-]+/)];
}

function scopesOf({ request }: TokenEvent): readonly string[] {
  const start = `${resourceServer}/`;
  return (request.scopes ?? []).filter((scope) => scope.startsWith(start)).map((scope) => scope.slice(start.length));
}

export function rolesOf(event: TokenEvent): Role[] {
  return [...new Set((isMachine(event) ? scopesOf(event) : wordsOf(event)).filter(isRole))];
}

/** Cognito admits no other audience in an access token than the client's own id, and puts none there by itself. */
export function nameRoles(event: TokenEvent): NamedRoles {
  const roles = rolesOf(event);
  return {
    claimsAndScopeOverrideDetails: {
      ...(isMachine(event) ? {} : { idTokenGeneration: { claimsToAddOrOverride: { roles } } }),
      accessTokenGeneration: { claimsToAddOrOverride: { roles, aud: event.callerContext.clientId } },
    },
  };
}

export const handler = async (event: TokenEvent): Promise<TokenEvent & { readonly response: NamedRoles }> => ({ ...event, response: nameRoles(event) });
