// One attachment → its text, page by page. Pictures take an engine, which is given (functions/read-attachments/read-picture.ts).
import PostalMime, { type Address } from 'postal-mime';
import { type AttachmentKind, attachmentKind } from './attachment-kind.ts';
import { attachmentLimits } from './attachment-limits.ts';
import { htmlText } from './html-text.ts';
import { readCard } from './read-card.ts';
import { readOffice } from './read-office.ts';
import { type ReadOutcome, type ReadPage, type ReadPicture, toOutcome, unread } from './read-outcome.ts';
import { readPdf } from './read-pdf.ts';
import { decodeText, readPlainText } from './read-plain-text.ts';

/** `readPicture`: reads the words on pictures within a document (a scan, a photo in an e-mail). */
export async function readDocument(kind: AttachmentKind, bytes: Uint8Array, readPicture?: ReadPicture, depth = 0): Promise<ReadOutcome> {
  if (bytes.length > attachmentLimits.documentBytes) return unread('too-large');
  switch (kind) {
    case 'pdf':
      return readPdf(bytes, readPicture);
    case 'office':
      return readOffice(bytes);
    case 'card':
      return readCard(bytes);
    case 'text':
      return readPlainText(bytes);
    case 'html':
      return toOutcome([{ unit: 'part', number: 1, text: htmlText(decodeText(bytes)) }]);
    case 'mail':
      return readMail(bytes, readPicture, depth);
    case 'encrypted':
      return unread('encrypted');
    case 'picture':
      return readPicture === undefined ? unread('not-read') : readPicture(bytes);
    case 'silent':
    case 'other':
      return unread('not-read');
  }
}

/** Heads and body are one part; each file in the e-mail that can be read follows under its own name; of the others the name is found. */
async function readMail(bytes: Uint8Array, readPicture: ReadPicture | undefined, depth: number): Promise<ReadOutcome> {
  if (depth >= attachmentLimits.depth) return unread('too-large');
  try {
    const mail = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer', maxNestingDepth: 64 });
    const heads = [
      ['Van', people(mail.from === undefined ? [] : [mail.from])],
      ['Aan', people(mail.to)],
      ['Cc', people(mail.cc)],
      ['Bcc', people(mail.bcc)],
      ['Datum', mail.date ?? ''],
      ['Onderwerp', mail.subject ?? ''],
    ].filter(([, value]) => value !== '');
    const body = mail.text ?? (mail.html === undefined ? '' : htmlText(mail.html));
    if (heads.length === 0 && mail.attachments.length === 0) return unread('damaged');
    const named = mail.attachments.map(({ filename }) => filename ?? '').filter((name) => name !== '');
    const pages: ReadPage[] = [
      {
        unit: 'part',
        number: 1,
        text: [...heads.map(([head, value]) => `${head}: ${value}`), ...named.map((name) => `Bijlage: ${name}`), '', body].join('\n'),
      },
    ];
    for (const { filename, mimeType, content } of mail.attachments) {
      const inner = content instanceof ArrayBuffer ? new Uint8Array(content) : null;
      if (inner === null) continue;
      const read = await readDocument(kindOfInner(filename ?? '', mimeType), inner, readPicture, depth + 1);
      if (read.ok) for (const page of read.pages) pages.push({ ...page, name: filename ?? mimeType });
    }
    return toOutcome(pages);
  } catch {
    return unread('damaged');
  }
}

function people(list: readonly Address[] | undefined): string {
  return (list ?? []).map(({ name = '', address = '', group }) => `${name} ${address} ${people(group)}`.trim()).join(', ');
}

/** What stands in an e-mail was not sniffed: its name decides, and a reader that meets other bytes says so. */
function kindOfInner(name: string, mediaType: string): AttachmentKind {
  if (mediaType === 'message/rfc822') return 'mail';
  if (mediaType === 'application/pdf' || /\.pdf$/i.test(name)) return 'pdf';
  if (/\.(?:png|jpe?g|webp|gif|bmp)$/i.test(name)) return 'picture';
  const byType = attachmentKind(name, mediaType === 'application/octet-stream' ? 'application/zip' : mediaType);
  return byType === 'other' ? attachmentKind(name, null) : byType;
}
