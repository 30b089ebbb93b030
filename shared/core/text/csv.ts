// CSV as RFC 4180 and as Excel in Dutch writes it: `;` or `,` or a tab between fields, quotes doubled inside quotes, CRLF, LF or CR, a byte
// order mark in front. A row knows the line on which it begins. Nothing is dropped save empty lines.

export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/** Of the characters that may part fields, the one that the first line holds most. */
function separatorOf(head: string): string {
  const counted = [';', ',', '\t'].map((mark) => ({ mark, count: head.split(mark).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}

/** `open`: the line on which a quote begins that never ends; nothing after it can be trusted. */
export function parseCsv(text: string): { readonly rows: readonly CsvRow[]; readonly open: number | null } {
  const body = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(body.split(/[\r\n]/, 1)[0] ?? '');
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let field = '';
  let line = 1;
  let began = 1;
  let quotedFrom: number | null = null;
  const endRow = () => {
    fields.push(field);
    if (fields.some((one) => one.trim() !== '')) rows.push({ line: began, fields });
    fields = [];
    field = '';
  };
  for (let i = 0; i < body.length; i++) {
    const char = body.charAt(i);
    const ends = char === '\n' || char === '\r';
    if (char === '\r' && body.charAt(i + 1) === '\n') i++;
    if (quotedFrom !== null) {
      if (char === '"' && body.charAt(i + 1) === '"') {
        field += '"';
        i++;
      } else if (char === '"') quotedFrom = null;
      else field += ends ? '\n' : char;
      if (ends) line++;
    } else if (char === '"' && field === '') quotedFrom = line;
    else if (char === separator) {
      fields.push(field);
      field = '';
    } else if (ends) {
      endRow();
      line++;
      began = line;
    } else field += char;
  }
  endRow();
  return { rows, open: quotedFrom };
}
