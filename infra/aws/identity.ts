// Sign-in: a Cognito pool with a second factor, groups as roles, a client for the window's backend (code + PKCE), clients for machines,
// and the organisation's own Entra ID where it gives one. BIO2 asks for a second factor on what faces the internet.
import { Duration, RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPoolClient,
  CfnUserPoolGroup,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ProviderAttribute,
  ResourceServerScope,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
  UserPoolIdentityProviderOidc,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { roles } from '#core/model/role.ts';
import { resourceServer } from './name-roles.ts';
import type { GroundSettings } from './settings.ts';

export interface Pool {
  readonly pool: UserPool;
  readonly domain: UserPoolDomain;
}
export interface Identity {
  readonly issuer: string;
  readonly clientId: string;
  /** Clients whose tokens the API accepts: the window's and the machines'. */
  readonly audience: string[];
}

const peopleRoles = roles.filter((role) => role !== 'system');

export function makePool(scope: Construct, settings: GroundSettings, nameRoles: IFunction): Pool {
  const pool = new UserPool(scope, 'People', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    customAttributes: { roles: new StringAttribute({ mutable: true, maxLen: 500 }) },
    featurePlan: FeaturePlan.ESSENTIALS,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, nameRoles, LambdaVersion.V3_0);
  for (const role of peopleRoles) new CfnUserPoolGroup(scope, `Group-${role}`, { userPoolId: pool.userPoolId, groupName: role });
  const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `woordspoor-${settings.organisation}` } });
  return { pool, domain };
}

/** Keeps a client to the hosted sign-in: no password, no attribute, no token by any other road. */
function onlyHosted(client: UserPoolClient): void {
  (client.node.defaultChild as CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
}

export function makeIdentity(scope: Construct, settings: GroundSettings, { pool }: Pool, publicUrl: string): Identity {
  const entra =
    settings.entra === undefined
      ? undefined
      : new UserPoolIdentityProviderOidc(scope, 'Entra', {
          userPool: pool,
          name: 'Organisatie',
          issuerUrl: settings.entra.issuer,
          clientId: settings.entra.clientId,
          clientSecret: SecretValue.secretsManager(settings.entra.secretName, { jsonField: 'clientSecret' }).unsafeUnwrap(),
          scopes: ['openid', 'profile', 'email'],
          attributeMapping: {
            email: ProviderAttribute.other('email'),
            fullname: ProviderAttribute.other('name'),
            custom: { 'custom:roles': ProviderAttribute.other('roles') },
          },
        });

  // A client without a secret: the code is bound by PKCE, and a secret in a function's environment is none.
  const browser = new UserPoolClient(scope, 'Window', {
    userPool: pool,
    generateSecret: false,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      // Without aws.cognito.signin.user.admin: nobody changes own attributes with a token.
      scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL],
      callbackUrls: [`${publicUrl}/auth/callback`],
      logoutUrls: [`${publicUrl}/`],
    },
    supportedIdentityProviders: [
      UserPoolClientIdentityProvider.COGNITO,
      ...(entra === undefined ? [] : [UserPoolClientIdentityProvider.custom(entra.providerName)]),
    ],
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(8),
  });
  onlyHosted(browser);
  if (entra !== undefined) browser.node.addDependency(entra);

  const scopes = peopleRoles.map((role) => new ResourceServerScope({ scopeName: role, scopeDescription: `Woordspoor as ${role}` }));
  const server = pool.addResourceServer('Api', { identifier: resourceServer, scopes });
  const machines = Object.entries(settings.machines).map(([name, machineRoles]) => {
    const client = new UserPoolClient(scope, `Machine-${name}`, {
      userPool: pool,
      userPoolClientName: name,
      generateSecret: true,
      oAuth: {
        flows: { clientCredentials: true },
        scopes: scopes.filter((s) => machineRoles.some((role) => role === s.scopeName)).map((s) => OAuthScope.resourceServer(server, s)),
      },
      accessTokenValidity: Duration.minutes(30),
    });
    onlyHosted(client);
    return client;
  });
  return {
    issuer: pool.userPoolProviderUrl,
    clientId: browser.userPoolClientId,
    audience: [browser.userPoolClientId, ...machines.map((client) => client.userPoolClientId)],
  };
}
