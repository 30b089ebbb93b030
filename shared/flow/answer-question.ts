// A person settles what reading could not (the order of day and month): the bundle is received again and read with the answer.
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { DateOrder } from '#core/model/chat.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit, NeedsQueue } from './needs.ts';

export interface NeedsAnswer extends NeedsAudit, NeedsQueue {
  readonly bundles: Pick<BundleStore, 'get' | 'move'>;
}

const dateOrders: readonly DateOrder[] = ['dmy', 'mdy', 'ymd', 'ydm'];

/** The same answer given again, after a broken connection, only makes sure that the work goes on. */
export async function answerQuestion(needs: NeedsAnswer, acting: Acting, bundleId: string, code: string, choice: string): Promise<Result<Bundle>> {
  const bundle = await needs.bundles.get(bundleId);
  if (bundle === null) return no('not-found');
  const order = dateOrders.find((one) => one === choice);
  if (bundle.state === 'received' && code === 'date-order.ambiguous' && order !== undefined && bundle.answers.dateOrder === order) {
    await needs.queue.send('ingest-bundle', { bundleId });
    return ok(bundle);
  }
  if (bundle.state !== 'needs-answer') return no('bundle.wrong-state', { ids: { state: bundle.state } });
  const question = bundle.doubts.find((doubt) => doubt.code === code && doubt.severity === 'question');
  if (question === undefined || code !== 'date-order.ambiguous') return no('bundle.no-such-question');
  if (order === undefined || question.choices?.includes(order) !== true) return no('bundle.no-such-question', { errors: [{ field: 'choice' }] });

  await settle(needs, bundle);
  const event = acted(needs, acting, 'bundle.answer', bundleId, { code, choice: order });
  const answers = { ...bundle.answers, dateOrder: order };
  const moved = await needs.bundles.move(bundleId, ['needs-answer'], 'received', needs.clock.now(), needs.clock.today(), { answers, pendingEvent: event });
  if (moved === null) return no('changed-meanwhile');
  await settle(needs, moved);
  await needs.queue.send('ingest-bundle', { bundleId });
  return ok(moved);
}
