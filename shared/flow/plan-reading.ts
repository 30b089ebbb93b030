// Which files of an upload are chats, which came along with them, and which are left lying: by content, not by name (FORMATS 1.1.1).
import { baseName } from '#core/intake/entry-name.ts';
import { pickChatFiles } from '#core/intake/pick-chat-files.ts';
import { recognise } from '#core/intake/recognise.ts';
import { typeDiffers } from '#core/intake/type-differs.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { Instant, LocalTime } from '#core/model/time.ts';
import type { Reader } from '#core/parse/reader.ts';
import { readers } from '#core/parse/readers.ts';
import { readChatTitle } from '#core/parse/whatsapp/chat-title.ts';
import type { InspectedFile, Inspection } from '#store/inspect-upload.ts';
import type { ZipProblem } from '#store/zip-by-ranges.ts';
import type { NumberedAttachment } from './keep-files.ts';
import type { ChatFile } from './read-conversations.ts';

export type ReadingPlan =
  | {
      readonly ok: true;
      readonly format: string;
      readonly readerVersion: string;
      readonly chats: readonly ChatFile[];
      readonly attachments: readonly NumberedAttachment[];
      readonly doubts: readonly Doubt[];
    }
  | { readonly ok: false; readonly problem: ZipProblem };

export interface PlanFacts {
  /** Of the upload as handed in. */
  readonly fileName: string;
  /** No message can be younger than this. */
  readonly registeredAt: Instant;
}

export function planReading(inspection: Extract<Inspection, { ok: true }>, facts: PlanFacts): ReadingPlan {
  return inspection.container === 'zip' ? planArchive(inspection.files, facts) : planFile(inspection.files[0], facts);
}

function planFile(file: InspectedFile | undefined, facts: PlanFacts): ReadingPlan {
  if (file === undefined) throw new Error('plan: an upload without a file');
  const seen = recognise(file.head, file.name, readers);
  if (seen.kind === 'zip') throw new Error('plan: an archive that was not opened');
  if (seen.kind === 'problem') return { ok: false, problem: { code: seen.problem, evidence: { what: seen.what } } };
  return toPlan([{ file, reader: seen.reader }], [], [], facts);
}

function planArchive(files: readonly InspectedFile[], facts: PlanFacts): ReadingPlan {
  const picked = pickChatFiles(files, readers);
  if (picked.problem !== null) return { ok: false, problem: { code: picked.problem.code, evidence: { what: picked.problem.what, files: files.length } } };
  const at = (index: number): InspectedFile => {
    const file = files[index];
    if (file === undefined) throw new Error('plan: a file that is not there');
    return file;
  };
  const attachments = picked.others.map(at).map((file, i) => ({ n: i + 1, name: baseName(file.name), file }));
  const doubts: Doubt[] = [...picked.doubts];
  const cleaned = files.filter((file) => file.nameCleaned).length;
  if (cleaned > 0) doubts.push({ code: 'entry.name-cleaned', severity: 'note', count: cleaned });
  for (const { n, name, file } of attachments) {
    const found = file.sniffed?.ext ?? null;
    if (typeDiffers(name, found)) doubts.push({ code: 'attachment.type-differs', severity: 'warning', evidence: { attachment: n, found: found ?? 'unknown' } });
  }
  return toPlan(
    picked.chats.map(({ index, reader }) => ({ file: at(index), reader })),
    attachments,
    doubts,
    facts,
  );
}

type Chat = { readonly file: InspectedFile; readonly reader: Reader };

function toPlan(chats: readonly Chat[], attachments: readonly NumberedAttachment[], doubts: readonly Doubt[], facts: PlanFacts): ReadingPlan {
  const [first] = chats;
  if (first === undefined) throw new Error('plan: no chat');
  return {
    ok: true,
    format: first.reader.format,
    readerVersion: first.reader.version,
    chats: chats.map(({ file, reader }, i) => {
      const along = chats.length === 1 ? attachments : attachments.filter((one) => isBeside(one.file.name, file.name));
      return {
        reader,
        files: along.map(({ n, name, file: one }) => ({
          n,
          name,
          path: isBeside(one.name, file.name) ? one.name.slice(folderOf(file.name).length) : one.name,
        })),
        source: {
          file: i + 1,
          name: nameOfChat(file.name, chats.length === 1 ? facts.fileName : null),
          open: file.open,
          siblings: new Set(along.map((one) => one.name)),
          notAfter: facts.registeredAt.slice(0, 19) as LocalTime,
        },
      };
    }),
    attachments,
    doubts,
  };
}

/** In the folder of the chat, or below it: with several chats in one archive each has its own files. */
function isBeside(name: string, chat: string): boolean {
  return name.startsWith(folderOf(chat));
}

function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

/** iOS calls every chat `_chat.txt` and puts its name on the archive; packed anew, that name may stand on the folder. */
function nameOfChat(name: string, archive: string | null): string {
  const base = baseName(name);
  if (!/^_chat(?: ?\(\d+\))?\.txt$/i.test(base)) return base;
  const folder = name.split('/').at(-2) ?? '';
  return readChatTitle(folder) === null ? (archive ?? base) : folder;
}
