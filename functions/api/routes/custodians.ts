// Key persons: the register, who is behind, the checklist of leaving. An employee sees the own entry only.
import {
  AddCustodian,
  CustodianAnswer,
  CustodianPage,
  CustodianParams,
  ListCustodians,
  PatchCustodian,
  RemovedCustodian,
  SettleStep,
} from '#contract/custodian.ts';
import { type Custodian, leavingSteps } from '#core/model/custodian.ts';
import type { CustodianId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { addCustodian } from '#flow/add-custodian.ts';
import { changeCustodian, closeCustodian, findCustodian, remindCustodian, settleStep } from '#flow/change-custodian.ts';
import { readCustodians } from '#flow/read-custodian.ts';
import { removeCustodian } from '#flow/remove-custodian.ts';
import type { Services } from '#runtime/services.ts';
import { type Call, jsonRoute, pageRoute, type Route } from '../route.ts';

const tag = 'Sleutelpersonen';
type Asking = Pick<Call<unknown, unknown, unknown>, 'services' | 'caller' | 'grant'>;

async function answersOf(services: Services, custodians: readonly Custodian[]): Promise<CustodianAnswer[]> {
  const views = await readCustodians(services, custodians);
  return views.flatMap(({ custodian, lastUpload, standing }) => {
    const { id, state, name, function: role, subject, rhythm, from, reminder, lastReminder, leavingOn, createdAt } = custodian;
    // On its way out of the register: not shown to anybody.
    if (state === 'removing') return [];
    const steps = leavingSteps.map((step) => ({ step, state: 'open' as const, remark: null, by: null, at: null, ...custodian.steps[step] }));
    return [{ id, state, name, function: role, subject, rhythm, from, reminder, lastReminder, lastUpload, standing, leavingOn, steps, createdAt }];
  });
}

async function answerOf(services: Services, custodian: Custodian): Promise<Result<CustodianAnswer>> {
  const [answer] = await answersOf(services, [custodian]);
  return answer === undefined ? no('not-found') : ok(answer);
}

/** The entry of the person who asks. */
async function ownCustodian({ services, caller }: Pick<Asking, 'services' | 'caller'>): Promise<Custodian | null> {
  const { subject } = caller.actor;
  const id = await services.custodians.claimant(subject);
  const custodian = id === null ? null : await services.custodians.get(id);
  return custodian?.subject === subject ? custodian : null;
}

async function readCustodian(asking: Asking, id: string): Promise<Result<CustodianAnswer>> {
  const found = await findCustodian(asking.services, id);
  if (!found.ok) return found;
  if (asking.grant.reach === 'own' && found.value.subject !== asking.caller.actor.subject) return no('not-found');
  return answerOf(asking.services, found.value);
}

async function afterwards(services: Services, changed: Result<Custodian>): Promise<Result<CustodianAnswer>> {
  return changed.ok ? answerOf(services, changed.value) : changed;
}

const again = { objectOf: ({ id }: { readonly id: string }) => id, read: readCustodian };
const settled = { params: CustodianParams, action: 'custodian.manage', tag, answer: CustodianAnswer, again } as const;

export const custodianRoutes: readonly Route[] = [
  pageRoute({
    id: 'listCustodians',
    method: 'get',
    path: '/custodians',
    action: 'custodian.read',
    tag,
    summary: 'Key persons with their last upload and whether they are behind; an employee sees the own entry',
    query: ListCustodians,
    answer: CustodianPage,
    handle: async (call, mark) => {
      const { services, query, grant } = call;
      if (grant.reach === 'own') {
        const own = await ownCustodian(call);
        const shown = own === null || (query.state !== undefined && query.state !== own.state) ? [] : [own];
        return ok({ items: await answersOf(services, shown), next: null });
      }
      const page = await services.custodians.list(query.state ?? null, query.limit, mark);
      return ok({ items: await answersOf(services, page.items), next: page.next });
    },
  }),
  jsonRoute({
    id: 'addCustodian',
    method: 'post',
    path: '/custodians',
    action: 'custodian.manage',
    tag,
    summary: 'Puts a key person into the register',
    faults: ['custodian.account-taken'],
    status: 201,
    body: AddCustodian,
    answer: CustodianAnswer,
    handle: async ({ services, acting, body }) => afterwards(services, await addCustodian(services, acting, body)),
    again,
  }),
  jsonRoute({
    id: 'getCustodian',
    method: 'get',
    path: '/custodians/{id}',
    action: 'custodian.read',
    tag,
    summary: 'A key person',
    params: CustodianParams,
    answer: CustodianAnswer,
    handle: (call) => readCustodian(call, call.params.id),
  }),
  jsonRoute({
    id: 'patchCustodian',
    method: 'patch',
    path: '/custodians/{id}',
    action: 'custodian.manage',
    tag,
    summary: 'Changes facts of a key person; a last working day begins the checklist of leaving',
    faults: ['custodian.account-taken', 'changed-meanwhile'],
    params: CustodianParams,
    body: PatchCustodian,
    answer: CustodianAnswer,
    handle: async ({ services, acting, params, body }) => afterwards(services, await changeCustodian(services, acting, params.id as CustodianId, body)),
  }),
  jsonRoute({
    id: 'removeCustodian',
    method: 'delete',
    path: '/custodians/{id}',
    action: 'custodian.manage',
    tag,
    summary: 'Takes a key person out of the register; the bundles stay',
    faults: ['changed-meanwhile'],
    params: CustodianParams,
    answer: RemovedCustodian,
    handle: ({ services, acting, params }) => removeCustodian(services, acting, params.id as CustodianId),
  }),
  jsonRoute({
    ...settled,
    id: 'settleStep',
    method: 'post',
    path: '/custodians/{id}/_step',
    summary: 'Settles a step of the checklist of leaving, or opens it again',
    faults: ['custodian.wrong-state', 'changed-meanwhile'],
    body: SettleStep,
    handle: async ({ services, acting, params, body }) => afterwards(services, await settleStep(services, acting, params.id as CustodianId, body)),
  }),
  jsonRoute({
    ...settled,
    id: 'closeCustodian',
    method: 'post',
    path: '/custodians/{id}/_close',
    summary: 'The person has left: only when nothing of the checklist is open',
    faults: ['custodian.wrong-state', 'custodian.steps-open', 'changed-meanwhile'],
    handle: async ({ services, acting, params }) => afterwards(services, await closeCustodian(services, acting, params.id as CustodianId)),
  }),
  jsonRoute({
    ...settled,
    id: 'remindCustodian',
    method: 'post',
    path: '/custodians/{id}/_remind',
    summary: 'Records that the person was reminded, by whom and when',
    faults: ['changed-meanwhile'],
    handle: async ({ services, acting, params }) => afterwards(services, await remindCustodian(services, acting, params.id as CustodianId)),
  }),
];
