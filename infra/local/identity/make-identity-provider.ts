// The identity provider of the embedded ground: real OpenID Connect (oidc-provider) on the path `/oidc`, with invented people.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import Provider, { type Configuration, errors, type JWKS } from 'oidc-provider';
import { type DemoPerson, demoClientOf, demoPeople, demoSecret, subjectOf } from './demo-people.ts';
import { openIdentityStore } from './identity-store.ts';
import { errorPage, expiredPage, loggedOutPage, loginPage, logoutPage, pageHeaders } from './login-page.ts';

export interface IdentityOptions {
  readonly folder: string;
  /** Where the window is reached; the issuer is `<publicUrl>/oidc`. */
  readonly publicUrl: string;
  readonly audience: string;
  readonly webClient: { readonly id: string; readonly secret: string };
  readonly keys: { readonly jwks: JWKS; readonly cookies: readonly string[] };
  readonly onAccident?: (error: unknown) => void;
}

export interface IdentityProvider {
  readonly issuer: string;
  /** Answers requests whose path begins with `/oidc/`. */
  readonly handle: (incoming: IncomingMessage, response: ServerResponse) => void;
  readonly stop: () => void;
}

const mount = '/oidc';
const hour = 3600;
const resource = 'urn:woordspoor:api';

function personOfSubject(subject: string | undefined): DemoPerson | undefined {
  return demoPeople.find((person) => subjectOf(person) === subject);
}

function personOfClient(client: string | undefined): DemoPerson | undefined {
  return demoPeople.find((person) => demoClientOf(person) === client);
}

function configurationOf(options: IdentityOptions, adapter: Configuration['adapter']): Configuration {
  const { audience, webClient, publicUrl, keys } = options;
  return {
    ...(adapter === undefined ? {} : { adapter }),
    jwks: keys.jwks,
    cookies: { keys: [...keys.cookies], names: { session: 'oidc-session', interaction: 'oidc-interaction', resume: 'oidc-resume' } },
    clients: [
      {
        client_id: webClient.id,
        client_secret: webClient.secret,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [`${publicUrl}/auth/callback`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        token_endpoint_auth_method: 'client_secret_basic',
      },
      ...demoPeople.map((person) => ({
        client_id: demoClientOf(person),
        client_secret: demoSecret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
        token_endpoint_auth_method: 'client_secret_post' as const,
      })),
    ],
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub', 'roles'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.set(pageHeaders);
          ctx.body = logoutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.set(pageHeaders);
          ctx.body = loggedOutPage();
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, indicator) => {
          if (indicator !== resource) throw new errors.InvalidTarget();
          return { scope: '', audience, accessTokenFormat: 'jwt', accessTokenTTL: 8 * hour, jwt: { sign: { alg: 'RS256' } } };
        },
      },
    },
    extraTokenClaims: (_ctx, token) => {
      const person = token.kind === 'ClientCredentials' ? personOfClient(token.clientId) : personOfSubject('accountId' in token ? token.accountId : undefined);
      return person === undefined ? undefined : { roles: [person.role], name: person.name };
    },
    formats: {
      customizers: {
        // A script acts as its person: the same subject as when that person signs in.
        jwt: (_ctx, token, structured) => {
          const person = token.kind === 'ClientCredentials' ? personOfClient(token.clientId) : undefined;
          if (person !== undefined) structured.payload['sub'] = subjectOf(person);
        },
      },
    },
    findAccount: (_ctx, subject) => {
      const person = personOfSubject(subject);
      return person === undefined ? undefined : { accountId: subject, claims: () => ({ sub: subject, name: person.name, roles: [person.role] }) };
    },
    // The people are invented and the one client is ours: nobody has to consent.
    loadExistingGrant: async (ctx) => {
      const { client, provider, session } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      grant.addResourceScope(resource, '');
      await grant.save();
      return grant;
    },
    interactions: { url: (_ctx, interaction) => `${mount}/interaction/${interaction.uid}` },
    ttl: {
      AccessToken: 8 * hour,
      ClientCredentials: 8 * hour,
      IdToken: hour,
      Interaction: hour,
      Session: 14 * 24 * hour,
      Grant: 8 * hour,
      AuthorizationCode: 60,
    },
    renderError: (ctx, out) => {
      ctx.set(pageHeaders);
      ctx.body = errorPage(out.error);
    },
  };
}

async function chosenPerson(incoming: IncomingMessage): Promise<DemoPerson | undefined> {
  let text = '';
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > 1000) return undefined;
  }
  const id = new URLSearchParams(text).get('person');
  return demoPeople.find((person) => person.id === id);
}

export function makeIdentityProvider(options: IdentityOptions): IdentityProvider {
  const issuer = `${options.publicUrl}${mount}`;
  const store = openIdentityStore(join(options.folder, 'identity.sqlite'));
  const provider = new Provider(issuer, configurationOf(options, store.adapter));
  provider.on('server_error', (_ctx, error) => options.onAccident?.(error));
  const answer = provider.callback();

  const interact = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await provider.interactionDetails(incoming, response);
      const person = incoming.method === 'POST' ? await chosenPerson(incoming) : undefined;
      if (person === undefined) {
        response.writeHead(200, pageHeaders).end(loginPage());
        return;
      }
      await provider.interactionFinished(incoming, response, { login: { accountId: subjectOf(person) } }, { mergeWithLastSubmission: false });
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) options.onAccident?.(error);
      if (!response.headersSent) response.writeHead(400, pageHeaders).end(expiredPage());
    }
  };

  return {
    issuer,
    handle: (incoming, response) => {
      const url = incoming.url ?? '/';
      if (url.startsWith(`${mount}/interaction/`)) {
        void interact(incoming, response);
        return;
      }
      // oidc-provider finds the path it is mounted on from the two.
      Object.assign(incoming, { originalUrl: url });
      incoming.url = url.slice(mount.length);
      void answer(incoming, response);
    },
    stop: store.close,
  };
}
