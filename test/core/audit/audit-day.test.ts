// When a day may be written, may be sealed and must be sealed; the half hour between the first two is never open to both.
import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, dayPlus, isLate, lastDayThatMustBeSealed, lastSealableDay } from '#core/audit/audit-day.ts';
import type { Instant } from '#core/model/time.ts';

const at = (text: string) => Date.parse(text);
const event = { at: '2028-02-28T23:59:59.999Z' as Instant };

describe('a day', () => {
  it.each([
    ['2028-02-28T23:59:59.999Z', false, '2028-02-27', '2028-02-26'],
    ['2028-02-29T00:59:59.999Z', false, '2028-02-27', '2028-02-26'],
    ['2028-02-29T01:00:00.000Z', true, '2028-02-27', '2028-02-26'],
    ['2028-02-29T01:29:59.999Z', true, '2028-02-27', '2028-02-26'],
    ['2028-02-29T01:30:00.000Z', true, '2028-02-28', '2028-02-26'],
    ['2028-03-01T11:59:59.999Z', true, '2028-02-29', '2028-02-27'],
    ['2028-03-01T12:00:00.000Z', true, '2028-02-29', '2028-02-28'],
  ])('at %s: late %s, sealable through %s, to be sealed through %s', (now, late, sealable, must) => {
    expect([isLate(event, at(now)), lastSealableDay(at(now)), lastDayThatMustBeSealed(at(now))]).toEqual([late, sealable, must]);
  });

  test.prop([fc.integer({ min: at('2026-01-01'), max: at('2060-01-01') }), fc.integer({ min: 0, max: 400 * 24 * 3600 }), fc.integer({ min: 0, max: 1799 })])(
    'that may be sealed was closed for every door whose clock or request is less than half an hour behind',
    (now, agoSeconds, behindSeconds) => {
      const of = { at: new Date(now - agoSeconds * 1000).toISOString() as Instant };
      if (of.at.slice(0, 10) <= lastSealableDay(now)) expect(isLate(of, now - behindSeconds * 1000)).toBe(true);
      else expect(dayPlus(of.at.slice(0, 10), 2) > dayOf(now - 3600_000)).toBe(true);
    },
  );
});
