// Steps that people take on a destruction list: who may take which, from where, to where. Nobody approves what they made (DOMAIN 2.2, ARCHITECTURE 11).
import { type DestructionList, type ListState, type ListStep, listMoves } from '#core/model/destruction-list.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { Actor, Role } from '#core/model/role.ts';

export const listActions = ['submit', 'review', 'authorise', 'confirm', 'abort'] as const;
export type ListAction = (typeof listActions)[number];

interface Rule {
  readonly roles: readonly Role[];
  readonly from: readonly ListState[];
  readonly approved: ListState;
  /** Where it goes when the person does not approve; the same as `approved` where there is nothing to approve. */
  readonly refused: ListState;
  /** Steps that only another person may take than the one who took any of these. */
  readonly parted: readonly ListAction[];
}

export const listRules: Readonly<Record<ListAction, Rule>> = {
  submit: {
    roles: ['records-manager'],
    from: ['draft', 'changes-requested'],
    approved: 'in-review',
    refused: 'in-review',
    parted: ['review', 'authorise'],
  },
  review: {
    roles: ['records-manager'],
    from: ['in-review'],
    approved: 'with-archivist',
    refused: 'changes-requested',
    parted: ['submit', 'authorise'],
  },
  authorise: {
    roles: ['archivist'],
    from: ['with-archivist'],
    approved: 'authorised',
    refused: 'changes-requested',
    parted: ['submit', 'review'],
  },
  confirm: { roles: ['records-manager'], from: ['authorised'], approved: 'cooling-off', refused: 'cooling-off', parted: [] },
  abort: {
    roles: ['records-manager', 'archivist'],
    from: ['draft', 'in-review', 'changes-requested', 'with-archivist', 'authorised', 'cooling-off'],
    approved: 'aborted',
    refused: 'aborted',
    parted: [],
  },
};

/** Which action each step was: told from where the list stood before it. */
export function actionsTaken(steps: readonly ListStep[]): readonly { readonly action: ListAction | 'by-itself'; readonly by: string }[] {
  let from: ListState = 'draft';
  return steps.map((step) => {
    const action = step.role === 'system' ? 'by-itself' : (listActions.find((name) => fits(name, from, step.to)) ?? 'by-itself');
    from = step.to;
    return { action, by: step.by };
  });
}

function fits(action: ListAction, from: ListState, to: ListState): boolean {
  const rule = listRules[action];
  return rule.from.includes(from) && (rule.approved === to || rule.refused === to);
}

/** The state the step leads to, or the fault that says why this person may not take it now. */
export function canStep(
  list: Pick<DestructionList, 'state' | 'authorisation' | 'steps'>,
  action: ListAction,
  actor: Pick<Actor, 'subject'>,
  role: Role,
  approve = true,
): Result<ListState> {
  const rule = listRules[action];
  if (!rule.roles.includes(role)) return no('access.denied');
  if (!rule.from.includes(list.state)) return no('list.wrong-state');
  // A list under a standing authorisation is filled and sent on by the nightly job; people can only stop it.
  if (list.authorisation === 'standing' && action !== 'abort') return no('list.wrong-state');
  const own = actionsTaken(list.steps).some((step) => step.by === actor.subject && step.action !== 'by-itself' && rule.parted.includes(step.action));
  if (own) return no('approval.own-work');
  const to = approve ? rule.approved : rule.refused;
  return listMoves[list.state].includes(to) ? ok(to) : no('list.wrong-state');
}
