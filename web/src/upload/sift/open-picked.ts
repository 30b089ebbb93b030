// What a picked file is and which chats are in it, as the archive will see it: by content, a zip by its directory, no medium touched.
import type { NumberedFile } from '#core/intake/find-attachment.ts';
import { joinParts } from '#core/intake/join-parts.ts';
import { isDropping, pickChatFiles } from '#core/intake/pick-chat-files.ts';
import { placeChats } from '#core/intake/place-chats.ts';
import { recognise } from '#core/intake/recognise.ts';
import { dataStart, readZipDirectory, type ZipMember } from '#core/intake/zip-directory.ts';
import type { ProblemCode } from '#core/model/bundle.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { Reader, ReaderSource } from '#core/parse/reader.ts';
import { readers } from '#core/parse/readers.ts';
import { readChatTitle } from '#core/parse/whatsapp/chat-title.ts';
import { inflated, rangesOf, streamOf } from './blob-bytes.ts';

export type PickedFile = Blob & { readonly name: string };

export interface OpenedChat {
  readonly reader: Reader;
  readonly source: ReaderSource;
  readonly size: number;
  readonly head: Uint8Array;
  /** Its place among the members; null: the picked file itself. */
  readonly member: number | null;
  /** Files that came along; `n` is their place among the members, from 1. */
  readonly files: readonly NumberedFile[];
  /** Goes on with the conversations of the one before it. */
  readonly continues: boolean;
}

export interface OpenedFile {
  readonly ok: true;
  readonly chats: readonly OpenedChat[];
  /** Null: no zip. */
  readonly members: readonly ZipMember[] | null;
  /** Places of the members that are neither chat, folder nor dropping. */
  readonly others: readonly number[];
}

export type Opened = OpenedFile | { readonly ok: false; readonly problem: ProblemCode };

const headBytes = 65_536;
/** What cannot be a chat is not looked into. */
const medium = /\.(?:jpe?g|png|gif|webp|heic|bmp|mp4|m4v|mov|3gp|avi|mkv|webm|opus|ogg|mp3|m4a|aac|amr|wav|pdf|docx?|xlsx?|pptx?|odt|vcf|webp|tgs|was)$/i;

/** `now`: wall time after which no message can have been sent. */
export async function openPicked(file: PickedFile, now: LocalTime): Promise<Opened> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const seen = recognise(head, file.name, readers);
  if (seen.kind === 'problem') return { ok: false, problem: seen.problem };
  if (seen.kind === 'zip') return openZip(file, now);
  const source = { file: 1, name: file.name, open: () => streamOf(file), siblings: new Set<string>(), notAfter: now };
  return { ok: true, chats: [{ reader: seen.reader, source, size: file.size, head, member: null, files: [], continues: false }], members: null, others: [] };
}

async function openZip(file: PickedFile, now: LocalTime): Promise<Opened> {
  const ranges = rangesOf(file);
  const directory = await readZipDirectory(ranges);
  if (!directory.ok) return directory;
  const { members } = directory;
  const starts = new Map<number, number>();
  const entries: { name: string; size: number; head: Uint8Array }[] = [];
  for (const [place, member] of members.entries()) {
    const wanted = !member.isFolder && member.size > 0 && !isDropping(member.name) && !medium.test(member.name);
    const start = wanted ? await dataStart(ranges, member) : null;
    if (wanted && start === null) return { ok: false, problem: 'zip.damaged' };
    if (start !== null) starts.set(place, start);
    entries.push({ name: member.name, size: member.size, head: start === null ? new Uint8Array() : await headOf(openMember(file, member, start)) });
  }
  const picked = pickChatFiles(entries, readers);
  if (picked.problem !== null) return { ok: false, problem: picked.problem.code };
  const chats = joinParts(
    picked.chats.map(({ index, reader }) => ({
      name: members[index]?.name ?? '',
      head: entries[index]?.head ?? new Uint8Array(),
      format: reader.format,
      index,
      reader,
    })),
  );
  const others = picked.others.map((index) => ({ n: index + 1, name: members[index]?.name ?? '' }));
  const placed = placeChats(
    chats.map(({ chat }) => chat),
    others,
    file.name,
    (name) => readChatTitle(name) !== null,
  );
  return {
    ok: true,
    members,
    others: picked.others,
    chats: chats.flatMap(({ chat: { index, reader }, continues }, at): OpenedChat[] => {
      const [member, start, own] = [members[index], starts.get(index), placed[at]];
      if (member === undefined || start === undefined || own === undefined) return [];
      const open = () => openMember(file, member, start);
      const source = { file: at + 1, name: own.name, open, siblings: new Set(own.files.map(({ name }) => name)), notAfter: now };
      return [{ reader, source, size: member.size, head: entries[index]?.head ?? new Uint8Array(), member: index, files: own.files, continues }];
    }),
  };
}

function openMember(file: Blob, member: ZipMember, start: number): AsyncGenerator<Uint8Array> {
  const stored = file.slice(start, start + member.storedSize);
  return member.method === 8 ? inflated(stored, member.size) : streamOf(stored);
}

/** As much as is looked at to see what a file is. */
export async function headOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const head = new Uint8Array(headBytes);
  let length = 0;
  for await (const chunk of stream) {
    const part = chunk.subarray(0, headBytes - length);
    head.set(part, length);
    length += part.length;
    if (length === headBytes) break;
  }
  return head.subarray(0, length);
}
