// The whole table of steps on a destruction list: every action × state × role, and who may not follow whom.
import { describe, expect, it } from 'vitest';
import { type ListState, type ListStep, listMoves, listStates } from '#core/model/destruction-list.ts';
import { roles } from '#core/model/role.ts';
import type { Instant } from '#core/model/time.ts';
import { actionsTaken, canStep, type ListAction, listActions } from '#core/retention/list-steps.ts';

const at = '2031-04-17T10:00:00.000Z' as Instant;
const step = (to: ListState, by: string, role: string): ListStep => ({ to, by, role, at, remark: null });
const list = (state: ListState, steps: readonly ListStep[] = [], authorisation: 'per-list' | 'standing' = 'per-list') => ({ state, steps, authorisation });

/** state → action → where approval leads, for the one role that may; everything else is a refusal. */
const table: Readonly<Record<ListState, Partial<Record<ListAction, readonly [role: string, approved: ListState, refused: ListState]>>>> = {
  draft: { submit: ['records-manager', 'in-review', 'in-review'] },
  'in-review': { review: ['records-manager', 'with-archivist', 'changes-requested'] },
  'changes-requested': { submit: ['records-manager', 'in-review', 'in-review'] },
  'with-archivist': { authorise: ['archivist', 'authorised', 'changes-requested'] },
  authorised: { confirm: ['records-manager', 'cooling-off', 'cooling-off'] },
  'cooling-off': {},
  executing: {},
  executed: {},
  aborted: {},
};
const abortable: readonly ListState[] = ['draft', 'in-review', 'changes-requested', 'with-archivist', 'authorised', 'cooling-off'];

describe('every action in every state by every role', () => {
  const all = listStates.flatMap((state) => listActions.flatMap((action) => roles.map((role) => ({ state, action, role }))));

  it.each(all)('$action in $state by $role', ({ state, action, role }) => {
    for (const approve of [true, false]) {
      const answer = canStep(list(state), action, { subject: 'anna' }, role, approve);
      const row = table[state][action];
      const may = action === 'abort' ? abortable.includes(state) && ['records-manager', 'archivist'].includes(role) : row?.[0] === role;
      expect(answer.ok).toBe(may);
      if (answer.ok) expect(answer.value).toBe(action === 'abort' ? 'aborted' : row?.[approve ? 1 : 2]);
      else expect(['access.denied', 'list.wrong-state']).toContain(answer.fault.code);
    }
  });

  it('leads only where the model lets a list go', () => {
    for (const state of listStates) {
      for (const action of listActions) {
        for (const role of roles) {
          for (const approve of [true, false]) {
            const answer = canStep(list(state), action, { subject: 'anna' }, role, approve);
            if (answer.ok) expect(listMoves[state]).toContain(answer.value);
          }
        }
      }
    }
    expect(listMoves.executed).toEqual([]);
    expect(listMoves.aborted).toEqual([]);
  });
});

describe('nobody approves what they made', () => {
  const submitted = [step('in-review', 'anna', 'records-manager')];
  const reviewed = [...submitted, step('with-archivist', 'bert', 'records-manager')];
  const code = (answer: ReturnType<typeof canStep>) => (answer.ok ? 'ok' : answer.fault.code);

  it('the one who submitted may not review or authorise', () => {
    expect(code(canStep(list('in-review', submitted), 'review', { subject: 'anna' }, 'records-manager'))).toBe('approval.own-work');
    expect(code(canStep(list('in-review', submitted), 'review', { subject: 'bert' }, 'records-manager'))).toBe('ok');
    expect(code(canStep(list('with-archivist', reviewed), 'authorise', { subject: 'anna' }, 'archivist'))).toBe('approval.own-work');
  });

  it('the one who reviewed may not authorise', () => {
    expect(code(canStep(list('with-archivist', reviewed), 'authorise', { subject: 'bert' }, 'archivist'))).toBe('approval.own-work');
    expect(code(canStep(list('with-archivist', reviewed), 'authorise', { subject: 'carla' }, 'archivist'))).toBe('ok');
  });

  it('refusing counts as a decision too: no change of sides in a second round', () => {
    const sentBack = [...submitted, step('changes-requested', 'bert', 'records-manager')];
    expect(code(canStep(list('changes-requested', sentBack), 'submit', { subject: 'bert' }, 'records-manager'))).toBe('approval.own-work');
    expect(code(canStep(list('changes-requested', sentBack), 'submit', { subject: 'anna' }, 'records-manager'))).toBe('ok');
    const again = [...sentBack, step('in-review', 'dirk', 'records-manager')];
    expect(code(canStep(list('in-review', again), 'review', { subject: 'anna' }, 'records-manager'))).toBe('approval.own-work');
    expect(code(canStep(list('in-review', again), 'review', { subject: 'bert' }, 'records-manager'))).toBe('ok');
    const byArchivist = [...reviewed, step('changes-requested', 'carla', 'archivist')];
    expect(code(canStep(list('changes-requested', byArchivist), 'submit', { subject: 'carla' }, 'records-manager'))).toBe('approval.own-work');
  });

  it('confirming and aborting are open to whoever has the role', () => {
    const authorised = [...reviewed, step('authorised', 'carla', 'archivist')];
    expect(code(canStep(list('authorised', authorised), 'confirm', { subject: 'anna' }, 'records-manager'))).toBe('ok');
    expect(code(canStep(list('authorised', authorised), 'abort', { subject: 'carla' }, 'archivist'))).toBe('ok');
  });

  it('tells review from authorisation by where the list stood', () => {
    const steps = [...reviewed, step('changes-requested', 'carla', 'archivist'), step('in-review', 'anna', 'records-manager')];
    expect(actionsTaken(steps).map(({ action }) => action)).toEqual(['submit', 'review', 'authorise', 'submit']);
  });
});

describe('a list under a standing authorisation', () => {
  it('can only be stopped by people', () => {
    const standing = list('cooling-off', [step('cooling-off', 'system', 'system')], 'standing');
    expect(canStep(standing, 'abort', { subject: 'anna' }, 'records-manager').ok).toBe(true);
    for (const action of ['submit', 'review', 'authorise', 'confirm'] as const) {
      for (const role of roles) expect(canStep(list('draft', [], 'standing'), action, { subject: 'anna' }, role).ok).toBe(false);
    }
  });
});
