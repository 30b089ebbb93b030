// Doubts of a whole bundle: one line per code with an exact count, the places kept within bounds.
import { describe, expect, test } from 'vitest';
import { makeDoubtGatherer, placesPerCode } from '#core/intake/gather-doubts.ts';

describe('gathering doubts', () => {
  test('counts places and those that count several at once', () => {
    const doubts = makeDoubtGatherer();
    doubts.add({ code: 'line.not-understood', severity: 'warning', place: { file: 1, line: 3 } });
    doubts.add({ code: 'line.not-understood', severity: 'warning', place: { file: 1, line: 9 } });
    doubts.add({ code: 'attachment.omitted', severity: 'note', count: 12 });
    expect(doubts.summary()).toEqual([
      { code: 'line.not-understood', severity: 'warning', place: { file: 1, line: 3 }, count: 2 },
      { code: 'attachment.omitted', severity: 'note', count: 12 },
    ]);
    expect(doubts.places()).toHaveLength(3);
  });

  test('puts questions first, and joins their choices', () => {
    const doubts = makeDoubtGatherer();
    doubts.add({ code: 'timer.on', severity: 'note' });
    doubts.add({ code: 'date-order.ambiguous', severity: 'question', choices: ['dmy', 'mdy'] });
    doubts.add({ code: 'date-order.ambiguous', severity: 'question', choices: ['ymd', 'dmy'] });
    expect(doubts.summary()[0]).toEqual({ code: 'date-order.ambiguous', severity: 'question', choices: ['dmy', 'mdy', 'ymd'], count: 2 });
  });

  test('shows the gravest of one code', () => {
    const doubts = makeDoubtGatherer();
    doubts.add({ code: 'entry.nested-zip', severity: 'note', evidence: { attachment: 1 } });
    doubts.add({ code: 'entry.nested-zip', severity: 'warning', evidence: { attachment: 2 } });
    expect(doubts.summary()).toEqual([{ code: 'entry.nested-zip', severity: 'warning', evidence: { attachment: 2 }, count: 2 }]);
  });

  test('keeps the count exact where places are too many to keep', () => {
    const doubts = makeDoubtGatherer();
    for (let line = 1; line <= placesPerCode + 500; line++) doubts.add({ code: 'line.not-understood', severity: 'warning', place: { file: 1, line } });
    expect(doubts.summary()[0]?.count).toBe(placesPerCode + 500);
    expect(doubts.places()).toHaveLength(placesPerCode);
  });
});
