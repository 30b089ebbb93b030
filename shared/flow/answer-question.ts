// A person settles what reading could not (the order of day and month, what the columns of a table are): the bundle is received again and read with the answer.
import type { Acting } from '#core/audit/audited.ts';
import type { Bundle } from '#core/model/bundle.ts';
import type { DateOrder } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { type ColumnMapping, columnsOf } from '#core/model/mapping.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { readTableHead } from '#core/parse/generic/propose-mapping.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { IndexStore } from '#store/index/index-store.ts';
import { acted, settle } from './acted.ts';
import type { NeedsAudit, NeedsQueue } from './needs.ts';

export interface NeedsAnswer extends NeedsAudit, NeedsQueue {
  readonly bundles: Pick<BundleStore, 'get' | 'move'>;
  readonly index: Pick<IndexStore, 'getAskedTable'>;
}

const dateOrders: readonly DateOrder[] = ['dmy', 'mdy', 'ymd', 'ydm'];

export interface GivenAnswer {
  readonly code: string;
  readonly choice: string;
  /** With `mapping.needed`: what the person changed of the proposal; absent when it was right. */
  readonly mapping?: ColumnMapping | undefined;
}

/** The same answer given again, after a broken connection, only makes sure that the work goes on. */
export async function answerQuestion(needs: NeedsAnswer, acting: Acting, bundleId: string, given: GivenAnswer): Promise<Result<Bundle>> {
  const { code, choice } = given;
  const bundle = await needs.bundles.get(bundleId);
  if (bundle === null) return no('not-found');
  if (bundle.state === 'received' && isGivenBefore(bundle, given)) {
    await needs.queue.send('ingest-bundle', { bundleId });
    return ok(bundle);
  }
  if (bundle.state !== 'needs-answer') return no('bundle.wrong-state', { ids: { state: bundle.state } });
  const question = bundle.doubts.find((doubt) => doubt.code === code && doubt.severity === 'question');
  if (question === undefined) return no('bundle.no-such-question');
  if (question.choices?.includes(choice) !== true) return no('bundle.no-such-question', { errors: [{ field: 'choice' }] });
  const answered = code === 'mapping.needed' ? await withMapping(needs, bundle, question, given) : withDateOrder(bundle, given);
  if (!answered.ok) return answered;

  await settle(needs, bundle);
  const event = acted(needs, acting, 'bundle.answer', bundleId, { code, choice });
  const patch = { answers: answered.value, pendingEvent: event };
  const moved = await needs.bundles.move(bundleId, ['needs-answer'], 'received', needs.clock.now(), needs.clock.today(), patch);
  if (moved === null) return no('changed-meanwhile');
  await settle(needs, moved);
  await needs.queue.send('ingest-bundle', { bundleId });
  return ok(moved);
}

function isGivenBefore({ answers, doubts }: Bundle, { code, choice, mapping }: GivenAnswer): boolean {
  if (code === 'date-order.ambiguous') return answers.dateOrder === choice;
  const layout = doubts.find((doubt) => doubt.code === code)?.evidence?.['layout'];
  const stored = typeof layout === 'string' ? answers.mappings?.[layout] : undefined;
  return stored !== undefined && (mapping === undefined ? choice === 'proposed' : isSame(stored, mapping));
}

function isSame(a: ColumnMapping, b: ColumnMapping): boolean {
  const plain = (one: ColumnMapping) => JSON.stringify(Object.entries(one).sort(([x], [y]) => (x < y ? -1 : 1)));
  return plain(a) === plain(b);
}

function withDateOrder(bundle: Bundle, { code, choice }: GivenAnswer): Result<Bundle['answers']> {
  const order = dateOrders.find((one) => one === choice);
  if (code !== 'date-order.ambiguous' || order === undefined) return no('bundle.no-such-question', { errors: [{ field: 'choice' }] });
  return ok({ ...bundle.answers, dateOrder: order });
}

/** The proposal is made again from the start of the file: what a person confirmed is what was shown. */
async function withMapping(needs: NeedsAnswer, bundle: Bundle, question: Doubt, { choice, mapping }: GivenAnswer): Promise<Result<Bundle['answers']>> {
  const table = await needs.index.getAskedTable(bundle.id);
  const layout = question.evidence?.['layout'];
  if (table === null || typeof layout !== 'string') return no('bundle.no-such-question');
  if ((choice === 'mapped') !== (mapping !== undefined)) return no('bundle.no-such-question', { errors: [{ field: 'mapping' }] });
  const head = readTableHead(table.kind, table.head, mapping);
  const chosen = mapping ?? head.proposal;
  const highest = Math.max(...columnsOf(chosen));
  if (highest >= head.columns.length || (chosen.delimiter === null) !== (table.kind === 'json'))
    return no('bundle.no-such-question', { errors: [{ field: 'mapping' }] });
  return ok({ ...bundle.answers, mappings: { ...bundle.answers.mappings, [layout]: chosen } });
}
