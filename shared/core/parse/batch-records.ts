// Records of conversations that take turns, gathered into arrays: within a conversation the order of the file is kept, and where an
// array ends depends on the records alone.
import type { ChatRecord } from '#core/model/chat.ts';
import type { ReaderEvent } from './reader.ts';

const batchRecords = 512;
const batchUnits = 1_000_000;

export interface RecordBatch {
  readonly add: (conversation: string, record: ChatRecord) => void;
  readonly isFull: () => boolean;
  readonly take: () => readonly ReaderEvent[];
}

export function makeRecordBatch(): RecordBatch {
  let held = new Map<string, ChatRecord[]>();
  let count = 0;
  let units = 0;
  return {
    add: (conversation, record) => {
      const records = held.get(conversation);
      if (records === undefined) held.set(conversation, [record]);
      else records.push(record);
      count++;
      units += record.raw.length;
    },
    isFull: () => count >= batchRecords || units >= batchUnits,
    take: () => {
      const events = [...held].map(([conversation, records]) => ({ type: 'records' as const, conversation, records }));
      held = new Map();
      count = 0;
      units = 0;
      return events;
    },
  };
}
