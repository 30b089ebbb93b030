// A zip that was picked, or one in an e-mail (`.rsmf`), and the e-mails in it: its members by their number in the whole of what was picked.
import { isDropping } from '#core/intake/pick-chat-files.ts';
import { looksLikeRsmf, readRsmfEnvelope } from '#core/intake/rsmf-envelope.ts';
import type { MailHead } from '#core/intake/rsmf-mail.ts';
import { dataStart, readZipDirectory, type ZipMember } from '#core/intake/zip-directory.ts';
import { zipLimits } from '#core/intake/zip-limits.ts';
import type { ProblemCode } from '#core/model/bundle.ts';
import { decoded, narrow } from './base64-blob.ts';
import { blobOf, headOf, inflated, rangesOf, streamOf } from './blob-bytes.ts';

export interface Archive {
  readonly blob: Blob;
  readonly members: readonly ZipMember[];
  /** Of each member its number in the whole, or the zip in the e-mail that it is. */
  readonly inside: readonly (number | Archive)[];
  /** What stands around it; null: nothing. */
  readonly mail: MailHead | null;
}

/** A file in it; folders among them. */
export interface Entry {
  readonly name: string;
  readonly size: number;
  readonly head: Uint8Array;
  readonly open: () => AsyncGenerator<Uint8Array>;
}

export type OpenedArchive =
  | { readonly ok: true; readonly archive: Archive; readonly entries: readonly Entry[] }
  | { readonly ok: false; readonly problem: ProblemCode };

/** What cannot be a chat is not looked into. */
const medium = /\.(?:jpe?g|png|gif|webp|heic|bmp|mp4|m4v|mov|3gp|avi|mkv|webm|opus|ogg|mp3|m4a|aac|amr|wav|pdf|docx?|xlsx?|pptx?|odt|vcf|tgs|was)$/i;
/** A larger e-mail in a zip stays closed, here as in the archive. */
const longestMail = 64 * 2 ** 20;

export function isMail(head: Uint8Array): boolean {
  return looksLikeRsmf(narrow(head));
}

/** The zip in an e-mail. */
export async function openMail(blob: Blob, first = 0, folder = ''): Promise<OpenedArchive> {
  const damaged = { ok: false, problem: 'zip.damaged' } as const;
  const envelope = await readRsmfEnvelope(streamOf(blob));
  if (envelope === null) return damaged;
  const { headers, part, boundary, zip } = envelope;
  const textAt = async ([from, to]: readonly [number, number]) => narrow(new Uint8Array(await blob.slice(from, to).arrayBuffer()));
  const mail: MailHead = { headers: await textAt(headers), part: part === null ? null : await textAt(part), boundary };
  const content = await blobOf(decoded(blob.slice(...zip))).catch(() => null);
  return content === null ? damaged : openArchive(content, mail, first, folder);
}

/** `first`: number of its first member; `folder`: name of the e-mail that it stands in. */
export async function openArchive(blob: Blob, mail: MailHead | null = null, first = 0, folder = ''): Promise<OpenedArchive> {
  const ranges = rangesOf(blob);
  const directory = await readZipDirectory(ranges);
  if (!directory.ok) return directory;
  const { members } = directory;
  const inside: (number | Archive)[] = [];
  const entries: Entry[] = [];
  for (const member of members) {
    const wanted = !member.isFolder && member.size > 0 && !isDropping(member.name) && !medium.test(member.name);
    const start = wanted ? await dataStart(ranges, member) : null;
    if (wanted && start === null) return { ok: false, problem: 'zip.damaged' };
    const open = () => openMember(blob, member, start ?? 0);
    const head = start === null ? new Uint8Array() : await headOf(open());
    const held =
      mail === null && member.size <= longestMail && isMail(head) ? await openMail(await blobOf(open()), first + entries.length, `${member.name}/`) : null;
    if (held?.ok === true) {
      inside.push(held.archive);
      entries.push(...held.entries);
      if (entries.length > zipLimits.entries) return { ok: false, problem: 'zip.too-many-entries' };
      continue;
    }
    inside.push(first + entries.length);
    entries.push({ name: `${folder}${member.name}`, size: member.isFolder ? 0 : member.size, head, open });
  }
  return { ok: true, archive: { blob, members, inside, mail }, entries };
}

function openMember(blob: Blob, member: ZipMember, start: number): AsyncGenerator<Uint8Array> {
  const stored = blob.slice(start, start + member.storedSize);
  return member.method === 8 ? inflated(stored, member.size) : streamOf(stored);
}
