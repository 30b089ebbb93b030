// The table role × action: what it must never give, and how the widest reach is found.
import { describe, expect, it } from 'vitest';
import { actions, actionsOf, grantOf } from '#core/model/access.ts';
import { roles } from '#core/model/role.ts';

describe('the access table', () => {
  it.each(['conversation.read', 'bundle.original', 'bundle.attachment', 'message.search'] as const)(
    'shows content to no administrator and no auditor: %s',
    (action) => {
      expect(grantOf(['administrator', 'auditor'], action)).toBeNull();
    },
  );

  it.each(['bundle.read', 'bundle.original', 'bundle.attachment', 'conversation.read', 'message.search', 'bundle.answer', 'bundle.upload'] as const)(
    'gives an employee own bundles only: %s',
    (action) => {
      expect(grantOf(['employee'], action)).toEqual({ role: 'employee', reach: 'own' });
    },
  );

  it('lets nobody who proposes or reviews a list authorise it by role', () => {
    const authorising = roles.filter((role) => grantOf([role], 'list.authorise') !== null);
    const proposing = roles.filter((role) => grantOf([role], 'list.submit') !== null || grantOf([role], 'list.review') !== null);
    expect([authorising, proposing]).toEqual([['archivist'], ['records-manager']]);
  });

  it('gives standing authorisations to the archivist alone, and the audit to the auditor alone', () => {
    expect(roles.filter((role) => grantOf([role], 'settings.change-authorisations') !== null)).toEqual(['archivist']);
    expect(roles.filter((role) => grantOf([role], 'audit.read') !== null)).toEqual(['auditor']);
  });

  it('gives the system nothing through the API, and nobody anything without a role', () => {
    expect([actionsOf(['system']), actionsOf([])]).toEqual([[], []]);
  });

  it('lets an employee see the own entry of the register only, and nobody change it but who keeps it', () => {
    expect(grantOf(['employee'], 'custodian.read')).toEqual({ role: 'employee', reach: 'own' });
    expect(roles.filter((role) => grantOf([role], 'custodian.read')?.reach === 'all')).toEqual(['woo-coordinator', 'records-manager', 'administrator']);
    expect(roles.filter((role) => grantOf([role], 'custodian.manage') !== null)).toEqual(['records-manager', 'administrator']);
  });

  it('lets an auditor change nothing', () => {
    expect(actionsOf(['auditor']).filter((action) => !/\.(read|verify)$/.test(action))).toEqual([]);
  });

  it('takes the widest reach of several roles, with the role that gives it', () => {
    expect(grantOf(['employee', 'woo-coordinator'], 'message.search')).toEqual({ role: 'woo-coordinator', reach: 'all' });
    expect(grantOf(['employee', 'auditor'], 'message.search')).toEqual({ role: 'employee', reach: 'own' });
  });

  it('has every action within reach of somebody', () => {
    expect(actions.filter((action) => grantOf(roles, action) === null)).toEqual([]);
  });
});
