// A stored item as one text, the same for the same content wherever it is kept: what a seal is taken of.
//
//   item    {"key":value,…}   keys sorted by code unit, no spaces; pk and sk are part of it
//   string  "…"               as JSON escapes it        boolean  true, false     nothing  null
//   number  12.5  -3  1e-7    shortest decimal: no sign on zero, no needless zeros, an exponent only outside 1e-7 … 1e21
//   map {…}   list […]   binary b"hex"   sets s[…] n[…] b[…], sorted: no JSON text looks like these
//
// Numbers are read from the digits that are stored, never through a float: two different values never give one text.

/** As the DynamoDB API gives an attribute, not converted. */
export interface StoredValue {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly BOOL?: boolean | undefined;
  readonly NULL?: boolean | undefined;
  readonly M?: Readonly<Record<string, StoredValue>> | undefined;
  readonly L?: readonly StoredValue[] | undefined;
  readonly B?: Uint8Array | undefined;
  readonly SS?: readonly string[] | undefined;
  readonly NS?: readonly string[] | undefined;
  readonly BS?: readonly Uint8Array[] | undefined;
}

export type StoredItem = Readonly<Record<string, StoredValue>>;

export function canonicalItem(item: StoredItem): string {
  let text = '{';
  for (const key of Object.keys(item).sort()) {
    const value = item[key];
    if (value !== undefined) text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonicalValue(value)}`;
  }
  return `${text}}`;
}

function canonicalValue(value: StoredValue): string {
  if (value.S !== undefined) return JSON.stringify(value.S);
  if (value.N !== undefined) return canonicalNumber(value.N);
  if (value.BOOL !== undefined) return String(value.BOOL);
  if (value.NULL !== undefined) return 'null';
  if (value.M !== undefined) return canonicalItem(value.M);
  if (value.L !== undefined) return `[${value.L.map(canonicalValue).join(',')}]`;
  if (value.B !== undefined) return `b"${hexOf(value.B)}"`;
  if (value.SS !== undefined) return `s[${value.SS.map((one) => JSON.stringify(one)).sort()}]`;
  if (value.NS !== undefined) return `n[${value.NS.map(canonicalNumber).sort()}]`;
  if (value.BS !== undefined) return `b[${value.BS.map(hexOf).sort()}]`;
  throw new Error('canonical item: an attribute of a kind that DynamoDB does not have');
}

/** `1.50`, `15e-1` and `+1.5` are one number; what is no number stays apart as a string of its own kind. */
export function canonicalNumber(text: string): string {
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts ?? [];
  const all = whole + fraction;
  if (parts === null || all === '') return `n${JSON.stringify(text)}`;
  const leading = all.replace(/^0+/, '');
  const digits = leading.replace(/0+$/, '');
  if (digits === '') return '0';
  // The value is 0.digits × 10^point.
  const point = whole.length - (all.length - leading.length) + Number(exponent);
  return (sign === '-' ? '-' : '') + placed(digits, point);
}

function placed(digits: string, point: number): string {
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  if (point > 21 || point < -5) return `${mantissa}e${point - 1}`;
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  return digits.length <= point ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
