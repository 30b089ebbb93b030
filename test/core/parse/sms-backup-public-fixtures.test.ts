// Public SMS backups, against figures from their own projects' tests (never from our reader). Outside the repository: see shared-fixtures.
import { describe, expect, it } from 'vitest';
import { smsBackupReader } from '#core/parse/sms-backup/sms-backup-reader.ts';
import { ownLabel } from '#core/parse/sms-backup/sms-parties.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';
import { expectEveryByte, readAll } from './reader-suite.ts';

const read = (name: string) => readAll(smsBackupReader, readFixture(`sms/${name}`));

describe.runIf(fixturesFolder)('public SMS backups', () => {
  it.each([
    { name: 'minimal_sms.xml', records: 1, first: '2021-01-01T00:00:00.000Z' },
    { name: 'minimal_mms.xml', records: 1, first: '2021-01-02T00:00:00.000Z' },
    { name: 'minimal_calls.xml', records: 1, first: '2021-01-03T00:00:00.000Z' },
    { name: 'mixed.xml', records: 4, first: '2021-01-01T00:00:00.000Z', last: '2021-01-01T03:00:00.000Z' },
    { name: 'sms_small.xml', records: 12, first: '2017-12-02T14:49:27.463Z' },
    { name: 'sample_small.xml', records: 7 },
    { name: 'sample_mms.xml', records: 4 },
  ])('$name', async ({ name, records, first, last }) => {
    const all = await read(name);
    expectEveryByte(all, readFixture(`sms/${name}`));
    expect(all.records).toHaveLength(records);
    if (first !== undefined) expect(all.records[0]?.instant).toBe(first);
    if (last !== undefined) expect(all.records.at(-1)?.instant).toBe(last);
    expect(all.records.every(({ certainty }) => certainty === 'given')).toBe(true);
    expect(all.doubts).toEqual([]);
  });

  it('has the threads of sample_small and sample_mms', async () => {
    const count = (all: Awaited<ReturnType<typeof read>>) =>
      all.conversations.map(({ participants }) => participants.reduce((sum, one) => sum + one.records, 0));
    expect(count(await read('sample_small.xml'))).toEqual([4, 3]);
    expect(count(await read('sample_mms.xml'))).toEqual([4]);
  });

  it('leaves SMIL out of three parts, and points at the picture', async () => {
    const [record] = (await read('minimal_mms.xml')).records;
    expect(record).toMatchObject({ text: 'Test MMS Subject\nHello from MMS!', kind: 'media' });
    expect(record?.attachments).toMatchObject([{ name: 'image.jpg', presence: 'present', kind: 'image' }]);
  });

  it('knows the kinds of files', async () => {
    const all = await read('sample_mms.xml');
    expect(all.records.map(({ attachments }) => attachments?.map(({ name, kind }) => [name, kind]))).toEqual([
      [['image.png', 'image']],
      [['video.mp4', 'video']],
      [['audio.mp3', 'audio']],
      [['document.pdf', 'document']],
    ]);
  });

  it('reads a call of 125 seconds, and line breaks in a text', async () => {
    expect((await read('minimal_calls.xml')).records[0]?.call).toEqual({ outcome: 'answered', seconds: 125 });
    const texts = (await read('sms_small.xml')).records;
    expect(texts[9]).toMatchObject({ text: 'Body text 10\nBody text 11\nBody text 12', sender: ownLabel });
  });
});
