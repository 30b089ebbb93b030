// Dutch sentences of the codes: there for each, for a person, and without technical words.
import { describe, expect, it } from 'vitest';
import { problemCodes } from '#core/model/bundle.ts';
import { doubtCodes } from '#core/model/doubt.ts';
import { type FaultCode, faultStatus } from '#core/model/fault.ts';
import { doubtSentence, faultText, problemText } from '#core/model/text.nl.ts';

const faults = Object.keys(faultStatus) as FaultCode[];

describe('sentences', () => {
  it.each(faults)('tell a person what happened: %s', (code) => {
    const { title, detail } = faultText[code];
    expect(title).toMatch(/^[A-Z]/);
    expect(title).not.toMatch(/\.$/);
    expect(detail).toMatch(/^[A-Z].*\.$/s);
    expect(detail.length).toBeGreaterThan(title.length);
  });

  it.each(problemCodes)('tell what to do with a refused file: %s', (code) => {
    expect(problemText[code]).toMatch(/^[A-Z].*\.$/s);
  });

  it.each(doubtCodes)('name a doubt: %s', (code) => {
    expect(doubtSentence({ code })).toMatch(/^[A-Z].*\.$/s);
  });

  it('count what came more than once', () => {
    expect(doubtSentence({ code: 'attachment.missing', count: 12 })).toContain('12 keer');
    expect(doubtSentence({ code: 'attachment.missing', count: 1 })).not.toContain('keer');
  });

  it('speak to the reader as "u"', () => {
    const all = [...Object.values(faultText).map(({ detail }) => detail), ...Object.values(problemText), ...doubtCodes.map((code) => doubtSentence({ code }))];
    expect(all.filter((sentence) => /\b(je|jij|jouw|jullie|error|invalid)\b/i.test(sentence))).toEqual([]);
  });
});
