// One entry of imessage-exporter's html: a message, with copies of its answers inside it, or an announcement.
//
//   div.message > div.sent|received > p > span.timestamp  span.sender
//                                   > div.message_part > span.bubble | div.attachment | div.edited | div.app | span.unsent
//                                   > div.tapbacks > div.tapback
//                                   > div.replies > div.reply > div.message …
//                                   > span.reply_context
import type { Reaction, Revision } from '#core/model/chat.ts';
import { type HtmlPiece, htmlPieces } from '#core/text/html-pieces.ts';
import { noTime } from '../exact-time.ts';
import { englishTime, readEnglishTime } from './english-time.ts';
import { announcementEvent, copyKey, isUnsent, type NamedFile, readReaction, readSticker, type Said } from './said.ts';

type OpenTag = Extract<HtmlPiece, { type: 'open' }>;

/** What text within an element of this class is. */
const roles = {
  timestamp: 'stamp',
  reply_anchor: 'none',
  sender: 'sender',
  deleted: 'deleted',
  reply_context: 'answers',
  tapbacks: 'heading',
  reactions: 'heading',
  tapback: 'reaction',
  reaction: 'reaction',
  attachment_error: 'lost',
  sticker: 'sticker',
  bubble: 'said',
  unsent: 'unsent',
  edited: 'edited',
  announcement: 'announcement',
  reply: 'copy',
} as const;

type Role = (typeof roles)[keyof typeof roles] | 'body';

function roleOf(className: string): Role | null {
  for (const one of className.split(/\s+/)) if (Object.hasOwn(roles, one)) return roles[one as keyof typeof roles];
  return null;
}

const blocks: ReadonlySet<string> = new Set(['div', 'p', 'tr', 'table', 'hr', 'li', 'ul', 'ol', 'blockquote', 'h1', 'h2', 'h3']);

/** Words of the exporter's own above a part of a message. */
const headings: ReadonlySet<string> = new Set(['Tapbacks:', 'Reactions:', 'Subject:']);

interface Frame {
  readonly name: string;
  readonly role: Role;
}

/** Keys of the answers that stand in the file in their own place. */
interface KnownAnswers {
  readonly has: (key: string) => boolean;
}

export function readHtmlEntry(raw: string, answers: KnownAnswers): Said {
  return readPieces([...htmlPieces(raw)], raw, answers);
}

/** Of an entry that answers an earlier one: how its copy can be known. Null for all others. */
export function readHtmlAnswer(raw: string): string | null {
  if (!raw.includes('reply_context')) return null;
  const said = readHtmlEntry(raw, new Set());
  return said.answers ? said.key : null;
}

function readPieces(pieces: readonly HtmlPiece[], raw: string, answers: KnownAnswers): Said {
  const stack: Frame[] = [];
  const texts: Record<'stamp' | 'sender' | 'said' | 'announcement', string> = { stamp: '', sender: '', said: '', announcement: '' };
  const attachments: NamedFile[] = [];
  const reactions: Reaction[] = [];
  const copies: string[] = [];
  let direction: Said['direction'] = null;
  let nativeId: string | null = null;
  let reaction = '';
  let deleted: Said['deleted'] = null;
  let answersEarlier = false;
  let edited = false;
  /** Wordings of the part that was edited, as its table has them. */
  let wordings: string[] = [];
  const revisions: Revision[] = [];
  let strange = false;
  let lost = '';

  const roleNow = (): Role => stack.at(-1)?.role ?? 'body';
  const endLine = () => {
    if (texts.said !== '' && !texts.said.endsWith('\n')) texts.said += '\n';
  };

  function open(tag: OpenTag, i: number): number {
    const className = tag.attributes.get('class') ?? '';
    const own = roleOf(className) ?? roleNow();
    // Each wording of an edited message has its time beside it.
    const role = own === 'stamp' && roleNow() === 'edited' ? 'edited' : own;
    if (role === 'copy' && roleNow() !== 'copy') return copy(i);
    if (/(?:^|\s)sent(?:\s|$)/.test(className)) direction ??= 'outgoing';
    if (/(?:^|\s)received(?:\s|$)/.test(className)) direction ??= 'incoming';
    if (role === 'stamp' && tag.name === 'a') nativeId ??= /message-guid=([\w-]+)/.exec(tag.attributes.get('href') ?? '')?.[1] ?? null;
    if (role === 'edited') edited = true;
    if (role === 'edited' && tag.name === 'tr') wordings.push('');
    takeFile(tag, role, i);
    if (tag.name === 'br' && role === 'edited' && wordings.length > 0) wordings.push(`${wordings.pop() ?? ''}\n`);
    else if (tag.name === 'br' && (role === 'said' || role === 'body' || role === 'edited' || role === 'unsent')) texts.said += '\n';
    else if (blocks.has(tag.name)) endLine();
    if (!tag.empty) stack.push({ name: tag.name, role });
    return i;
  }

  /** A copy is read as an entry of its own; what has no place of its own in the file stays as text here. */
  function copy(i: number): number {
    const end = endOfElement(pieces, i);
    const said = readPieces(pieces.slice(i + 1, end), raw, answers);
    if (answers.has(said.key)) copies.push(said.key);
    else {
      strange = true;
      endLine();
      texts.said += [said.stamp, said.sender ?? '', said.text].filter((part) => part !== '').join('\n');
      attachments.push(...said.attachments);
    }
    copies.push(...said.copies);
    return end;
  }

  function takeFile(tag: OpenTag, role: Role, i: number): void {
    const kind = role === 'sticker' ? ('sticker' as const) : tag.name === 'img' ? ('image' as const) : tag.name === 'audio' ? ('audio' as const) : null;
    const own = tag.attributes.get('src') ?? (tag.name === 'a' && offersFile(pieces[i + 1]) ? tag.attributes.get('href') : undefined);
    if (own === undefined || own === '' || !['img', 'audio', 'video', 'source', 'a'].includes(tag.name)) return;
    const path = own.replace(/^file:\/\//, '');
    if (/^(?:https?|data):/i.test(path) || attachments.some((one) => one.path === path)) return;
    attachments.push({ path: readAddress(path), kind: tag.name === 'source' || tag.name === 'video' ? 'video' : kind, lost: false });
  }

  function close(name: string): void {
    const at = stack.map((frame) => frame.name).lastIndexOf(name);
    if (at < 0) return;
    const [ended] = stack.splice(at);
    if (ended?.role === 'reaction' && roleNow() !== 'reaction') takeReaction();
    if (ended?.role === 'lost' && roleNow() !== 'lost') {
      attachments.push({
        path: lost.replace(/^.*(?:locate attachment|does not exist).*?: ?|^Attachment does not exist!$/i, '').trim(),
        kind: null,
        lost: true,
      });
      lost = '';
    }
    if (blocks.has(name)) endLine();
    if (ended?.role === 'edited' && roleNow() !== 'edited') takeWordings();
  }

  /** The last is what the message says now. */
  function takeWordings(): void {
    const now = wordings.pop();
    if (now !== undefined) texts.said += `${now.trimEnd()}\n`;
    revisions.push(...wordings.map((wording) => ({ text: wording.trimEnd() })));
    wordings = [];
  }

  function takeReaction(): void {
    const line = reaction.trim();
    reaction = '';
    if (line === '' || readSticker(line) !== null) return;
    const read = readReaction(line);
    if (read === null) {
      strange = true;
      endLine();
      texts.said += `${line}\n`;
    } else reactions.push(read);
  }

  function say(text: string): void {
    const role = roleNow();
    switch (role) {
      case 'stamp':
      case 'sender':
      case 'announcement':
        texts[role] += text;
        return;
      case 'reaction':
        reaction += text;
        return;
      case 'deleted':
        deleted = 'by-exporter';
        return;
      case 'answers':
        answersEarlier = true;
        return;
      case 'lost':
        lost += text;
        return;
      case 'none':
      case 'heading':
      case 'copy':
        return;
      case 'unsent':
        deleted = isUnsent(text) ? 'by-sender' : deleted;
        texts.said += text;
        return;
      case 'sticker':
        return;
      case 'said':
        texts.said += text;
        return;
      default: {
        const flat = text.replace(/\s+/g, ' ');
        const plain = flat.trim();
        // A line end between elements is the page's, not the message's.
        if (plain === '' && text.includes('\n')) return;
        if (plain.startsWith('Click to download ') || headings.has(plain)) return;
        if (role !== 'edited' || wordings.length === 0) texts.said = joined(texts.said, flat);
        else if (!/^Edited .* later$/.test(plain)) wordings.push(joined(wordings.pop() ?? '', flat));
      }
    }
  }

  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece?.type === 'open') i = open(piece, i);
    else if (piece?.type === 'close') close(piece.name);
    else if (piece?.type === 'text') say(piece.text);
  }
  if (reaction !== '') takeReaction();

  const written = new RegExp(englishTime).exec(texts.stamp.replace(/\u00a0/g, ' '))?.[0] ?? '';
  const sender = texts.sender.trim();
  const announced = texts.announcement.replace(/\s+/g, ' ').trim();
  const isNotice = announced !== '' && sender === '';
  const text = isNotice ? announced : texts.said.replace(/\n{3,}/g, '\n\n').trimEnd();
  const nobody = sender === '' && !isNotice;
  return {
    key: copyKey(written, sender, text),
    stamp: written,
    time: written === '' ? noTime : readEnglishTime(written),
    sender: sender === '' ? null : sender,
    direction: isNotice ? null : direction,
    text: nobody && text === '' ? raw.trim() : text,
    kind: isNotice ? 'system' : nobody ? 'unknown' : kindOf(attachments, text),
    system: isNotice ? { event: announcementEvent(announced) } : null,
    attachments,
    reactions,
    edited,
    revisions,
    deleted,
    answers: answersEarlier,
    copies,
    strange: strange || nobody,
    pasted: false,
    nativeId,
  };
}

function kindOf(attachments: readonly NamedFile[], text: string): Said['kind'] {
  if (/^(?:Started|Stopped) sharing location!(?:\n|$)/.test(text)) return 'location';
  if (attachments.length === 0) return 'text';
  return attachments.every(({ kind }) => kind === 'sticker') ? 'sticker' : 'media';
}

/** White space between elements is one space within a line, and none at its start. */
function joined(before: string, flat: string): string {
  return before === '' || before.endsWith('\n') || before.endsWith(' ') ? before + flat.trimStart() : before + flat;
}

function offersFile(piece: HtmlPiece | undefined): boolean {
  return piece?.type === 'text' && piece.text.startsWith('Click to download ');
}

/** Addresses have their spaces and accents written as `%20`; a name that is no address stays as it is. */
function readAddress(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Place of the piece that closes the element which opens at `i`; past the end when nothing does. */
function endOfElement(pieces: readonly HtmlPiece[], i: number): number {
  const opened = pieces[i];
  if (opened?.type !== 'open') return i;
  let depth = 0;
  for (let at = i; at < pieces.length; at++) {
    const piece = pieces[at];
    if (piece?.type === 'open' && piece.name === opened.name && !piece.empty) depth++;
    else if (piece?.type === 'close' && piece.name === opened.name && --depth === 0) return at;
  }
  return pieces.length;
}
