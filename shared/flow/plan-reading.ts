// Which files of an upload are chats, which came along with them, and which are left lying: by content, not by name (FORMATS 1.1.1).
import { baseName } from '#core/intake/entry-name.ts';
import { typeDiffers } from '#core/intake/type-differs.ts';
import type { Doubt } from '#core/model/doubt.ts';
import type { Instant, LocalTime } from '#core/model/time.ts';
import type { Reader } from '#core/parse/reader.ts';
import { whatsappReader } from '#core/parse/whatsapp/whatsapp-reader.ts';
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

const readers: readonly Reader[] = [whatsappReader];
const headBytes = 65_536;
/** From here on a file is taken for a chat; a note of one line that looks like a header stays below it. */
const sureEnough = 0.5;
/** What archive programs and phones leave behind. */
const leftovers = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

export async function planReading(inspection: Extract<Inspection, { ok: true }>, facts: PlanFacts): Promise<ReadingPlan> {
  const doubts: Doubt[] = [];
  const skipped = inspection.files.filter((file) => leftovers.test(file.name));
  const files = inspection.files.filter((file) => !leftovers.test(file.name));
  if (skipped.length > 0) doubts.push({ code: 'entry.skipped', severity: 'note', count: skipped.length });
  const cleaned = files.filter((file) => file.nameCleaned).length;
  if (cleaned > 0) doubts.push({ code: 'entry.name-cleaned', severity: 'note', count: cleaned });

  const chats: { readonly file: InspectedFile; readonly reader: Reader }[] = [];
  const others: InspectedFile[] = [];
  for (const file of files) {
    const reader = await readerFor(file);
    if (reader === null) others.push(file);
    else chats.push({ file, reader });
  }
  const [first] = chats;
  if (first === undefined) return { ok: false, problem: await whyNot(inspection, files) };
  if (chats.length > 1) doubts.push({ code: 'several-chats.found', severity: 'warning', evidence: { chats: chats.length } });

  const attachments = others.map((file, i) => ({ n: i + 1, name: baseName(file.name), file }));
  for (const { n, name, file } of attachments) {
    const sniffed = file.sniffed?.ext ?? null;
    if (typeDiffers(name, sniffed))
      doubts.push({ code: 'attachment.type-differs', severity: 'warning', evidence: { attachment: n, found: sniffed ?? 'unknown' } });
    if (sniffed === 'zip') doubts.push({ code: 'entry.nested-zip', severity: 'note', evidence: { attachment: n } });
  }
  return {
    ok: true,
    format: first.reader.format,
    readerVersion: first.reader.version,
    chats: chats.map(({ file, reader }, i) => {
      const along = chats.length === 1 ? attachments : attachments.filter((one) => isBeside(one.file.name, file.name));
      return {
        reader,
        files: along,
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

async function readerFor(file: InspectedFile): Promise<Reader | null> {
  if (file.sniffed !== null) return null;
  const head = await headOf(file);
  const name = baseName(file.name);
  const [best] = readers.map((reader) => ({ reader, sure: reader.sniff(head, name) })).sort((a, b) => b.sure - a.sure);
  return best === undefined || best.sure < sureEnough ? null : best.reader;
}

async function headOf(file: InspectedFile): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of file.open()) {
    parts.push(part);
    length += part.length;
    if (length >= headBytes) break;
  }
  return Buffer.concat(parts).subarray(0, headBytes);
}

/** In the folder of the chat, or below it: with several chats in one archive each has its own files. */
function isBeside(name: string, chat: string): boolean {
  return name.startsWith(chat.slice(0, chat.lastIndexOf('/') + 1));
}

/** iOS calls every chat `_chat.txt` and puts its name on the archive. */
function nameOfChat(name: string, archive: string | null): string {
  const base = baseName(name);
  return archive !== null && /^_chat(?: ?\(\d+\))?\.txt$/i.test(base) ? archive : base;
}

async function whyNot(inspection: Extract<Inspection, { ok: true }>, files: readonly InspectedFile[]): Promise<ZipProblem> {
  return inspection.container === 'zip' ? { code: 'zip.no-chat', evidence: { files: files.length } } : { code: 'file.not-a-chat' };
}
