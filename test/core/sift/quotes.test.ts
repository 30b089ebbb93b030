// Messages that say another one's words again, in every format that writes such: found by the file's own pointer, by id, or by the words.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeQuotes } from '#core/sift/quotes.ts';
import { mapOf, readerFor } from './cut-suite.ts';

async function linked(fileName: string, bytes: Uint8Array): Promise<readonly (readonly [holder: string, held: string])[]> {
  const reader = readerFor(bytes, fileName);
  const { records } = await mapOf(reader, bytes, {}, fileName);
  return records.flatMap((own) => {
    const quotes = makeQuotes(reader.format);
    for (const record of own) quotes.add(record);
    const said = (at: number) => own[at]?.text.split('\n', 1)[0] ?? '';
    return quotes.links().map(({ holder, held }) => [said(holder), said(held)] as const);
  });
}

const fixture = (folder: string, name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', folder, name));
const json = JSON.stringify;
const frames = (...items: readonly object[]) => Buffer.from([{ version: '1', backupTimeMs: '1' }, ...items].map((one) => `${json(one)}\n`).join(''));

describe('quotes', () => {
  it('of Signal point to what they quote by its author and time', async () => {
    const item = (dateSent: string, body: string, quote?: object) => ({
      chatItem: { chatId: '1', authorId: '2', dateSent, incoming: {}, standardMessage: { text: { body }, ...(quote === undefined ? {} : { quote }) } },
    });
    const bytes = frames(
      item('1711846799000', 'Ik ben ziek'),
      item('1711846800000', 'Beterschap', { targetSentTimestamp: '1711846799000', authorId: '2', text: { body: 'Ik ben ziek' } }),
      item('1711846900000', 'Nog iets'),
    );
    expect(await linked('main.jsonl', bytes)).toEqual([['Beterschap', 'Ik ben ziek']]);
  });

  it('of signal-export and sigtop are known by their words', async () => {
    const line = (body: string, quote: string) => json({ date: '2024-03-01 10:00:00', sender: 'Me', body, quote, reactions: [], sticker: '', attachments: [] });
    const bytes = Buffer.from(
      [line('Een  lang bericht over iets dat van mij alleen is', ''), line('Goed', '\n\n> Een lang bericht over iets dat van mij\n\n')].join('\n'),
    );
    expect(await linked('data.json', bytes)).toEqual([['Goed', 'Een  lang bericht over iets dat van mij alleen is']]);
    expect(await linked('Wijkteam (group).txt', fixture('signal', 'Wijkteam (group).txt'))).toContainEqual(['Nee', 'Is de vergunning al binnen?']);
  });

  it('in iMessage are copies of an answer below what it answers', async () => {
    expect(await linked('groep.txt', fixture('imessage', 'groep.txt'))).toContainEqual(['Donderdag is goed 👍🏽', 'Mooi, tot dan']);
    expect((await linked('groep.html', fixture('imessage', 'groep.html'))).map(([, held]) => held)).toContain('Donderdag is goed');
  });

  it('of Teams point to what they quote by its id', async () => {
    const item = (id: string, content: string, attachments: readonly object[] = []) => ({
      ...{ id, messageType: 'message', createdDateTime: '2024-03-01T10:00:00Z', chatId: '19:x@thread.v2', attachments },
      ...{ from: { user: { id: 'u1', displayName: 'Omar' } }, body: { contentType: 'html', content } },
    });
    const quote = { id: '11', contentType: 'messageReference', content: json({ messageId: '11', messagePreview: 'Ik ben ziek' }) };
    const bytes = Buffer.from(json({ value: [item('12', '<attachment id="11"></attachment><p>Beterschap</p>', [quote]), item('11', 'Ik ben ziek')] }));
    const [one] = await linked('messages.json', bytes);
    expect(one?.[0]).toContain('Beterschap');
    expect(one?.[1]).toBe('Ik ben ziek');
  });

  it('are none where an answer only points: Telegram, RSMF', async () => {
    expect(await linked('single-chat.json', fixture('telegram', 'single-chat.json'))).toEqual([]);
    expect(await linked('rsmf_manifest.json', fixture('rsmf', 'rsmf_manifest.json'))).toEqual([]);
  });
});
