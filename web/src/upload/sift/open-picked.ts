// What a picked file is and which chats are in it, as the archive will see it: by content, a zip by its directory, no medium touched.
import type { NumberedFile } from '#core/intake/find-attachment.ts';
import { joinParts } from '#core/intake/join-parts.ts';
import { pickChatFiles } from '#core/intake/pick-chat-files.ts';
import { placeChats } from '#core/intake/place-chats.ts';
import { recognise } from '#core/intake/recognise.ts';
import type { ProblemCode } from '#core/model/bundle.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { Reader, ReaderSource } from '#core/parse/reader.ts';
import { readers } from '#core/parse/readers.ts';
import { readChatTitle } from '#core/parse/whatsapp/chat-title.ts';
import { type Archive, isMail, type OpenedArchive, openArchive, openMail } from './archive.ts';
import { headBytes, headOf, streamOf } from './blob-bytes.ts';

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
  readonly archive: Archive | null;
  /** Of the archive, with what stands in e-mails in it. */
  readonly members: number;
  /** Places of the members that are neither chat, folder nor dropping. */
  readonly others: readonly number[];
}

export type Opened = OpenedFile | { readonly ok: false; readonly problem: ProblemCode };

/** `now`: wall time after which no message can have been sent. */
export async function openPicked(file: PickedFile, now: LocalTime): Promise<Opened> {
  const head = await headOf(streamOf(file.slice(0, headBytes)));
  if (isMail(head)) return openEntries(file, await openMail(file), now);
  const seen = recognise(head, file.name, readers);
  if (seen.kind === 'problem') return { ok: false, problem: seen.problem };
  if (seen.kind === 'zip') return openEntries(file, await openArchive(file), now);
  const source = { file: 1, name: file.name, open: () => streamOf(file), siblings: new Set<string>(), notAfter: now };
  const chat = { reader: seen.reader, source, size: file.size, head, member: null, files: [], continues: false };
  return { ok: true, chats: [chat], archive: null, members: 0, others: [] };
}

function openEntries(file: PickedFile, opened: OpenedArchive, now: LocalTime): Opened {
  if (!opened.ok) return opened;
  const { archive, entries } = opened;
  const picked = pickChatFiles(entries, readers);
  if (picked.problem !== null) return { ok: false, problem: picked.problem.code };
  const chats = joinParts(
    picked.chats.map(({ index, reader }) => ({
      name: entries[index]?.name ?? '',
      head: entries[index]?.head ?? new Uint8Array(),
      format: reader.format,
      index,
      reader,
    })),
  );
  const others = picked.others.map((index) => ({ n: index + 1, name: entries[index]?.name ?? '' }));
  const placed = placeChats(
    chats.map(({ chat }) => chat),
    others,
    file.name,
    (name) => readChatTitle(name) !== null,
  );
  return {
    ok: true,
    archive,
    members: entries.length,
    others: picked.others,
    chats: chats.flatMap(({ chat: { index, reader }, continues }, at): OpenedChat[] => {
      const [entry, own] = [entries[index], placed[at]];
      if (entry === undefined || own === undefined) return [];
      const { open, size, head } = entry;
      const source = { file: at + 1, name: own.name, open, siblings: new Set(own.files.map(({ name }) => name)), notAfter: now };
      return [{ reader, source, size, head, member: index, files: own.files, continues }];
    }),
  };
}
