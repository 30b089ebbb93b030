// The plain functions of the register of key persons: a rhythm in words, the text of a reminder, who stands first.
import { describe, expect, it } from 'vitest';
import type { CustodianAnswer } from '#contract/custodian.ts';
import { byUrgency } from '../../web/src/custodians/by-urgency.ts';
import { reminderText, rhythmWords } from '../../web/src/custodians/rhythm.ts';

const one = (given: object) =>
  ({
    name: 'A',
    rhythm: 'P1M',
    reminder: '',
    leavingOn: null,
    standing: { punctuality: 'on-time', dueOn: '2026-12-24', daysBehind: 0 },
    ...given,
  }) as CustodianAnswer;

describe('a rhythm', () => {
  it('is said as people say it, also one that is not in the list', () => {
    expect(['P1W', 'P1M', 'P3M', 'P1Y', 'P10D', null].map(rhythmWords)).toEqual([
      'elke week',
      'elke maand',
      'elk kwartaal',
      'elk jaar',
      'om de 10 dagen',
      'geen ritme afgesproken',
    ]);
  });
});

describe('a reminder', () => {
  it('is the own text, or the general one with rhythm, day and last working day', () => {
    expect(reminderText(one({ reminder: 'Stuur maar in' }))).toBe('Stuur maar in');
    expect(reminderText(one({ name: 'Femke' }))).toMatch(/^Beste Femke,\n\nU levert elke maand .* De volgende keer is uiterlijk 24 december 2026\./);
    expect(reminderText(one({ leavingOn: '2026-12-31' }))).toContain('Uw laatste werkdag is 31 december 2026');
    expect(reminderText(one({ rhythm: null }))).not.toMatch(/geen ritme|null/);
  });
});

describe('the register', () => {
  it('begins with who is behind the longest, then who is due first; who has left stands last', () => {
    const standing = (punctuality: string, dueOn: string | null, daysBehind = 0) => ({ standing: { punctuality, dueOn, daysBehind } });
    const sorted = byUrgency([
      one({ name: 'weg', ...standing('left', null) }),
      one({ name: 'b', ...standing('on-time', '2027-01-01') }),
      one({ name: 'kort', ...standing('behind', '2026-11-01', 3) }),
      one({ name: 'a', ...standing('on-time', '2027-01-01') }),
      one({ name: 'bijna', ...standing('due-soon', '2026-11-30') }),
      one({ name: 'lang', ...standing('behind', '2026-01-01', 300) }),
    ]);
    expect(sorted.map(({ name }) => name)).toEqual(['lang', 'kort', 'bijna', 'a', 'b', 'weg']);
  });
});
