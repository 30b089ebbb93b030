// What readers of one conversation a file have in common: records gathered into arrays, doubts with their place, counts told at the end.
import type { AttachmentRef, ChatRecord, ConversationSummary, Platform } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { makeParticipants, type Participants } from './participants.ts';
import type { ReaderEvent, ReaderSource } from './reader.ts';

const batchRecords = 512;
const batchUnits = 250_000;

export interface OneConversation {
  readonly participants: Participants;
  readonly add: (record: ChatRecord) => void;
  readonly doubt: (code: Doubt['code'], severity: Doubt['severity'], line: number) => void;
  /** Files that a message names: those that are not there are told one by one when others came along, else counted. */
  readonly tellAttachments: (attachments: readonly AttachmentRef[], line: number) => void;
  /** Keys that were left out of what is kept. */
  readonly addSecrets: (count: number) => void;
  /** What waits, when it is enough. */
  readonly flushed: () => Iterable<ReaderEvent>;
  readonly finish: (about: Pick<ConversationSummary, 'kind' | 'title'>) => Iterable<ReaderEvent>;
}

export function makeOneConversation(source: Pick<ReaderSource, 'file' | 'siblings'>, platform: Platform): OneConversation {
  const { file } = source;
  const withFiles = source.siblings.size > 0;
  const conversation = '1';
  const participants = makeParticipants();
  let records: ChatRecord[] = [];
  let doubts: Doubt[] = [];
  let units = 0;
  let secrets = 0;
  let missing = 0;
  let omitted = 0;

  const doubt: OneConversation['doubt'] = (code, severity, line) => doubts.push({ code, severity, place: { file, line } });

  function tellAttachments(attachments: readonly AttachmentRef[], line: number): void {
    for (const { presence } of attachments) {
      if (presence === 'omitted') omitted++;
      else if (presence === 'missing' && withFiles) doubt('attachment.missing', 'warning', line);
      else if (presence === 'missing') missing++;
    }
  }

  function* flush(): Generator<ReaderEvent> {
    if (records.length > 0) yield { type: 'records', conversation, records };
    for (const one of doubts) yield { type: 'doubt', doubt: one };
    records = [];
    doubts = [];
    units = 0;
  }

  function* finish(about: Pick<ConversationSummary, 'kind' | 'title'>): Generator<ReaderEvent> {
    if (omitted > 0) doubts.push({ code: 'attachment.omitted', severity: 'note', place: { file }, count: omitted });
    if (missing > 0) doubts.push({ code: 'attachment.missing', severity: 'warning', place: { file }, count: missing });
    if (secrets > 0) doubts.push({ code: 'secrets.present', severity: 'warning', place: { file }, evidence: { keys: secrets } });
    yield* flush();
    yield { type: 'conversation', conversation, summary: { platform, ...about, participants: participants.list(), dateOrder: null, layouts: [] } };
  }

  return {
    participants,
    add: (record) => {
      records.push(record);
      units += record.raw.length;
    },
    doubt,
    tellAttachments,
    addSecrets: (count) => {
      secrets += count;
    },
    flushed: () => (records.length >= batchRecords || units >= batchUnits ? flush() : []),
    finish,
  };
}
