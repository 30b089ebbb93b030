// Which reader an attachment gets: by what its first bytes are; by its name only where bytes have no mark of their own (text, e-mail, card).

export type AttachmentKind = 'pdf' | 'office' | 'mail' | 'card' | 'html' | 'text' | 'picture' | 'silent' | 'encrypted' | 'other';

const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/x-ms-bmp']);
const office = /officedocument|ms-(?:word|excel|powerpoint)\.[a-z.]*macroenabled|oasis\.opendocument\.(?:text|spreadsheet|presentation)/i;
const byName: Readonly<Record<string, AttachmentKind>> = {
  txt: 'text',
  csv: 'text',
  md: 'text',
  log: 'text',
  json: 'text',
  xml: 'text',
  ics: 'text',
  kml: 'text',
  gpx: 'text',
  vcf: 'card',
  eml: 'mail',
  html: 'html',
  htm: 'html',
  svg: 'html',
};
const officeNames = /\.(?:docx|docm|dotx|xlsx|xlsm|xltx|pptx|pptm|potx|odt|ods|odp|ott|ots|otp)$/i;

/** `sniffed`: media type that the first bytes stand for, or null. */
export function attachmentKind(name: string, sniffed: string | null): AttachmentKind {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (sniffed === 'application/pdf') return 'pdf';
  if (sniffed !== null && office.test(sniffed)) return 'office';
  if (sniffed === 'application/zip' && officeNames.test(name)) return 'office';
  // An office file with a password is an old compound file that holds the new one.
  if (sniffed === 'application/x-cfb' && officeNames.test(name)) return 'encrypted';
  if (sniffed !== null && pictures.has(sniffed)) return 'picture';
  if (sniffed !== null && /^(?:audio|video)\//.test(sniffed)) return 'silent';
  // A sticker's own type, or one that only says "XML" or "text", leaves it to the name.
  if (sniffed === null || /^(?:text\/|application\/(?:xml|json))|svg\+xml|rfc822|vcard/.test(sniffed))
    return byName[extension] ?? (/svg/.test(sniffed ?? '') ? 'html' : 'other');
  return 'other';
}
