// Which words of a record can be found: besides its text also what it said before, and what it quotes from a message that is gone.
import { describe, expect, it } from 'vitest';
import { decodeRecord, encodeRecord } from '#core/search/block-codec.ts';
import { eachWord } from '#core/search/each-word.ts';
import { explainMatch, recordMatches } from '#core/search/match-record.ts';
import { toMessageItem } from '#core/search/message-item.ts';
import { parseQuery } from '#core/search/parse-query.ts';
import type { FiledRecord } from '#core/search/segment.ts';

const record: FiledRecord = {
  kind: 'text',
  sender: 'Sanne',
  local: '2024-05-01T10:00:00' as FiledRecord['local'],
  certainty: 'given',
  text: 'De vergunning komt vrijdag',
  edited: true,
  revisions: [{ text: 'De vergunning komt donderdag' }],
  replyTo: { text: 'wanneer precies', sender: 'Omar' },
  raw: '{…}',
  bytes: [0, 5],
  lines: [1, 1],
};

function words(of: FiledRecord): string[] {
  const found: string[] = [];
  eachWord(of, (term) => void found.push(term));
  return found;
}

describe('words beside the text', () => {
  it('are those of earlier versions and of a quote of which the message is gone', () => {
    expect(words(record)).toEqual(expect.arrayContaining(['vrijdag', 'donderdag', 'wanneer']));
  });

  it('leave out a quote that stands in the conversation itself', () => {
    expect(words({ ...record, replyTo: { ...record.replyTo, ordinal: 3 } })).not.toContain('wanneer');
  });

  it('make a hit of what was changed, without marking words in the text that now stands there', () => {
    const query = parseQuery('donderdag');
    if (!query.ok) throw new Error('query');
    expect(recordMatches(query.value, record, { title: null, caseIds: [], platform: 'whatsapp' })).toBe(true);
    expect(explainMatch(query.value, record)).toEqual({ highlights: [], matched: ['donderdag'] });
  });

  it('reach no phrase across', () => {
    const query = parseQuery('"vrijdag de vergunning"');
    if (!query.ok) throw new Error('query');
    expect(recordMatches(query.value, record, { title: null, caseIds: [], platform: 'whatsapp' })).toBe(false);
  });

  it('are kept with the record and shown with it', () => {
    expect(decodeRecord(encodeRecord(record))).toEqual(record);
    expect(toMessageItem('bundle_1', 1, 0, record).revisions).toEqual(record.revisions);
  });
});
