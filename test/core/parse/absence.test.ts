// Why a file is not there, as far as each export tells (FORMATS section 4: six states of presence).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { messengerReader } from '#core/parse/messenger/messenger-reader.ts';
import type { Reader } from '#core/parse/reader.ts';
import { signalReader } from '#core/parse/signal/signal-reader.ts';
import { sigtopJsonReader } from '#core/parse/signal/sigtop-json-reader.ts';
import { smsBackupReader } from '#core/parse/sms-backup/sms-backup-reader.ts';
import { teamsReader } from '#core/parse/teams/teams-reader.ts';
import { telegramReader } from '#core/parse/telegram/telegram-reader.ts';
import { threemaReader } from '#core/parse/threema/threema-reader.ts';
import { readAll } from './reader-suite.ts';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const lines = (...values: readonly object[]) => Buffer.from(values.map((value) => JSON.stringify(value)).join('\n'));
const threema = readFileSync(join(import.meta.dirname, '../../fixtures/threema/message_ABCD1234.csv'), 'utf8');
const telegram = (file: string) =>
  json({ name: 'A', type: 'personal_chat', messages: [{ id: 1, type: 'message', date_unixtime: '1714000000', from: 'Bo', from_id: 'user2', text: '', file }] });
const graph = { id: '1', messageType: 'message', createdDateTime: '2024-04-01T09:00:00Z', from: { user: { id: 'u', displayName: 'Noor' } } };
const signal = (item: object) =>
  lines({ version: '1', backupTimeMs: '1' }, { chatItem: { chatId: '1', authorId: '2', dateSent: '1711846799000', incoming: {}, ...item } });
const row = { id: 'a', type: 'incoming', sent_at: 1_711_846_799_000, conversationId: 'c', body: '' };

it.each<readonly [string, Reader, Buffer, string | undefined]>([
  [
    'a picture of Teams stands in the cloud',
    teamsReader,
    json([{ ...graph, body: { contentType: 'html', content: '<img src="https://graph.microsoft.com/hostedContents/x/$value">' } }]),
    'remote-only',
  ],
  [
    'a picture of Messenger by its address',
    messengerReader,
    json({
      participants: [{ name: 'Bo' }],
      messages: [{ sender_name: 'Bo', timestamp_ms: 1_714_000_000_000, photos: [{ uri: 'https://example.org/x.jpg' }] }],
    }),
    'remote-only',
  ],
  ['Telegram could not fetch it', telegramReader, telegram('(File unavailable, please try again later)'), 'remote-only'],
  ['Telegram was told to leave it out', telegramReader, telegram('(File exceeds maximum size. Change data exporting settings to download.)'), undefined],
  ['Signal never fetched it', signalReader, signal({ standardMessage: { attachments: [{ pointer: { contentType: 'image/jpeg' } }] } }), 'never-downloaded'],
  ['Signal wiped it after one look', signalReader, signal({ viewOnceMessage: { attachment: { pointer: { contentType: 'image/jpeg' } } } }), 'cleared'],
  ['sigtop: it never came', sigtopJsonReader, json([{ ...row, attachments: [{ contentType: 'audio/aac', pending: true }] }]), 'never-downloaded'],
  ['sigtop: to be seen once', sigtopJsonReader, json([{ ...row, isViewOnce: true }]), 'cleared'],
  [
    'an mms that was announced only',
    smsBackupReader,
    Buffer.from('<smses count="1"><mms date="1714000000000" msg_box="1" m_type="130" address="+31600000001"><parts/></mms></smses>'),
    'never-downloaded',
  ],
  ['Threema says that it was not fetched', threemaReader, Buffer.from(threema.replace('0,true,""Het besluit', '0,false,""Het besluit')), 'never-downloaded'],
  ['Threema says that it was', threemaReader, Buffer.from(threema), undefined],
])('%s', async (_what, reader, bytes, absence) => {
  const { records } = await readAll(reader, bytes, { name: reader === threemaReader ? 'message_ABCD1234.csv' : 'x' });
  const attachment = records.flatMap(({ attachments = [] }) => attachments)[0];
  expect(attachment).toBeDefined();
  expect(attachment?.presence).not.toBe('present');
  expect(attachment?.absence).toBe(absence);
});
