// On whom a destruction list waits.
import type { DestructionListAnswer } from '#contract/destruction-list.ts';
import type { Me } from '#contract/me.ts';

/** Lists on which this person can take the next step. */
export function waitsFor(list: DestructionListAnswer, me: Pick<Me, 'subject' | 'actions'>): boolean {
  if (list.authorisation === 'standing') return list.state === 'cooling-off' && me.actions.includes('list.abort');
  const handedInBy = list.steps.findLast((step) => step.to === 'in-review')?.by;
  switch (list.state) {
    case 'draft':
    case 'changes-requested':
      return me.actions.includes('list.submit');
    case 'in-review':
      return me.actions.includes('list.review') && handedInBy !== me.subject;
    case 'with-archivist':
      return me.actions.includes('list.authorise');
    case 'authorised':
      return me.actions.includes('list.confirm');
    case 'cooling-off':
      return me.actions.includes('list.abort');
    default:
      return false;
  }
}
