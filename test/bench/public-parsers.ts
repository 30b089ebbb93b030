// What the npm registry has beside our readers. Where it has a parser of a chat format, that one; where it has none (looked up in
// November 2026), the best general one, which only takes the file apart: no times, people, attachments, doubts, nor places in the file.
import { createReadStream, readFileSync } from 'node:fs';
import type { ChatLayout } from './corpus/chat-exports.ts';

export interface PublicParser {
  readonly name: string;
  /** It knows the format, and must be beaten by two; others only say how far away taking apart alone is. */
  readonly knowsFormat: boolean;
  /** Number of records, or of what the general parser calls so. */
  readonly run: (file: string) => Promise<number>;
}

function chunksOf(file: string): AsyncIterable<Uint8Array> {
  return createReadStream(file, { highWaterMark: 1 << 20 });
}

function json(path: string): PublicParser {
  return {
    name: `@streamparser/json ${path}`,
    knowsFormat: false,
    run: async (file) => {
      const { JSONParser } = await import('@streamparser/json');
      const parser = new JSONParser({ paths: [path], keepStack: false, ...(path === '$' ? { separator: '' } : {}) });
      let items = 0;
      parser.onValue = () => {
        items++;
      };
      for await (const chunk of chunksOf(file)) parser.write(chunk);
      return items;
    },
  };
}

const csv: PublicParser = {
  name: 'papaparse',
  knowsFormat: false,
  run: async (file) => {
    const { default: papa } = await import('papaparse');
    let rows = -1;
    await new Promise<void>((resolve, reject) => {
      papa.parse(createReadStream(file, { highWaterMark: 1 << 20 }), { step: () => void rows++, complete: () => resolve(), error: reject });
    });
    return rows;
  },
};

/** Text without a grammar that any package knows: its lines. */
const lines: PublicParser = {
  name: 'node:readline',
  knowsFormat: false,
  run: async (file) => {
    const { createInterface } = await import('node:readline');
    let count = 0;
    for await (const _line of createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }) })) count++;
    return count;
  },
};

const xml: PublicParser = {
  name: 'saxes',
  knowsFormat: false,
  run: async (file) => {
    const { SaxesParser } = await import('saxes');
    const parser = new SaxesParser();
    let messages = 0;
    // An emoji as two references, which every phone writes, is an error to it; what it had stays.
    parser.on('error', () => undefined);
    parser.on('opentag', ({ name }) => {
      if (name === 'sms' || name === 'mms') messages++;
    });
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, encoding: 'utf8' })) parser.write(chunk);
    parser.close();
    return messages;
  },
};

export const whatsappParser: PublicParser = {
  name: 'whatsapp-chat-parser 4.0.2',
  knowsFormat: true,
  run: async (file) => {
    const { parseString } = await import('whatsapp-chat-parser');
    return parseString(readFileSync(file, 'utf8'), { parseAttachments: true }).length;
  },
};

const telegramParser: PublicParser = {
  name: 'telegram-chat-parser 1.0.7',
  knowsFormat: true,
  run: async (file) => {
    const { TelegramChat } = await import('telegram-chat-parser');
    return new TelegramChat(readFileSync(file, 'utf8'), {}).messages.length;
  },
};

export const publicParsers: Readonly<Record<ChatLayout, PublicParser>> = {
  telegram: telegramParser,
  'sms-backup': xml,
  'imessage text': lines,
  'imessage html': lines,
  messenger: json('$.messages.*'),
  rsmf: json('$.events.*'),
  teams: json('$.value.*'),
  signal: json('$'),
  'signal-export': json('$'),
  'signal-markdown': lines,
  'sigtop-json': json('$.*'),
  'sigtop-text': lines,
  threema: csv,
  'generic-csv': csv,
  'generic-json': json('$.*'),
};
