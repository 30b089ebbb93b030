// One line of sigtop's shorter text: time to the minute, name, in brackets what the message came with, words. Less than the other two forms.
//
//   2023-09-21 00:24 Sanne Bakker: [reply to You on 2023-09-20 23:59, edited, 2 attachments] the words
//   2023-09-21 00:25 Sanne Bakker: [call-history message]
import type { ReplyTo } from '#core/model/chat.ts';
import { noTime, readWallTime } from '../exact-time.ts';
import type { SigtopBlock } from './sigtop-block.ts';
import { noticeOfType } from './sigtop-notices.nl.ts';

const line = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) ([^\n]*?):(?: |$)/;
const details = /^\[((?:reply to [^\]\n]+ on \d{4}-\d{2}-\d{2} \d{2}:\d{2}|edited|\d+ attachments?)(?:, (?:edited|\d+ attachments?))*)\](?: |$)/;
const notice = /^\[([\w-]+) message\]$/;

export const shortStart = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2} [^\r\n]{1,150}/gm;

/** Told from what WhatsApp writes by sigtop's word for the owner, or by its brackets. */
export function isSigtopShort(text: string): boolean {
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  return (
    line.test(first) &&
    (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2} You:(?: |$)/m.test(text) || /^[\d-]+ [\d:]+ [^\n:]+: \[(?:reply to |edited|\d+ attachment|[\w-]+ message\])/m.test(text))
  );
}

export function readSigtopShort(raw: string): SigtopBlock | null {
  const text = raw
    .replace(/^\ufeff/, '')
    .replace(/\r\n/g, '\n')
    .replace(/\n$/, '');
  const match = line.exec(text);
  if (match === null) return null;
  const [start, day = '', clock = '', from = ''] = match;
  const rest = text.slice(start.length);
  const type = notice.exec(rest)?.[1];
  const told = type === undefined ? null : noticeOfType(type);
  const beside = details.exec(rest);
  const facts = beside?.[1] ?? '';
  const answered = /^reply to (.+) on \d{4}-\d{2}-\d{2} \d{2}:\d{2}/.exec(facts)?.[1];
  const quote: ReplyTo | null = answered === undefined ? null : { sender: answered };
  const files = Number(/(\d+) attachments?/.exec(facts)?.[1] ?? 0);
  const words = beside === null ? rest : rest.slice(beside[0].length);
  return {
    kind: told === null ? (files > 0 ? 'media' : 'text') : type === 'call-history' ? 'call' : 'system',
    from,
    direction: told !== null ? null : from === 'You' ? 'outgoing' : 'incoming',
    time: readWallTime(`${day}T${clock}:00`) ?? noTime,
    text: told?.text ?? words,
    edited: /(?:^|, )edited(?:,|$)/.test(facts),
    revisions: [],
    quote,
    attachments: Array.from({ length: Math.min(files, 1000) }, () => ({ name: '', presence: 'omitted' as const, kind: 'unknown' as const })),
    reactions: [],
    system: told?.event ?? null,
    known: told === null || told.known,
    empty: told === null && words === '' && files === 0,
  };
}
