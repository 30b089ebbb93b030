// The page "Zo zoekt u" says what is true: each example is asked, and finds and misses what the page says.
import { describe, expect, it } from 'vitest';
import { recordMatches } from '#core/search/match-record.ts';
import { parseQuery, queryFields } from '#core/search/parse-query.ts';
import { toRecords } from '#test/support/chat-records.ts';
import { searchGuide } from '../../web/src/text/search-guide.nl.ts';

const examples = searchGuide.flatMap(({ examples: all }) => all);

/** `[name] text` has an attachment, `2024-03-01 text` a date, `Alice: text` a sender. */
function finds(query: string, written: string): boolean {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.fault.errors?.[0]?.message);
  const [, attachment, afterAttachment = written] = /^\[([^\]]+)\] (.*)$/.exec(written) ?? [];
  const [, day = '2024-01-01', afterDay = afterAttachment] = /^(\d{4}-\d\d-\d\d) (.*)$/.exec(afterAttachment) ?? [];
  const [, sender = 'Bo', text = afterDay] = /^(Alice|Bo): (.*)$/.exec(afterDay) ?? [];
  const [record] = toRecords([{ sender, local: `${day}T10:00`, text, ...(attachment === undefined ? {} : { attachment }) }]);
  if (record === undefined) throw new Error('no record');
  return recordMatches(parsed.value, record, { title: 'Wijkteam Noord', caseIds: ['ZAAK-2026-0042'], platform: 'whatsapp' });
}

describe('Zo zoekt u', () => {
  it.each(examples)('$query finds what the page says', ({ query, finds: found, misses }) => {
    expect(found.length).toBeGreaterThan(0);
    for (const message of found) expect([message, finds(query, message)]).toEqual([message, true]);
    for (const message of misses) expect([message, finds(query, message)]).toEqual([message, false]);
  });

  it('shows every field and every operator', () => {
    const asked = examples.map(({ query }) => query).join(' ');
    for (const field of Object.keys(queryFields)) expect(asked).toContain(`${field}:`);
    for (const sign of [' OF ', ' EN ', ' NIET ', ' NABIJ/', '~1', '*', '/[', '"', '(', '\n']) expect(asked).toContain(sign);
  });
});
