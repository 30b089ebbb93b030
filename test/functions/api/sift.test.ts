// What was left out, through the API: announced with the file, told again with the bundle, shown at its place in the conversation.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageAnswer } from '#contract/conversation.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';
import { type FullGround, startFullGround } from './full-ground.ts';

let ground: FullGround;
beforeAll(async () => {
  ground = await startFullGround();
});
afterAll(() => ground.stop());

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const sift = {
  mode: 'cut',
  originalSha256: sha('het hele bestand'),
  originalSize: 900,
  conversations: [
    {
      n: 1,
      ranges: [
        { from: 1, to: 2, reason: 'private' },
        { from: 3, to: 3, reason: 'health' },
        { from: 10, to: 10, reason: 'other-case' },
      ],
    },
  ],
  leftOut: [{ reason: 'private', conversations: 1, records: 7 }],
  files: 2,
};

describe('a file of which a part was left out', () => {
  it('shows at every place what is missing there, however it is read', async () => {
    const bundle = await ground.handIn(
      'employee',
      'a.txt',
      androidChat(7, (i) => `gelezen ${i}`),
      { sift },
    );
    expect(bundle.sift).toEqual({
      mode: 'cut',
      originalSha256: sift.originalSha256,
      originalSize: 900,
      records: 4,
      reasons: [
        { reason: 'private', records: 2 },
        { reason: 'health', records: 1 },
        { reason: 'other-case', records: 1 },
      ],
      leftOut: [{ reason: 'private', conversations: 1, records: 7 }],
      files: 2,
    });
    const path = `/v1/bundles/${bundle.id}/conversations/1/messages`;
    const gaps = (items: readonly MessageAnswer[]) => items.map(({ ordinal, leftOutBefore, leftOutAfter }) => [ordinal, leftOutBefore, leftOutAfter]);
    const whole = gaps((await ground.call('employee', 'GET', path)).json.items);
    expect(whole).toEqual([
      [0, undefined, undefined],
      [
        1,
        [
          { reason: 'private', records: 2 },
          { reason: 'health', records: 1 },
        ],
        undefined,
      ],
      ...[2, 3, 4, 5].map((ordinal) => [ordinal, undefined, undefined]),
      [6, undefined, [{ reason: 'other-case', records: 1 }]],
    ]);
    const paged: unknown[] = [];
    for (let from = 0; from < 7; from += 3) paged.push(...gaps((await ground.call('employee', 'GET', `${path}?from=${from}&limit=3`)).json.items));
    expect(paged).toEqual(whole);
    expect((await ground.call('employee', 'GET', `/v1/bundles/${bundle.id}/receipt`)).json.sift).toEqual(bundle.sift);
  });

  it('whole, with marks, shows the marks', async () => {
    const text = androidChat(5, (i) => `gemerkt ${i}`);
    const marks = {
      mode: 'marked',
      originalSha256: sha(text),
      originalSize: text.length,
      conversations: [{ n: 1, ranges: [{ from: 1, to: 2, reason: 'health' }] }],
    };
    const bundle = await ground.handIn('employee', 'b.txt', text, { sift: marks });
    const { items } = (await ground.call('employee', 'GET', `/v1/bundles/${bundle.id}/conversations/1/messages`)).json;
    expect(items.map(({ markedPrivate }: MessageAnswer) => markedPrivate)).toEqual([undefined, 'health', 'health', undefined, undefined]);
  });

  it('whole but for keys of the app says how many, where the whole file must be kept too', async () => {
    const text = androidChat(5, (i) => `zonder sleutels ${i}`);
    const bundle = await ground.handIn('employee', 'c.txt', text, {
      sift: { mode: 'marked', originalSha256: sha('met sleutels'), originalSize: 900, keys: 12 },
    });
    expect(bundle.sift).toMatchObject({ mode: 'marked', records: 0, reasons: [], keys: 12, originalSha256: sha('met sleutels') });
    expect((await ground.call('employee', 'GET', `/v1/bundles/${bundle.id}/receipt`)).json.sift).toEqual(bundle.sift);
  });

  it('that was not sifted says so', async () => {
    const bundle = await ground.handIn(
      'employee',
      'c.txt',
      androidChat(3, (i) => `heel ${i}`),
    );
    expect(bundle.sift).toBeNull();
  });
});

describe('an announcement that contradicts itself', () => {
  const own = sha('wat er overblijft');
  const ranges = (...given: readonly (readonly [number, number])[]) => [{ n: 1, ranges: given.map(([from, to]) => ({ from, to, reason: 'private' })) }];
  it.each<[string, object, string]>([
    ['is cut and yet the whole file', { originalSha256: own }, 'sift.originalSha256'],
    ['is marked and yet another file', { mode: 'marked', leftOut: [], files: 0 }, 'sift.originalSha256'],
    ['is marked and yet leaves out', { mode: 'marked', originalSha256: own }, 'sift.leftOut'],
    ['is without keys and yet the whole file', { mode: 'marked', leftOut: [], files: 0, keys: 3, originalSha256: own }, 'sift.originalSha256'],
    ['has ranges that overlap', { conversations: ranges([1, 4], [4, 5]) }, 'sift.conversations.0.ranges.1'],
    ['has a range that ends before it begins', { conversations: ranges([5, 4]) }, 'sift.conversations.0.ranges.0'],
    ['names a conversation twice', { conversations: [...ranges([1, 1]), ...ranges([2, 2])] }, 'sift.conversations'],
    ['leaves out nothing', { conversations: [], leftOut: [], files: 0 }, 'sift.conversations'],
    ['gives a reason in words', { conversations: [{ n: 1, ranges: [{ from: 1, to: 1, reason: 'mijn scheiding' }] }] }, 'sift.conversations.0.ranges.0.reason'],
    ['has more ranges than are kept', { conversations: ranges(...Array.from({ length: 50_001 }, (_, at) => [at * 2, at * 2] as const)) }, 'sift.conversations'],
  ])('%s is refused, and nothing is stored', async (_name, change, field) => {
    const answer = await ground.call('employee', 'POST', '/v1/bundles', { fileName: 'a.txt', size: 10, sha256: own, sift: { ...sift, ...change } });
    expect([answer.status, answer.json.code]).toEqual([400, 'input.invalid']);
    expect(answer.json.errors.map(({ field: named }: { readonly field: string }) => named)).toContain(field);
    expect(JSON.stringify(answer.json)).not.toContain('scheiding');
    expect(await ground.services.bundles.claimant(own)).toBeNull();
  });
});

describe('where the whole file must be kept', () => {
  it('a part is refused by code, and everybody can know beforehand', async () => {
    expect((await ground.call('employee', 'GET', '/v1/me')).json.wholeOriginalRequired).toBe(false);
    expect((await ground.call('administrator', 'PATCH', '/v1/settings', { wholeOriginalRequired: true })).status).toBe(200);
    expect((await ground.call('employee', 'GET', '/v1/me')).json.wholeOriginalRequired).toBe(true);
    const answer = await ground.call('employee', 'POST', '/v1/bundles', { fileName: 'a.txt', size: 10, sha256: sha('iets'), sift });
    expect([answer.status, answer.json.code]).toEqual([409, 'sift.whole-required']);
  });
});
