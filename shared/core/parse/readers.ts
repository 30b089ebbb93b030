// All readers of chat files. A new format is a new folder here and one line in this list.
import { csvReader, jsonReader } from './generic/generic-readers.ts';
import { imessageReader } from './imessage/imessage-reader.ts';
import { messengerReader } from './messenger/messenger-reader.ts';
import type { Reader } from './reader.ts';
import { rsmfReader } from './rsmf/rsmf-reader.ts';
import { signalExportReader } from './signal/signal-export-reader.ts';
import { signalMarkdownReader } from './signal/signal-markdown-reader.ts';
import { signalReader } from './signal/signal-reader.ts';
import { sigtopJsonReader } from './signal/sigtop-json-reader.ts';
import { sigtopTextReader } from './signal/sigtop-text-reader.ts';
import { smsBackupReader } from './sms-backup/sms-backup-reader.ts';
import { teamsReader } from './teams/teams-reader.ts';
import { telegramReader } from './telegram/telegram-reader.ts';
import { threemaReader } from './threema/threema-reader.ts';
import { whatsappReader } from './whatsapp/whatsapp-reader.ts';

export const readers: readonly Reader[] = [
  // Before WhatsApp's: their lines look like those of a phone, and they are sure only of what that never writes.
  signalMarkdownReader,
  sigtopTextReader,
  whatsappReader,
  smsBackupReader,
  telegramReader,
  imessageReader,
  messengerReader,
  rsmfReader,
  teamsReader,
  signalReader,
  signalExportReader,
  sigtopJsonReader,
  threemaReader,
  // Last: tables of any kind, of which a person says what is what.
  csvReader,
  jsonReader,
];
