// What follows from the four questions, and the sentence that says so.
import { describe, expect, it } from 'vitest';
import { decideKeep, keepOutcome } from '#core/intake/keep-outcome.ts';
import { keepReasons } from '#core/model/bundle.ts';

describe('the outcome of the keep help', () => {
  it.each(keepReasons)('one yes is enough to keep: %s', (reason) => {
    expect(keepOutcome({ formal: true, reasons: [reason], recordedElsewhere: false })).toBe('keep');
    expect(keepOutcome({ formal: true, reasons: [reason], recordedElsewhere: true })).toBe('keep-elsewhere');
    // A client that sends a reason and says "not formal" contradicts itself: the reason counts.
    expect(keepOutcome({ formal: false, reasons: [reason], recordedElsewhere: false })).toBe('keep');
  });

  it('no reason and not formal need not be kept, recorded elsewhere or not', () => {
    expect(keepOutcome({ formal: false, reasons: [], recordedElsewhere: false })).toBe('keep-not');
    expect(keepOutcome({ formal: false, reasons: [], recordedElsewhere: true })).toBe('keep-not');
  });

  it('stores the answers with outcome and ground, every reason in words', () => {
    const decision = decideKeep({ formal: true, reasons: [...keepReasons], recordedElsewhere: true, answeredNo: [] });
    expect(decision).toMatchObject({ outcome: 'keep-elsewhere', reasons: [...keepReasons], answeredNo: [] });
    expect(decision.ground.split(';')).toHaveLength(4);
    expect(decision.ground).toMatch(/^Bewaren: .*ook elders vast\.$/);
    expect(decideKeep({ formal: true, reasons: [], recordedElsewhere: false }).ground).toBe(
      'Bewaren: de chat is formeel of zakelijk. De inhoud staat nergens anders vast.',
    );
    expect(decideKeep({ formal: false, reasons: [], recordedElsewhere: false }).ground).toContain('toch ingeleverd');
  });
});
