// Columns of a segment: time, sender and kind of each record, column after column, packed.
import { recordKinds } from '#core/model/chat.ts';
import { type ByteReader, makeByteWriter, readSigned, readVarint, takeBytes, writeSigned, writeVarint } from './bytes.ts';
import type { FiledRecord, Packing, SegmentColumns } from './segment.ts';

export const kindFlag = { edited: 16, deleted: 32, attachments: 64 } as const;

export function kindByte(record: FiledRecord): number {
  return (
    recordKinds.indexOf(record.kind) +
    (record.edited === true ? kindFlag.edited : 0) +
    (record.deleted !== undefined ? kindFlag.deleted : 0) +
    (record.attachments !== undefined && record.attachments.length > 0 ? kindFlag.attachments : 0)
  );
}

export function encodeColumns(columns: SegmentColumns, packing: Packing): Uint8Array {
  const out = makeByteWriter(columns.times.length * 4 + 16);
  writeVarint(out, columns.times.length);
  let previous = 0;
  for (const time of columns.times) {
    writeSigned(out, time - previous);
    previous = time;
  }
  for (const sender of columns.senders) writeVarint(out, sender);
  for (const kind of columns.kinds) writeVarint(out, kind);
  return packing.pack(takeBytes(out));
}

export function decodeColumns(bytes: Uint8Array, packing: Packing): SegmentColumns {
  const reader: ByteReader = { bytes: packing.unpack(bytes), at: 0 };
  const count = readVarint(reader);
  const times = new Float64Array(count);
  const senders = new Uint16Array(count);
  const kinds = new Uint8Array(count);
  let time = 0;
  for (let i = 0; i < count; i++) {
    time += readSigned(reader);
    times[i] = time;
  }
  for (let i = 0; i < count; i++) senders[i] = readVarint(reader);
  for (let i = 0; i < count; i++) kinds[i] = readVarint(reader);
  return { times, senders, kinds };
}
