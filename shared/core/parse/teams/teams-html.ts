// The body of a Teams message, html, as plain text with what stands in it apart: mentions, quotes, pictures, files, the marks of a call.
// FORMATS: section 1.6. Tags are read, nothing is loaded; a tag that is not known leaves its text.
import type { AttachmentRef, CallOutcome, ReplyTo } from '#core/model/chat.ts';
import { type HtmlPiece, htmlPieces } from '#core/text/html-pieces.ts';
import { attachmentKind, type FindPresence } from '../whatsapp/attachment.ts';

export interface TeamsBody {
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  readonly replyTo: ReplyTo | null;
  readonly call: { readonly outcome: CallOutcome; readonly seconds?: number } | null;
  readonly edited: boolean;
  /** Names and values of an activity (`addmember`, `topicupdate`): what its tags hold, by name. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

const block = new Set([
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'tr',
  'table',
  'pre',
  'codeblock',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'title',
  'description',
]);

const callOutcomes: Readonly<Record<string, CallOutcome>> = { ended: 'answered', started: 'unknown', missed: 'missed', declined: 'rejected' };

interface Quote {
  readonly tag: string;
  depth: number;
  nativeId: string | null;
  sender: string | null;
  text: string;
  inName: boolean;
}

/** Pictures and files stand in SharePoint or OneDrive; the export holds the address only. */
export function presenceOnline(name: string, presence: FindPresence): Pick<AttachmentRef, 'presence' | 'absence'> {
  return name !== '' && presence(name) === 'present' ? { presence: 'present' } : { presence: 'omitted', absence: 'remote-only' };
}

export function readTeamsHtml(html: string, presence: FindPresence): TeamsBody {
  const out = makeLines();
  const attachments: AttachmentRef[] = [];
  const tags = new Map<string, string[]>();
  const open: { readonly name: string; readonly link: string | null; readonly from: number }[] = [];
  let quote: Quote | null = null;
  let replyTo: ReplyTo | null = null;
  let call: TeamsBody['call'] = null;
  let callType: string | null = null;
  let edited = false;
  /** Words of the export's own grammar, which nobody wrote. */
  let unsaid = 0;

  function say(text: string): void {
    if (quote !== null) {
      if (quote.inName) quote.sender = `${quote.sender ?? ''}${text}`;
      else quote.text += text;
    } else if (unsaid === 0) out.add(text);
  }

  function picture(attributes: ReadonlyMap<string, string>): void {
    const alt = attributes.get('alt') ?? '';
    const type = attributes.get('itemtype') ?? '';
    if (/Emoji|Smiley/i.test(type) || attributes.has('data-emoji')) {
      say(alt);
      return;
    }
    const source = attributes.get('src') ?? '';
    const name = attributes.get('data-filename') ?? fileNameOf(source);
    attachments.push({
      name,
      ...presenceOnline(name, presence),
      kind: /giphy|\.gif(?:$|\?)/i.test(type + source) ? 'gif' : 'image',
    });
    if (alt !== '' && !/^(?:image|afbeelding|picture)$/i.test(alt)) say(alt);
  }

  function opened(piece: Extract<HtmlPiece, { type: 'open' }>): void {
    const { name, attributes, empty } = piece;
    if (quote !== null && name === quote.tag && !empty) quote.depth++;
    const isReply = name === 'blockquote' && /schema\.skype\.com\/Reply/i.test(attributes.get('itemtype') ?? '');
    if (quote === null && (isReply || name === 'quote') && !empty) {
      const nativeId = attributes.get('itemid') ?? attributes.get('messageid') ?? null;
      quote = { tag: name, depth: 1, nativeId, sender: attributes.get('authorname') ?? null, text: '', inName: false };
    } else if (quote !== null && attributes.get('itemprop') === 'mri') quote.inName = true;
    else if (name === 'img') picture(attributes);
    else if (name === 'emoji') say(attributes.get('alt') ?? '');
    else if (name === 'at') say('@');
    else if (name === 'br' || name === 'hr') say('\n');
    else if (name === 'e_m') edited = true;
    else if (name === 'originalname') file(attributes.get('v') ?? '');
    else if (name === 'partlist') callType = attributes.get('type') ?? '';
    else if (name === 'td' || name === 'th') say('\t');
    else if (name === 'li') say('\n- ');
    if (block.has(name) && name !== 'li') say('\n');
    if (name === 'legacyquote' && !empty) unsaid++;
    if (!empty) open.push({ name, link: name === 'a' ? (attributes.get('href') ?? null) : null, from: out.length() });
  }

  function file(name: string): void {
    if (name !== '') attachments.push({ name, ...presenceOnline(name, presence), kind: attachmentKind(name) });
  }

  function closed(name: string): void {
    let at = open.length - 1;
    while (at >= 0 && open[at]?.name !== name) at--;
    const [was] = at < 0 ? [] : open.splice(at);
    if (name === 'legacyquote' && unsaid > 0) unsaid--;
    if (quote !== null) {
      quote.inName = quote.inName && name !== 'strong' && name !== 'span' && name !== 'b';
      if (name === quote.tag && --quote.depth === 0) {
        replyTo ??= replyOf(quote);
        quote = null;
        return;
      }
    }
    if (was?.link !== null && was?.link !== undefined && quote === null && unsaid === 0 && out.since(was.from).trim() !== was.link) say(` (${was.link})`);
    if (block.has(name)) say('\n');
  }

  for (const piece of htmlPieces(html)) {
    if (piece.type === 'open') opened(piece);
    else if (piece.type === 'close') closed(piece.name);
    else if (piece.type === 'text') {
      const within = open.at(-1)?.name ?? '';
      if (unsaid > 0 && quote !== null) continue;
      if (within !== '') tags.set(within, [...(tags.get(within) ?? []), piece.text]);
      if (callType === null) say(isPreformatted(open) ? piece.text : piece.text.replace(/[\r\n\t ]+/g, ' '));
    }
  }
  // A quote that is never closed is no quote: its words belong to the message.
  if (quote !== null) out.add((quote as Quote).text);
  if (callType !== null) {
    const seconds = Math.max(0, ...(tags.get('duration') ?? []).map(Number).filter(Number.isFinite));
    call = { outcome: callOutcomes[callType] ?? 'unknown', ...(seconds > 0 ? { seconds: Math.round(seconds) } : {}) };
  }
  return { text: out.text(), attachments, replyTo, call, edited, tags };
}

function isPreformatted(open: readonly { readonly name: string }[]): boolean {
  return open.some(({ name }) => name === 'pre' || name === 'codeblock' || name === 'code');
}

function replyOf({ nativeId, sender, text }: Quote): ReplyTo {
  const words = text.trim();
  return { ...(nativeId === null ? {} : { nativeId }), ...(words === '' ? {} : { text: words }), ...(sender === null || sender === '' ? {} : { sender }) };
}

/** Pictures kept by the service have no name of their own: `…/hostedContents/<id>/$value`. */
function fileNameOf(source: string): string {
  const last = source.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  return /^[^$]{1,200}\.[A-Za-z0-9]{2,5}$/.test(last) ? last : '';
}

/** Text as it is built: no blank line is made that nobody wrote, and none at the ends. */
function makeLines() {
  let text = '';
  return {
    add: (more: string) => {
      if (more === '\n') {
        if (text !== '' && !text.endsWith('\n\n')) text += '\n';
        return;
      }
      if (more === ' ' && (text === '' || /\s$/.test(text))) return;
      text += /\n$/.test(text) && /^ +\S/.test(more) ? more.trimStart() : more === '\n- ' && (text === '' || text.endsWith('\n')) ? '- ' : more;
    },
    length: () => text.length,
    since: (from: number) => text.slice(from),
    text: () =>
      text
        .replace(/[ \t]+\n/g, '\n')
        .replace(/\n{2,}/g, '\n')
        .trim(),
  };
}
