// Large uploads: links for parts on demand, then put together. The object's arrival starts the work.

import { BundleAnswer, BundleParams, CompleteUpload, SignedParts, SignParts } from '#contract/bundle.ts';
import { ok } from '#core/model/result.ts';
import { completeUpload } from '#flow/complete-upload.ts';
import { signParts } from '#flow/sign-parts.ts';
import { bundleAnswer, findBundle } from '../bundle-answer.ts';
import { jsonRoute, type Route } from '../route.ts';

const tag = 'Bundels';

export const uploadRoutes: readonly Route[] = [
  jsonRoute({
    id: 'signParts',
    method: 'post',
    path: '/bundles/{id}/parts',
    action: 'bundle.upload',
    tag,
    summary: 'Links to send parts to; a small file is part 1',
    faults: ['bundle.wrong-state'],
    params: BundleParams,
    body: SignParts,
    answer: SignedParts,
    handle: async (call) => {
      const bundle = await findBundle(call, call.params.id);
      if (!bundle.ok) return bundle;
      const signed = await signParts(call.services, bundle.value.id, call.body);
      if (!signed.ok) return signed;
      return ok({ items: signed.value });
    },
  }),
  jsonRoute({
    id: 'completeUpload',
    method: 'post',
    path: '/bundles/{id}/complete',
    action: 'bundle.upload',
    tag,
    summary: 'Puts the parts together; asking twice is the same as once',
    faults: ['upload.incomplete', 'upload.expired'],
    params: BundleParams,
    body: CompleteUpload,
    bodyLimit: 2 * 2 ** 20,
    answer: BundleAnswer,
    handle: async (call) => {
      const bundle = await findBundle(call, call.params.id);
      if (!bundle.ok) return bundle;
      const completed = await completeUpload(call.services, bundle.value.id, call.body.parts);
      if (!completed.ok) return completed;
      await call.audit(bundle.value.id, { completed: true });
      return ok(await bundleAnswer(call, completed.value));
    },
  }),
];
