// One tag with its attributes, as text. References are decoded here: the five of XML, numbers, and the two ways in which phones write
// what XML does not allow: an emoji as two halves (`&#55357;&#56832;`) and controls (`&#1;`). Both are repaired and counted.

export interface XmlTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Place in the text after the tag. */
  readonly end: number;
  readonly repairs: Repairs;
}

export interface Repairs {
  /** Emoji put together out of two halves: nothing is lost. */
  pairs: number;
  /** Halves alone, controls, numbers of no character: U+FFFD stands for them. References of no known name stay as they stand. */
  replaced: number;
}

/** `at`: the opening `<`. A tag without an end gives what there is. */
export function readTag(text: string, at: number): XmlTag {
  const attributes = new Map<string, string>();
  const repairs: Repairs = { pairs: 0, replaced: 0 };
  let i = at + 1;
  const start = i;
  while (i < text.length && !isSpace(text.charCodeAt(i)) && text[i] !== '>' && (text[i] !== '/' || i === start)) i++;
  const name = text.slice(start, i);
  while (i < text.length) {
    while (i < text.length && isSpace(text.charCodeAt(i))) i++;
    if (i >= text.length) break;
    if (text[i] === '>') return { name, attributes, end: i + 1, repairs };
    const from = i;
    while (i < text.length && text[i] !== '=' && text[i] !== '>' && text[i] !== '/' && !isSpace(text.charCodeAt(i))) i++;
    const key = text.slice(from, i);
    while (i < text.length && isSpace(text.charCodeAt(i))) i++;
    if (text[i] !== '=') {
      if (i === from) i++;
      continue;
    }
    i++;
    while (i < text.length && isSpace(text.charCodeAt(i))) i++;
    const quote = text[i];
    if (quote !== '"' && quote !== "'") continue;
    const close = text.indexOf(quote, i + 1);
    const end = close < 0 ? text.length : close;
    if (!attributes.has(key)) attributes.set(key, decodeReferences(text.slice(i + 1, end), repairs));
    i = end + 1;
  }
  return { name, attributes, end: text.length, repairs };
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const high = '(55(?:29[6-9]|[3-9]\\d\\d)|56(?:[0-2]\\d\\d|3[01]\\d)|[xX][dD][89abAB][0-9a-fA-F]{2})';
const low = '(56(?:3[2-9]\\d|[4-9]\\d\\d)|57(?:[0-2]\\d\\d|3[0-3]\\d|34[0-3])|[xX][dD][c-fC-F][0-9a-fA-F]{2})';
const halves = new RegExp(`&#${high};&#${low};`, 'g');
const reference = /&(?:#(\d{1,8}|[xX][0-9a-fA-F]{1,6})|([a-zA-Z]{1,8}));/g;

export function decodeReferences(value: string, repairs: Repairs): string {
  if (!value.includes('&')) return value;
  const whole = value.replace(halves, (_, first: string, second: string) => {
    repairs.pairs++;
    return String.fromCharCode(numberOf(first), numberOf(second));
  });
  return whole.replace(reference, (written: string, number: string | undefined, name: string | undefined) => {
    const known = name === undefined ? undefined : named.get(name);
    if (known !== undefined) return known;
    const code = number === undefined ? -1 : numberOf(number);
    if (isCharacter(code)) return String.fromCodePoint(code);
    repairs.replaced++;
    return number === undefined ? written : '\ufffd';
  });
}

function numberOf(written: string): number {
  return written.startsWith('x') || written.startsWith('X') ? Number.parseInt(written.slice(1), 16) : Number(written);
}

/** Char of XML 1.0, section 2.2. */
function isCharacter(code: number): boolean {
  return (
    code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
  );
}
