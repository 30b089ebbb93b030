// All readers of chat files. A new format is a new folder here and one line in this list.
import { imessageReader } from './imessage/imessage-reader.ts';
import { messengerReader } from './messenger/messenger-reader.ts';
import type { Reader } from './reader.ts';
import { smsBackupReader } from './sms-backup/sms-backup-reader.ts';
import { telegramReader } from './telegram/telegram-reader.ts';
import { whatsappReader } from './whatsapp/whatsapp-reader.ts';

export const readers: readonly Reader[] = [whatsappReader, smsBackupReader, telegramReader, imessageReader, messengerReader];
