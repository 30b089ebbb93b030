// One chat from two phones through the API: searched once, named as near-identical, with its gaps; and lists of terms.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullGround, startFullGround } from './full-ground.ts';

let ground: FullGround;
let ada: string;
let bo: string;

const lines = (labels: readonly [string, string], skip: number | null, hour: number): string =>
  Array.from({ length: 10 }, (_, i) => {
    const text = i === 8 ? 'Dit bericht is verwijderd' : `Punt ${i} over de steiger`;
    return i === skip ? '' : `${13 + i}-02-2024 ${hour}:1${i} - ${labels[i % 2]}: ${text}\n`;
  }).join('');

beforeAll(async () => {
  ground = await startFullGround();
  ada = (await ground.handIn('employee', 'ada.txt', lines(['Ada de Wit', 'Bo'], null, 10))).id;
  const timer = '20-04-2024 11:30 - Ana heeft berichten met vervaldatum uitgeschakeld.\n';
  bo = (await ground.handIn('employee-2', 'bo.txt', `${lines(['+31 6 12345678', 'Bo Bakker'], 3, 11)}${timer}`)).id;
});
afterAll(() => ground.stop());

const search = async (who: Parameters<FullGround['call']>[0], more: object) =>
  (await ground.call(who, 'POST', '/v1/messages/_search', { query: 'steiger', ...more })).json;

describe('one chat from two phones', () => {
  it('is found twice, or once with its sources and who lacks it', async () => {
    expect(await search('woo-coordinator', {})).toMatchObject({ total: 17 });
    const once = await search('woo-coordinator', { collapseDuplicates: true, order: 'oldest' });
    expect(once).toMatchObject({ total: 9, uncollapsed: 17 });
    expect(once.items[3]).toMatchObject({ message: { text: 'Punt 3 over de steiger' }, duplicates: [], lackedBy: [{ bundleId: bo, n: 1 }] });
    expect(once.items[4]).toMatchObject({
      conversation: { bundleId: ada },
      duplicates: [{ bundleId: bo, n: 1, ordinal: 3, sender: '+31 6 12345678' }],
      lackedBy: [],
    });
  });

  it('tells an employee nothing of what others handed in', async () => {
    const own = await search('employee', { collapseDuplicates: true });
    expect(own).toMatchObject({ total: 9, uncollapsed: 9 });
    expect(JSON.stringify(own)).not.toContain(bo);
    expect((await ground.call('employee', 'GET', `/v1/bundles/${ada}/conversations/1/similar`)).json).toEqual({ items: [] });
    expect((await ground.call('employee', 'GET', `/v1/bundles/${bo}/conversations/1/similar`)).status).toBeGreaterThanOrEqual(403);
    expect((await ground.call('employee', 'POST', '/v1/conversations/_gaps', { conversations: [{ bundleId: bo, n: 1 }] })).json).toEqual({ items: [] });
  });

  it('names the other conversation and how much they share', async () => {
    const { json } = await ground.call('woo-coordinator', 'GET', `/v1/bundles/${ada}/conversations/1/similar`);
    expect(json.items).toMatchObject([{ bundleId: bo, n: 1, shared: 8, inCommonTime: [9, 8], clockShift: 60 }]);
  });

  it('filters by one conversation, in the order of the conversation', async () => {
    const found = await search('woo-coordinator', {
      filters: { conversations: [{ bundleId: bo, n: 1 }] },
      order: 'conversation',
      facets: ['conversation', 'app', 'custodian'],
    });
    expect(found.items.map(({ message }: { message: { ordinal: number } }) => message.ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
    expect(found.facets).toMatchObject({ conversation: [{ value: `${bo}/1`, messages: 8 }], app: [{ value: 'whatsapp', messages: 8 }], custodian: [] });
    expect((await search('woo-coordinator', { filters: { kinds: ['verzonnen'] } })).code).toBe('input.invalid');
  });

  it('says month by month what was taken back, and when a timer ran', async () => {
    const { json } = await ground.call('woo-coordinator', 'POST', '/v1/conversations/_gaps', { conversations: [{ bundleId: bo, n: 1 }] });
    expect(json.items).toMatchObject([
      {
        bundleId: bo,
        months: [
          { value: '2024-02', records: 9, deleted: 1, timer: false },
          { value: '2024-03', records: 0, deleted: 0, timer: false },
          { value: '2024-04', records: 1, deleted: 0, timer: false },
        ],
      },
    ]);
  });

  it('counts a pasted list line by line', async () => {
    const { json } = await ground.call('woo-coordinator', 'POST', '/v1/messages/_count', { query: 'steiger\n"punt 4"\nvuurtoren' });
    expect(json).toMatchObject({
      total: 17,
      rows: [
        { line: 'steiger', hits: 17, messages: 17, conversations: 2, unique: 15, first: '2024-02-13', last: '2024-02-22' },
        { line: '"punt 4"', hits: 2, unique: 0 },
        { line: 'vuurtoren', hits: 0, first: null, months: [] },
      ],
    });
  });
});
