// HTML of chat exports and of Teams messages as a row of pieces: tags and text, in order, without a gap. A tokenizer, no browser: nothing is
// loaded, run or repaired, and nothing is dropped. Rests on the tokenization part of the HTML standard (13.2.5), as far as exporters write it.

export type HtmlPiece =
  | {
      readonly type: 'open';
      /** Lower case. */
      readonly name: string;
      /** Names in lower case; values with their references read; '' for a name alone. */
      readonly attributes: ReadonlyMap<string, string>;
      /** `<br/>`, and the elements that never hold anything (`br`, `img`). */
      readonly empty: boolean;
      readonly from: number;
      readonly to: number;
    }
  | { readonly type: 'close'; readonly name: string; readonly from: number; readonly to: number }
  /** Text with its references read. */
  | { readonly type: 'text'; readonly text: string; readonly from: number; readonly to: number }
  /** Comments, doctype, processing instructions, what stands in `script` and `style`. */
  | { readonly type: 'aside'; readonly from: number; readonly to: number };

const emptyElements: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'source', 'wbr', 'area', 'base', 'col', 'embed', 'track']);

const spaceOrEnd = /[\s/>]/;

/** `from`, `to` are places in `html`; every character stands in exactly one piece. */
export function* htmlPieces(html: string): Generator<HtmlPiece> {
  let at = 0;
  let textFrom = 0;
  while (at < html.length) {
    const lt = html.indexOf('<', at);
    if (lt < 0) break;
    const next = html[lt + 1] ?? '';
    const closing = next === '/';
    if (!/[A-Za-z!?]/.test(closing ? (html[lt + 2] ?? '') : next)) {
      at = lt + 1;
      continue;
    }
    if (lt > textFrom) yield { type: 'text', text: readReferences(html.slice(textFrom, lt)), from: textFrom, to: lt };
    if (next === '!' || next === '?' || (closing && /[!?]/.test(html[lt + 2] ?? ''))) {
      const comment = html.startsWith('<!--', lt);
      const end = comment ? html.indexOf('-->', lt + 4) : html.indexOf('>', lt);
      at = end < 0 ? html.length : end + (comment ? 3 : 1);
      yield { type: 'aside', from: lt, to: at };
      textFrom = at;
      continue;
    }
    const tag = readTag(html, lt, closing);
    yield tag;
    at = tag.to;
    if (tag.type === 'open' && !tag.empty && (tag.name === 'script' || tag.name === 'style')) {
      const end = html.toLowerCase().indexOf(`</${tag.name}`, at);
      const until = end < 0 ? html.length : end;
      if (until > at) yield { type: 'aside', from: at, to: until };
      at = until;
    }
    textFrom = at;
  }
  if (textFrom < html.length) yield { type: 'text', text: readReferences(html.slice(textFrom)), from: textFrom, to: html.length };
}

function readTag(html: string, from: number, closing: boolean): Extract<HtmlPiece, { type: 'open' | 'close' }> {
  let at = from + (closing ? 2 : 1);
  const nameFrom = at;
  while (at < html.length && !spaceOrEnd.test(html[at] ?? '')) at++;
  const name = html.slice(nameFrom, at).toLowerCase();
  const attributes = new Map<string, string>();
  let slash = false;
  while (at < html.length) {
    const character = html[at] ?? '';
    if (character === '>') {
      at++;
      break;
    }
    if (character === '/' || /\s/.test(character)) {
      slash = character === '/';
      at++;
      continue;
    }
    slash = false;
    const keyFrom = at++;
    while (at < html.length && !/[\s/>=]/.test(html[at] ?? '')) at++;
    const key = html.slice(keyFrom, at).toLowerCase();
    let mark = at;
    while (/\s/.test(html[mark] ?? '')) mark++;
    let value = '';
    if (html[mark] === '=') {
      at = mark + 1;
      while (/\s/.test(html[at] ?? '')) at++;
      const quote = html[at] ?? '';
      if (quote === '"' || quote === "'") {
        const end = html.indexOf(quote, at + 1);
        value = html.slice(at + 1, end < 0 ? html.length : end);
        at = end < 0 ? html.length : end + 1;
      } else {
        const valueFrom = at;
        while (at < html.length && !/[\s>]/.test(html[at] ?? '')) at++;
        value = html.slice(valueFrom, at);
      }
    }
    // The first of two attributes of one name counts, as in a browser.
    if (!attributes.has(key)) attributes.set(key, readReferences(value));
  }
  return closing ? { type: 'close', name, from, to: at } : { type: 'open', name, attributes, empty: slash || emptyElements.has(name), from, to: at };
}

/** Latin-1 in its order from U+00A0, then what stands elsewhere. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo ' +
  'frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve ' +
  'Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ' +
  'ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const named: ReadonlyMap<string, string> = new Map([
  ...latin.split(' ').map((name, i): [string, string] => [name, String.fromCharCode(0xa0 + i)]),
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['euro', '\u20ac'],
  ['hellip', '\u2026'],
  ['ndash', '\u2013'],
  ['mdash', '\u2014'],
  ['lsquo', '\u2018'],
  ['rsquo', '\u2019'],
  ['sbquo', '\u201a'],
  ['ldquo', '\u201c'],
  ['rdquo', '\u201d'],
  ['bdquo', '\u201e'],
  ['bull', '\u2022'],
  ['trade', '\u2122'],
  ['OElig', '\u0152'],
  ['oelig', '\u0153'],
  ['Scaron', '\u0160'],
  ['scaron', '\u0161'],
  ['Yuml', '\u0178'],
  ['ensp', '\u2002'],
  ['emsp', '\u2003'],
  ['thinsp', '\u2009'],
  ['zwnj', '\u200c'],
  ['zwj', '\u200d'],
  ['lrm', '\u200e'],
  ['rlm', '\u200f'],
  ['lsaquo', '\u2039'],
  ['rsaquo', '\u203a'],
  ['larr', '\u2190'],
  ['rarr', '\u2192'],
]);

/** `&amp;`, `&#233;`, `&#xe9;` → the character; one that is not known stays as it stands. */
export function readReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([A-Za-z][A-Za-z0-9]{1,30}));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named.get(name) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
  });
}
