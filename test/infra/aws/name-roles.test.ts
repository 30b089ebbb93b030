import { describe, expect, it } from 'vitest';
import { handler, nameRoles, rolesOf, type TokenEvent } from '#infra/aws/name-roles.ts';

const person = (groups: readonly string[], attributes: Readonly<Record<string, string>> = {}): TokenEvent => ({
  triggerSource: 'TokenGeneration_HostedAuth',
  callerContext: { clientId: 'window' },
  request: { userAttributes: { sub: 'a', 'cognito:user_status': 'CONFIRMED', ...attributes }, groupConfiguration: { groupsToOverride: groups } },
});
const machine = (...scopes: readonly string[]): TokenEvent => ({
  triggerSource: 'TokenGeneration_ClientCredentials',
  callerContext: { clientId: 'machine' },
  request: { scopes },
});

describe('the roles claim', () => {
  it('takes the groups of a person of the pool, and only those that are roles', () => {
    expect(rolesOf(person(['archivist', 'eu-central-1_x_Organisatie', 'employee']))).toEqual(['archivist', 'employee']);
  });

  it('believes custom:roles of a person who came through the provider of the organisation', () => {
    for (const written of ['[records-manager, employee]', '["records-manager","employee"]', 'records-manager employee'])
      expect(rolesOf(person([], { 'cognito:user_status': 'EXTERNAL_PROVIDER', 'custom:roles': written }))).toEqual(['records-manager', 'employee']);
  });

  it('does not believe it of anybody else: they could have written it themselves', () => {
    expect(rolesOf(person(['employee'], { 'custom:roles': 'archivist' }))).toEqual(['employee']);
  });

  it('takes the scopes of a machine, not those of another server', () => {
    expect(rolesOf(machine('woordspoor/records-manager', 'elders/archivist', 'employee'))).toEqual(['records-manager']);
  });

  it('gives nobody the role of the system', () => {
    expect(rolesOf(person(['system']))).toEqual([]);
    expect(rolesOf(machine('woordspoor/system'))).toEqual([]);
    expect(rolesOf(person([], { 'cognito:user_status': 'EXTERNAL_PROVIDER', 'custom:roles': 'system' }))).toEqual([]);
  });

  it('names the client as the audience of an access token, and gives a machine no ID token', async () => {
    expect(nameRoles(machine('woordspoor/auditor'))).toEqual({
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { roles: ['auditor'], aud: 'machine' } } },
    });
    const event = person(['auditor']);
    await expect(handler(event)).resolves.toMatchObject({
      triggerSource: event.triggerSource,
      response: {
        claimsAndScopeOverrideDetails: {
          idTokenGeneration: { claimsToAddOrOverride: { roles: ['auditor'] } },
          accessTokenGeneration: { claimsToAddOrOverride: { roles: ['auditor'], aud: 'window' } },
        },
      },
    });
  });

  it('gives none to who has none', () => {
    expect(rolesOf({ triggerSource: 'TokenGeneration_HostedAuth', callerContext: { clientId: 'window' }, request: {} })).toEqual([]);
  });
});
