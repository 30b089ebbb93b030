// Every format that the archive reads can be cut: own fixtures, large files of our own making, and public exports where they are at hand.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { imessageHtml, imessageText } from '#test/fixtures/imessage-entries.ts';
import { messengerText } from '#test/fixtures/messenger-items.ts';
import { rsmfText } from '#test/fixtures/rsmf-parts.ts';
import { signalText } from '#test/fixtures/signal-frames.ts';
import { smsText } from '#test/fixtures/sms-elements.ts';
import { csvText, jsonText } from '#test/fixtures/table-rows.ts';
import { teamsText } from '#test/fixtures/teams-items.ts';
import { telegramText } from '#test/fixtures/telegram-items.ts';
import { androidChat } from '#test/fixtures/whatsapp-lines.ts';
import { fixturesFolder, readFixture } from '#test/support/shared-fixtures.ts';
import { describeCutting } from './cut-suite.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const own = (folder: string, name: string) => readFileSync(join(fixtures, folder, name));
const made = (parts: Iterable<string>) => Buffer.from([...parts].join(''));

for (const folder of ['sms-backup', 'telegram', 'imessage', 'messenger', 'rsmf', 'signal', 'threema', 'teams', 'generic'])
  for (const name of readdirSync(join(fixtures, folder)).sort()) describeCutting(name, own(folder, name), { fileName: name });

describeCutting('a chat of Android', Buffer.from(androidChat(60)));
describeCutting('without a last line end', Buffer.from(androidChat(20).trimEnd()));
describeCutting('in UTF-16 with a mark', Buffer.from(`\ufeff${androidChat(20)}`, 'utf16le'));
describeCutting('with a mark', Buffer.from(`\ufeff${androidChat(20)}`));
describeCutting('twelve parties', made(smsText(20_000)));
describeCutting('two backups in one file', Buffer.from([...smsText(4_000), ...smsText(3_000)].join('\n')));
describeCutting('an account', made(telegramText(200_000)), { numRuns: 8 });
describeCutting('one chat on one line', Buffer.from(JSON.stringify(JSON.parse(own('telegram', 'single-chat.json').toString()))));
describeCutting('a long text', made(imessageText(30_000)));
describeCutting('a long page', made(imessageHtml(60_000)), { numRuns: 8 });
describeCutting('a long conversation', made(messengerText(60_000)), { numRuns: 8 });
describeCutting('four conversations that take turns', made(rsmfText(40_000)));
describeCutting('seven chats that take turns', made(signalText(60_000)), { fileName: 'main.jsonl' });
describeCutting('a page of several chats', made(teamsText(60_000)), { numRuns: 8 });
describeCutting('a long table', made(csvText(20_000)), { fileName: 'tabel.csv' });
describeCutting('a long table in UTF-16', Buffer.from(`\ufeff${[...csvText(8_000)].join('')}`, 'utf16le'), { fileName: 'tabel.csv' });
describeCutting('a long list', made(jsonText(60_000)), { fileName: 'lijst.json', numRuns: 8 });

describe.runIf(fixturesFolder)('public exports', () => {
  for (const file of [
    'generic/bubbly-example_group_chat.json',
    'rsmf/rsmf_manifest.json',
    'signal/chat-miner-signal.txt',
    'signal/signal-export/data.json',
    'sms/mixed.xml',
    'sms/sample_mms.xml',
    'sms/sms_small.xml',
    'teams/graph-docs-channel-messages.json',
    'teams/m365-chat-messages.json',
    'telegram/chat-miner/test_batch_export.json',
    'telegram/telegram_2021-05/result.json',
    'telegram/telegram_2023-11/result.json',
    'telegram/telegram_2024-01/result.json',
    'whatsapp/soda-1/_chat.txt',
    'whatsapp/soda-3/_chat.txt',
    'whatsapp/de-android/WhatsApp Chat mit Jane Doe.txt',
    'whatsapp/nl-android-group/WhatsApp-chat met Test export.txt',
  ])
    if (fixturesFolder !== undefined) describeCutting(file, readFixture(file), { fileName: file.split('/').at(-1) ?? '' });
});
