// Every single thing that must stop a destruction stops it (PITFALLS: openregister#2703, #3552, open-archiefbeheer#1032).
import { describe, expect, it } from 'vitest';
import { type BundleState, bundleStates, type Retention } from '#core/model/bundle.ts';
import { type ListState, listStates } from '#core/model/destruction-list.ts';
import type { HoldId } from '#core/model/id.ts';
import type { CalendarDate } from '#core/model/time.ts';
import { type DestructionFacts, isDestroyable } from '#core/retention/is-destroyable.ts';

const day = (text: string | null) => text as CalendarDate;
const retention = (actionDate: string | null, nomination: Retention['nomination'] = 'destroy'): Retention => ({
  nomination,
  period: null,
  startDate: null,
  actionDate: actionDate as CalendarDate | null,
  explanation: '',
});
const hold = 'hold_01J00000000000000000000000' as HoldId;

const good: DestructionFacts = {
  bundle: { state: 'indexed', retention: retention('2031-04-17'), holds: [] },
  list: { state: 'executing', executeFrom: day('2031-04-17') },
  item: { keep: null, outcome: 'waiting', actionDate: day('2031-04-17') },
  today: day('2031-04-17'),
  rederived: retention('2031-04-17'),
  otherHolds: [],
  caseUnread: false,
};
const code = (facts: DestructionFacts) => {
  const answer = isDestroyable(facts);
  return answer.ok ? 'ok' : answer.fault.code;
};

describe('isDestroyable', () => {
  it('lets through what is due today, listed, authorised and free', () => {
    expect(code(good)).toBe('ok');
    expect(code({ ...good, today: day('2099-12-31') })).toBe('ok');
  });

  it.each<[string, DestructionFacts, string]>([
    ['not due yet', { ...good, today: day('2031-04-16'), list: { ...good.list, executeFrom: day('2031-04-01') } }, 'destroy.not-due'],
    ['cooling-off not over', { ...good, list: { ...good.list, executeFrom: day('2031-04-18') } }, 'destroy.not-authorised'],
    ['no execution date', { ...good, list: { ...good.list, executeFrom: null } }, 'destroy.not-authorised'],
    ['kept by a reviewer', { ...good, item: { ...good.item, keep: 'nog nodig' } }, 'destroy.not-authorised'],
    ['kept with an empty reason', { ...good, item: { ...good.item, keep: '' } }, 'destroy.not-authorised'],
    ['settled before', { ...good, item: { ...good.item, outcome: 'left-out' } }, 'destroy.not-authorised'],
    ['held on the bundle', { ...good, bundle: { ...good.bundle, holds: [hold] } }, 'destroy.held'],
    ['held on a case, or a hold in the making', { ...good, otherHolds: [hold] }, 'destroy.held'],
    ['a case that could not be read in the case system', { ...good, caseUnread: true }, 'destroy.case-unread'],
    ['no stored date', { ...good, bundle: { ...good.bundle, retention: retention(null) } }, 'destroy.not-due'],
    ['an empty stored date', { ...good, bundle: { ...good.bundle, retention: retention('') } }, 'destroy.not-due'],
    ['an odd stored date', { ...good, bundle: { ...good.bundle, retention: retention('2031-04-31') } }, 'destroy.not-due'],
    ['an odd listed date', { ...good, item: { ...good.item, actionDate: day('0') } }, 'destroy.not-due'],
    ['no derived date (case reopened)', { ...good, rederived: retention(null) }, 'destroy.not-due'],
    ['derived to be kept', { ...good, rederived: retention('2031-04-17', 'keep') }, 'destroy.not-due'],
    ['derived unknown', { ...good, rederived: retention('2031-04-17', 'unknown') }, 'destroy.not-due'],
    ['stored as kept', { ...good, bundle: { ...good.bundle, retention: retention('2031-04-17', 'keep') } }, 'destroy.not-due'],
    ['derived later than stored', { ...good, rederived: retention('2031-04-18') }, 'destroy.date-differs'],
    ['derived earlier than stored', { ...good, rederived: retention('2031-04-16') }, 'destroy.date-differs'],
    ['listed on another date', { ...good, item: { ...good.item, actionDate: day('2031-04-16') } }, 'destroy.date-differs'],
  ])('stops: %s', (_, facts, fault) => {
    expect(code(facts)).toBe(fault);
  });

  it.each(listStates.filter((state) => state !== 'executing'))('stops a list that is %s', (state: ListState) => {
    expect(code({ ...good, list: { ...good.list, state } })).toBe('destroy.not-authorised');
  });

  it.each(bundleStates.filter((state) => state !== 'indexed'))('stops a bundle that is %s', (state: BundleState) => {
    expect(code({ ...good, bundle: { ...good.bundle, state } })).toBe('bundle.wrong-state');
  });
});
