// Which files of an upload are chats, which came along with them, and which are left lying: by content, not by name (FORMATS 1.1.1).
import { baseName } from '#core/intake/entry-name.ts';
import { joinParts } from '#core/intake/join-parts.ts';
import { pickChatFiles } from '#core/intake/pick-chat-files.ts';
import { placeChats } from '#core/intake/place-chats.ts';
import { recognise } from '#core/intake/recognise.ts';
import { typeDiffers } from '#core/intake/type-differs.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { Instant, LocalTime } from '#core/model/time.ts';
import type { Reader } from '#core/parse/reader.ts';
import { readers } from '#core/parse/readers.ts';
import { readChatTitle } from '#core/parse/whatsapp/chat-title.ts';
import type { Declared, InspectedFile, Inspection } from '#store/inspect-upload.ts';
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
  return inspection.container === 'zip' ? planArchive(inspection.files, facts, inspection.declared) : planFile(inspection.files[0], facts);
}

function planFile(file: InspectedFile | undefined, facts: PlanFacts): ReadingPlan {
  if (file === undefined) throw new Error('plan: an upload without a file');
  const seen = recognise(file.head, file.name, readers);
  if (seen.kind === 'zip') throw new Error('plan: an archive that was not opened');
  if (seen.kind === 'problem') return { ok: false, problem: { code: seen.problem, evidence: { what: seen.what } } };
  return toPlan([{ file, reader: seen.reader }], [], [], facts);
}

function planArchive(files: readonly InspectedFile[], facts: PlanFacts, declared: Declared | undefined): ReadingPlan {
  const picked = pickChatFiles(files, readers);
  if (picked.problem !== null) return { ok: false, problem: { code: picked.problem.code, evidence: { what: picked.problem.what, files: files.length } } };
  const at = (index: number): InspectedFile => {
    const file = files[index];
    if (file === undefined) throw new Error('plan: a file that is not there');
    return file;
  };
  const attachments = picked.others.map(at).map((file, i) => ({ n: i + 1, name: baseName(file.name), file }));
  const chats = joinParts(
    picked.chats.map(({ index, reader }) => ({ name: at(index).name, head: at(index).head, format: reader.format, file: at(index), reader })),
  );
  const conversations = chats.filter(({ continues }) => !continues).length;
  const doubts: Doubt[] = picked.doubts.flatMap((doubt) =>
    doubt.code !== 'several-chats.found' ? [doubt] : conversations > 1 ? [{ ...doubt, count: conversations }] : [],
  );
  const cleaned = files.filter((file) => file.nameCleaned).length;
  if (cleaned > 0) doubts.push({ code: 'entry.name-cleaned', severity: 'note', count: cleaned });
  for (const { n, name, file } of attachments) {
    const found = file.sniffed?.ext ?? null;
    if (typeDiffers(name, found)) doubts.push({ code: 'attachment.type-differs', severity: 'warning', evidence: { attachment: n, found: found ?? 'unknown' } });
  }
  return toPlan(
    chats.map(({ chat: { file, reader }, continues }) => ({ file, reader, continues })),
    attachments,
    doubts,
    facts,
    declared,
  );
}

type Chat = { readonly file: InspectedFile; readonly reader: Reader; readonly continues?: boolean };

function toPlan(
  chats: readonly Chat[],
  attachments: readonly NumberedAttachment[],
  doubts: readonly Doubt[],
  facts: PlanFacts,
  declared?: Declared,
): ReadingPlan {
  const [first] = chats;
  if (first === undefined) throw new Error('plan: no chat');
  const placed = placeChats(
    chats.map(({ file }) => file),
    attachments.map(({ n, file }) => ({ n, name: file.name })),
    facts.fileName,
    (name) => readChatTitle(name) !== null,
  );
  return {
    ok: true,
    format: first.reader.format,
    readerVersion: first.reader.version,
    chats: chats.map(({ file, reader, continues = false }, i) => {
      const { name = file.name, files = [] } = placed[i] ?? {};
      const notAfter = facts.registeredAt.slice(0, 19) as LocalTime;
      const envelope = declared === undefined || chats.length > 1 ? {} : { declared };
      return {
        reader,
        files,
        continues,
        source: { file: i + 1, name, open: file.open, siblings: new Set(files.map((one) => one.name)), notAfter, ...envelope },
      };
    }),
    attachments,
    doubts,
  };
}
