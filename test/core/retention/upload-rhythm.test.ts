// When a key person is behind: edge days of the rhythm, and of leaving.
import { describe, expect, it } from 'vitest';
import { type Custodian, leavingSteps } from '#core/model/custodian.ts';
import type { CalendarDate, Instant, Period } from '#core/model/time.ts';
import { uploadStanding } from '#core/retention/upload-rhythm.ts';

const date = (text: string) => text as CalendarDate;
const person = (given: Partial<Custodian> = {}) => ({
  state: 'active' as const,
  rhythm: 'P1M' as Period,
  from: date('2026-01-31'),
  leavingOn: null,
  steps: {},
  ...given,
});
const settled = Object.fromEntries(
  leavingSteps.map((step) => [step, { state: 'done', remark: null, by: 'a', at: '2026-01-01T00:00:00.000Z' as Instant }]),
) as Custodian['steps'];

describe('uploadStanding', () => {
  it.each([
    // from, last upload, today, punctuality, due, days behind
    ['2026-01-31', null, '2026-02-20', 'on-time', '2026-02-28', 0],
    ['2026-01-31', null, '2026-02-21', 'due-soon', '2026-02-28', 0],
    ['2026-01-31', null, '2026-02-28', 'due-soon', '2026-02-28', 0],
    ['2026-01-31', null, '2026-03-01', 'behind', '2026-02-28', 1],
    ['2026-01-31', '2026-03-01', '2026-03-15', 'on-time', '2026-04-01', 0],
    // An upload from before the rhythm began does not make the person behind.
    ['2026-01-31', '2025-06-01', '2026-02-01', 'on-time', '2026-02-28', 0],
  ])('from %s, last upload %s, on %s: %s', (from, last, today, punctuality, dueOn, daysBehind) => {
    expect(uploadStanding(person({ from: date(from) }), last === null ? null : date(last), date(today))).toEqual({ punctuality, dueOn, daysBehind });
  });

  it('expects nothing where no rhythm was agreed, and of who has left', () => {
    expect(uploadStanding(person({ rhythm: null }), null, date('2030-01-01'))).toEqual({ punctuality: 'no-rhythm', dueOn: null, daysBehind: 0 });
    expect(uploadStanding(person({ state: 'left', leavingOn: date('2026-02-01'), steps: settled }), null, date('2030-01-01'))).toEqual({
      punctuality: 'left',
      dueOn: null,
      daysBehind: 0,
    });
  });

  it('who leaves has until the last working day, or less when the rhythm is shorter', () => {
    const yearly = person({ state: 'leaving', rhythm: 'P1Y' as Period, leavingOn: date('2026-04-30') });
    expect(uploadStanding(yearly, null, date('2026-05-02'))).toEqual({ punctuality: 'behind', dueOn: '2026-04-30', daysBehind: 2 });
    expect(uploadStanding({ ...yearly, rhythm: 'P1M' as Period }, null, date('2026-02-01')).dueOn).toBe('2026-02-28');
    expect(uploadStanding({ ...yearly, rhythm: null }, null, date('2026-05-02'))).toMatchObject({ punctuality: 'behind', daysBehind: 2 });
    expect(uploadStanding({ ...yearly, rhythm: null, steps: settled }, null, date('2026-05-02')).punctuality).toBe('no-rhythm');
  });
});
