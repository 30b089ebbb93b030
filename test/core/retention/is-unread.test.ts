// Destruction waits for the case system: what was reopened there during an outage must not be destroyed here.
import { describe, expect, it } from 'vitest';
import type { CaseAttention, CaseInZgw } from '#core/model/case.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { isReadLately, isUnread } from '#core/retention/is-unread.ts';

const zgw = (...attention: readonly CaseAttention[]): CaseInZgw => ({ url: null, readAt: null, attention });
const day = (text: string) => text as CalendarDate;

describe('isUnread', () => {
  it.each<[string, Parameters<typeof isUnread>[0], boolean]>([
    ['never in a case system', { source: 'hand' }, false],
    ['read well', { source: 'zgw', zgw: zgw() }, false],
    ['read, with something to look at', { source: 'zgw', zgw: zgw('date-differs') }, false],
    ['out of reach', { source: 'zgw', zgw: zgw('zgw-unreachable') }, true],
    ['out of reach, put by hand', { source: 'hand', zgw: zgw('zgw-unreachable') }, true],
    ['denied', { source: 'zgw', zgw: zgw('zgw-denied') }, true],
    ['not understood', { source: 'import', zgw: zgw('zgw-not-understood') }, true],
    ['two of one number', { source: 'zgw', zgw: zgw('zgw-ambiguous') }, true],
    ['gone from the case system', { source: 'zgw', zgw: zgw('zgw-not-found') }, true],
    ['put by hand, which it never knew', { source: 'hand', zgw: zgw('zgw-not-found') }, false],
  ])('%s: %s', (_, one, wanted) => {
    expect(isUnread(one)).toBe(wanted);
  });
});

describe('isReadLately', () => {
  it.each<[string | null | undefined, string, boolean]>([
    [undefined, '2026-01-01', true],
    [null, '2026-01-01', false],
    ['2026-01-01', '2026-01-01', true],
    ['2025-12-30', '2026-01-01', true],
    ['2025-12-29', '2026-01-01', false],
    ['2028-02-27', '2028-02-29', true],
    ['2028-02-27', '2028-03-01', false],
  ])('read whole on %s, today %s: %s', (on, today, wanted) => {
    expect(isReadLately(on === undefined || on === null ? on : day(on), day(today))).toBe(wanted);
  });
});
