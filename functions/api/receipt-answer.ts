// The receipt of a bundle, as JSON answers it and as the document is drawn from it.
import type { Receipt } from '#contract/bundle.ts';
import type { Bundle } from '#core/model/bundle.ts';
import { doubtAnswer, namesOf, siftAnswer } from './bundle-answer.ts';
import { receiptSentence } from './receipt-sentence.ts';
import type { Call } from './route.ts';

export async function receiptAnswer(call: Pick<Call<unknown, unknown, unknown>, 'services' | 'caller'>, bundle: Bundle): Promise<Receipt> {
  const [{ settings }, names] = await Promise.all([call.services.settings.get(), namesOf(call, bundle)]);
  const { id, size, sha256, indexedAt, state, uploader, caseIds, counts, period, retention, keepDecision } = bundle;
  return {
    bundleId: id,
    organisation: settings.organisation,
    fileName: names?.fileName ?? null,
    size,
    sha256,
    receivedAt: bundle.createdAt,
    indexedAt,
    state,
    uploader,
    caseIds,
    counts,
    period,
    retention,
    doubts: bundle.doubts.map((doubt) => doubtAnswer(doubt, names)),
    keepDecision,
    sift: siftAnswer(bundle),
    kept: bundle.kept ?? null,
    madeAt: call.services.clock.now(),
    sentence: receiptSentence(bundle),
  };
}
