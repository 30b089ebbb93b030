// A public RSMF manifest (version 1.0, out of Slack), against figures counted in its JSON (never by our reader). Outside the repository: see shared-fixtures.
import { describe, expect, it } from 'vitest';
import { rsmfReader } from '#core/parse/rsmf/rsmf-reader.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';
import { expectEveryByte, readAll } from './reader-suite.ts';

describe.runIf(fixturesFolder)('a public RSMF manifest', () => {
  it('has the events, conversations and persons that its JSON counts', async () => {
    const bytes = readFixture('rsmf/rsmf_manifest.json');
    const all = await readAll(rsmfReader, bytes, { name: 'rsmf_manifest.json' });
    expectEveryByte(all, bytes);
    expect(all.records).toHaveLength(148);
    const events = all.records.map(({ kind, system }) => system?.event ?? (kind === 'media' ? 'text' : kind));
    const count = (what: string) => events.filter((one) => one === what).length;
    expect([count('text'), count('member-joined'), count('disclaimer')]).toEqual([125, 20, 3]);
    expect(all.conversations).toHaveLength(6);
    expect(new Set(all.conversations.map(({ platform }) => platform))).toEqual(new Set(['slack']));
    expect(all.records.filter(({ replyTo }) => replyTo !== undefined)).toHaveLength(42);
    expect(all.records.flatMap(({ attachments = [] }) => attachments)).toHaveLength(35);
    expect(all.records.flatMap(({ reactions = [] }) => reactions)).toHaveLength(0);
    const instants = all.records.flatMap(({ instant }) => instant ?? []).sort();
    expect([instants[0], instants.at(-1)]).toEqual(['2019-04-01T16:08:29.000Z', '2019-04-02T19:36:39.004Z']);
  });
});
