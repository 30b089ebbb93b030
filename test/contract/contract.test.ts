// What the contract lets in: strict, all errors together, Dutch, defaults as API.md says.
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { ListEvents } from '#contract/audit.ts';
import { RegisterBundle, SignParts } from '#contract/bundle.ts';
import { PutCase } from '#contract/case.ts';
import { ListMessages } from '#contract/conversation.ts';
import { ReviewList } from '#contract/destruction-list.ts';
import { dutchMessage } from '#contract/dutch-message.ts';
import { PlaceHold } from '#contract/hold.ts';
import { SearchMessages } from '#contract/search.ts';
import { PatchSettings } from '#contract/settings.ts';

const bundleId = 'bundle_01J00000000000000000000000';
const sha256 = 'ab'.repeat(32);

function complaints(schema: z.ZodType, value: unknown): Record<string, string> {
  const outcome = schema.safeParse(value, { error: dutchMessage });
  return Object.fromEntries((outcome.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]));
}

describe('registering a bundle', () => {
  const least = { fileName: 'WhatsApp-chat met Wijkteam.zip', size: 10, sha256 };

  it('needs a name, a size and a hash; cases and the rest may follow', () => {
    expect(RegisterBundle.parse(least)).toEqual({ ...least, caseIds: [] });
    expect(complaints(RegisterBundle, {})).toEqual({ fileName: 'dit veld ontbreekt', size: 'dit veld ontbreekt', sha256: 'dit veld ontbreekt' });
  });

  it('takes the body that API.md shows', () => {
    const shown = {
      ...least,
      caseIds: ['ZAAK-2026-0042'],
      keepDecision: { formal: true, reasons: ['municipal-task'], recordedElsewhere: false },
      retention: { nomination: 'destroy', period: 'P5Y', startDate: '2026-01-01' },
    };
    expect(RegisterBundle.parse(shown)).toEqual(shown);
  });

  it('reads null as left out where a field may be left out', () => {
    expect(RegisterBundle.parse({ ...least, keepDecision: null, retention: null })).toEqual(RegisterBundle.parse(least));
  });

  it('reads a hash in capitals as the same hash', () => {
    expect(RegisterBundle.parse({ ...least, sha256: sha256.toUpperCase() }).sha256).toBe(sha256);
  });

  it.each([
    [{ ...least, size: -1 }, 'size'],
    [{ ...least, size: 1.5 }, 'size'],
    [{ ...least, size: 10 ** 15 }, 'size'],
    [{ ...least, sha256: 'abc' }, 'sha256'],
    [{ ...least, fileName: '' }, 'fileName'],
    [{ ...least, caseIds: ['../x'] }, 'caseIds.0'],
    [{ ...least, retention: { nomination: 'destroy' } }, 'retention.period'],
    [{ ...least, retention: { nomination: 'keep', period: 'P5Y' } }, 'retention.period'],
    [{ ...least, retention: { nomination: 'destroy', period: 'P' } }, 'retention.period'],
    [{ ...least, owner: 'x' }, ''],
  ])('refuses %j at %s', (body, field) => {
    expect(Object.keys(complaints(RegisterBundle, body))).toEqual([field]);
  });

  it('signs at most a hundred parts at once', () => {
    expect(complaints(SignParts, { numbers: [] })).toEqual({ numbers: 'geef er minstens een' });
    expect(complaints(SignParts, { numbers: Array.from({ length: 101 }, (_, i) => i + 1) })).toEqual({ numbers: 'geef er hoogstens 100' });
  });
});

describe('a case', () => {
  it('takes the body that API.md shows', () => {
    const shown = { title: 'Bouw zwembad', state: 'closed', closedOn: '2025-03-01', selection: '6.1', derivation: { kind: 'afgehandeld' } };
    expect(PutCase.parse(shown)).toEqual({ ...shown, nomination: null, period: null });
  });

  it('may have a nomination and period instead of a selection', () => {
    expect(PutCase.parse({ state: 'open', nomination: 'destroy', period: 'P5Y' })).toMatchObject({ selection: null, nomination: 'destroy', period: 'P5Y' });
  });

  it.each([
    [{ state: 'closed', closedOn: '2025-02-29' }, 'closedOn'],
    [{ state: 'open', nomination: 'destroy' }, 'period'],
    [{ state: 'open', nomination: 'destroy', period: 'vijf jaar' }, 'period'],
    [{ state: 'open', selection: 'zes' }, 'selection'],
    [{ state: 'maybe' }, 'state'],
  ])('refuses %j at %s', (body, field) => {
    expect(Object.keys(complaints(PutCase, body))).toEqual([field]);
  });
});

describe('other requests', () => {
  it('search with what is left out filled in', () => {
    expect(SearchMessages.parse({ query: 'vergunning' })).toEqual({
      query: 'vergunning',
      filters: { caseIds: [], bundleIds: [], conversations: [], custodianIds: [], kinds: [], senders: [], platforms: [], from: null, to: null },
      order: 'newest',
      limit: 50,
      next: null,
      switchedOff: [],
      facets: [],
      collapseDuplicates: false,
    });
    expect(complaints(SearchMessages, { query: 'x', limit: 0, filters: { from: '2024-07-01', to: '2024-06-30' }, order: 'best' })).toMatchObject({
      limit: 'geef een getal van minstens 1',
      order: 'kies uit: newest, oldest, conversation',
    });
    expect(complaints(SearchMessages, { query: 'x', filters: { from: '2024-07-01', to: '2024-06-30' } })).toEqual({
      'filters.to': 'de einddatum ligt voor de begindatum',
    });
  });

  it('place a hold on something', () => {
    expect(PlaceHold.parse({ reason: 'by-hand', scope: { caseIds: ['Z-1'] } })).toMatchObject({ note: null });
    expect(complaints(PlaceHold, { reason: 'by-hand', scope: {} })).toEqual({ scope: 'noem minstens een bundel, een zaak, een resultaat of een periode' });
    expect(complaints(PlaceHold, { reason: 'omdat', scope: { caseIds: ['Z-1'] } })).toEqual({ reason: expect.stringContaining('woo-request') });
  });

  it('review a list with or without decisions', () => {
    expect(ReviewList.parse({ approve: true })).toEqual({ approve: true, decisions: [], remark: null });
    expect(complaints(ReviewList, { approve: true, decisions: [{ bundleId, keep: '' }] })).toEqual({ 'decisions.0.keep': 'dit mag niet leeg zijn' });
  });

  it('change only settings that exist', () => {
    expect(PatchSettings.parse({ coolingOffDays: 0 })).toEqual({ coolingOffDays: 0 });
    const authorisation = { selection: '*', from: '2026-01-01', until: '2025-01-01', decisionReference: 'B-1' };
    expect(complaints(PatchSettings, { standingAuthorisations: [authorisation] })).toEqual({
      'standingAuthorisations.0.until': 'de einddatum ligt voor de begindatum',
    });
    expect(PatchSettings.parse({ zone: 'America/Paramaribo' })).toEqual({ zone: 'America/Paramaribo' });
    expect(Object.keys(complaints(PatchSettings, { zone: 'Mars/Olympus' }))).toEqual(['zone']);
    expect(complaints(PatchSettings, { coolingOffDays: 400 })).toEqual({ coolingOffDays: 'geef een getal van hoogstens 90' });
  });

  it('read numbers out of an address, and nothing else', () => {
    expect(ListMessages.parse({ from: '0', limit: '5' })).toEqual({ from: 0, limit: 5 });
    expect(ListMessages.parse({})).toEqual({ limit: 100 });
    expect(Object.keys(complaints(ListMessages, { from: '-1' }))).toEqual(['from']);
    expect(Object.keys(complaints(ListMessages, { from: 'drie' }))).toEqual(['from']);
    expect(Object.keys(complaints(ListMessages, { limit: '1001' }))).toEqual(['limit']);
    expect(Object.keys(complaints(ListMessages, { from: '' }))).toEqual(['from']);
    expect(Object.keys(complaints(ListEvents, { object: 'settings', actor: 'x' }))).toEqual(['actor']);
  });
});
