// Bundles: announce, follow, answer a doubt, receipt.

import {
  AnswerQuestion,
  BundleAnswer,
  BundlePage,
  BundleParams,
  DoubtPage,
  ListBundles,
  ListDoubts,
  Receipt,
  RegisterBundle,
  RegisteredBundle,
} from '#contract/bundle.ts';
import { AskMapping, MappingQuestion } from '#contract/mapping.ts';
import { grantOf } from '#core/model/access.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { readTableHead } from '#core/parse/generic/propose-mapping.ts';
import { answerQuestion } from '#flow/answer-question.ts';
import { offerUpload, registerBundle } from '#flow/register-bundle.ts';
import { bundleAnswer, bundleAnswers, doubtAnswer, findBundle, namesOf } from '../bundle-answer.ts';
import { pageOfBundles } from '../bundle-page.ts';
import { invalid } from '../problem.ts';
import { receiptAnswer } from '../receipt-answer.ts';
import { bytesRoute, type Call, jsonRoute, pageRoute, type Route } from '../route.ts';

const tag = 'Bundels';

async function readBundle(call: Call<unknown, unknown, unknown>, id: string): Promise<Result<BundleAnswer>> {
  const bundle = await findBundle(call, id);
  return bundle.ok ? ok(await bundleAnswer(call, bundle.value)) : bundle;
}

/** Who may read the whole register may name anybody in it; others name themselves. */
async function mayName({ services, caller }: Call<unknown, unknown, unknown>, id: string | undefined): Promise<boolean> {
  if (id === undefined || grantOf(caller.actor.roles, 'custodian.read')?.reach === 'all') return true;
  return (await services.custodians.get(id))?.subject === caller.actor.subject;
}

export const bundleRoutes: readonly Route[] = [
  jsonRoute({
    id: 'registerBundle',
    method: 'post',
    path: '/bundles',
    action: 'bundle.register',
    tag,
    summary: 'Announces an exported file and gives the link to send it to',
    faults: ['bundle.duplicate', 'sift.whole-required'],
    status: 201,
    body: RegisterBundle,
    // Fifty thousand struck ranges.
    bodyLimit: 4 * 2 ** 20,
    answer: RegisteredBundle,
    handle: async (call) => {
      if (!(await mayName(call, call.body.custodianId))) return invalid('custodianId', 'deze sleutelpersoon kennen we niet');
      const registered = await registerBundle(call.services, call.acting, call.body);
      if (!registered.ok) return registered;
      // The case system confirms a number that is new here; without it a records manager does.
      if (call.services.zgw !== null) for (const caseId of registered.value.bundle.caseIds) await call.services.queue.send('sync-cases', { caseId });
      return ok({ bundle: await bundleAnswer(call, registered.value.bundle), upload: registered.value.upload });
    },
    again: {
      objectOf: ({ bundle }) => bundle.id,
      read: async (call, id) => {
        const bundle = await findBundle(call, id);
        if (!bundle.ok) return bundle;
        return ok({ bundle: await bundleAnswer(call, bundle.value), upload: await offerUpload(call.services, bundle.value) });
      },
    },
  }),
  pageRoute({
    id: 'listBundles',
    method: 'get',
    path: '/bundles',
    action: 'bundle.read',
    tag,
    summary: 'Bundles by case, state, uploader or hash, newest first; an employee sees their own',
    query: ListBundles,
    answer: BundlePage,
    handle: async (call, mark) => {
      const { query, grant, services } = call;
      const { subject } = call.caller.actor;
      const uploader = query.uploader === 'me' ? subject : query.uploader;
      if (grant.reach === 'own' && uploader !== undefined && uploader !== subject) return ok({ items: [], next: null });
      const page = await pageOfBundles(services, { ...query, uploader: grant.reach === 'own' ? subject : uploader }, query.limit, mark);
      return ok({ items: await bundleAnswers(call, page.bundles), next: page.next });
    },
  }),
  jsonRoute({
    id: 'getBundle',
    method: 'get',
    path: '/bundles/{id}',
    action: 'bundle.read',
    tag,
    summary: 'State, counts, doubts, retention and holds of a bundle',
    params: BundleParams,
    answer: BundleAnswer,
    handle: (call) => readBundle(call, call.params.id),
  }),
  jsonRoute({
    id: 'answerQuestion',
    method: 'post',
    path: '/bundles/{id}/answers',
    action: 'bundle.answer',
    tag,
    summary: 'Settles a doubt that only a person can settle; the file is then read again',
    faults: ['bundle.wrong-state', 'bundle.no-such-question', 'changed-meanwhile'],
    params: BundleParams,
    body: AnswerQuestion,
    answer: BundleAnswer,
    handle: async (call) => {
      const bundle = await findBundle(call, call.params.id);
      if (!bundle.ok) return bundle;
      const answered = await answerQuestion(call.services, call.acting, call.params.id, call.body);
      return answered.ok ? ok(await bundleAnswer(call, answered.value)) : answered;
    },
    again: { objectOf: ({ id }) => id, read: readBundle },
  }),
  jsonRoute({
    id: 'readMappingQuestion',
    method: 'get',
    path: '/bundles/{id}/mapping',
    action: 'conversation.read',
    tag,
    summary: 'What a file without a fixed layout holds: its columns, a proposal and five sample records',
    faults: ['bundle.no-such-question'],
    params: BundleParams,
    query: AskMapping,
    answer: MappingQuestion,
    handle: async (call) => {
      const { params, query, services } = call;
      const bundle = await findBundle(call, params.id);
      if (!bundle.ok) return bundle;
      const table = bundle.value.state === 'needs-answer' ? await services.index.getAskedTable(params.id) : null;
      if (table === null) return no('bundle.no-such-question');
      const { delimiter, encoding, header } = query;
      const cut = { ...(delimiter === undefined ? {} : { delimiter }), ...(encoding === undefined ? {} : { encoding }) };
      const head = readTableHead(table.kind, table.head, { ...cut, ...(header === undefined ? {} : { header: header === 'true' }) });
      const samples = head.rows.slice(0, 5);
      await call.audit(params.id, { samples: samples.length });
      const { kind, columns, proposal, dateOrderCertain } = head;
      return ok({ file: table.name, kind, columns, proposal, dateOrderCertain, samples });
    },
  }),
  jsonRoute({
    id: 'listDoubts',
    method: 'get',
    path: '/bundles/{id}/doubts',
    action: 'bundle.read',
    tag,
    summary: 'Every place of every doubt',
    faults: ['cursor.invalid'],
    params: BundleParams,
    query: ListDoubts,
    answer: DoubtPage,
    handle: async (call) => {
      const [bundle, mark] = [await findBundle(call, call.params.id), call.cursor.read(call.query.next)];
      if (!bundle.ok) return bundle;
      if (!mark.ok) return mark;
      const [page, names] = await Promise.all([call.services.bundles.listDoubts(bundle.value.id, mark.value), namesOf(call, bundle.value)]);
      return ok({ items: page.items.map((doubt) => doubtAnswer(doubt, names)), next: call.cursor.write(page.next) });
    },
  }),
  jsonRoute({
    id: 'getReceipt',
    method: 'get',
    path: '/bundles/{id}/receipt',
    action: 'bundle.receipt',
    tag,
    summary: 'What was handed in, when and by whom',
    params: BundleParams,
    answer: Receipt,
    handle: async (call) => {
      const found = await findBundle(call, call.params.id);
      return found.ok ? ok(await receiptAnswer(call, found.value)) : found;
    },
  }),
  bytesRoute({
    id: 'getReceiptPdf',
    method: 'get',
    path: '/bundles/{id}/receipt.pdf',
    action: 'bundle.receipt',
    tag,
    summary: 'The receipt as a document (PDF/A)',
    params: BundleParams,
    answers: [{ status: 200, description: 'The receipt', schema: null, media: 'application/pdf' }],
    handle: async (call) => {
      const found = await findBundle(call, call.params.id);
      if (!found.ok) return found;
      // pdfkit is loaded when the first document is drawn: most requests draw none.
      const { renderReceipt } = await import('../../documents/receipt-pdf.ts');
      const headers = { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="ontvangstbewijs-${found.value.id}.pdf"` };
      return ok(new Response(await renderReceipt(await receiptAnswer(call, found.value)), { headers }));
    },
  }),
];
