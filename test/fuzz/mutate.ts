// Broken inputs out of whole ones, the same for the same number: what disks, transfers, editors and ill will do to an export.

export type Chance = (below: number) => number;

/** Mulberry32: the whole state is one number, so that a single input can be made again without those before it. */
export function makeChance(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const marks = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '<',
  '>',
  '&',
  ',',
  ';',
  ':',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\ufeff',
  '\u200e',
  '\u202f',
  '\u2028',
  '\ud83d\ude00',
];
const numbers = ['-1', '0', '99999999999999999999', '1e309', '31/02/2024', '25:61', '9007199254740993', '&#x110000;', '\\ud800', 'null', '__proto__'];

function pick<T>(chance: Chance, from: readonly T[]): T {
  return from[chance(from.length)] as T;
}

function replace(bytes: Buffer, from: number, to: number, by: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)]);
}

/** Any code points but the halves of a pair. */
function anyText(chance: Chance, length: number): string {
  const limits = [0x80, 0x800, 0xd800, 0x110000];
  return Array.from({ length }, () => {
    const point = chance(pick(chance, limits));
    return String.fromCodePoint(point >= 0xd800 && point < 0xe000 ? 0xfffd : point);
  }).join('');
}

type Mutation = (bytes: Buffer, chance: Chance, corpus: readonly Buffer[]) => Buffer;

function span(bytes: Buffer, chance: Chance, most: number): readonly [number, number] {
  const from = chance(bytes.length + 1);
  return [from, Math.min(bytes.length, from + chance(most) + 1)];
}

const mutations: Readonly<Record<string, Mutation>> = {
  flipBytes: (bytes, chance) => {
    const copy = Buffer.from(bytes);
    for (let left = chance(16) + 1; left > 0 && copy.length > 0; left--) copy[chance(copy.length)] = chance(256);
    return copy;
  },
  flipBit: (bytes, chance) => {
    const copy = Buffer.from(bytes);
    const at = chance(Math.max(1, copy.length));
    if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << chance(8));
    return copy;
  },
  cutEnd: (bytes, chance) => bytes.subarray(0, chance(bytes.length + 1)),
  cutStart: (bytes, chance) => bytes.subarray(chance(bytes.length + 1)),
  takeOut: (bytes, chance) => replace(bytes, ...span(bytes, chance, 200), Buffer.alloc(0)),
  double: (bytes, chance) => {
    const [from, to] = span(bytes, chance, 2000);
    return replace(bytes, to, to, bytes.subarray(from, to));
  },
  repeat: (bytes, chance) => {
    const [from, to] = span(bytes, chance, 12);
    return replace(bytes, to, to, Buffer.concat(Array.from({ length: chance(300) }, () => bytes.subarray(from, to))));
  },
  splice: (bytes, chance, corpus) => {
    const other = pick(chance, corpus);
    return replace(bytes, ...span(bytes, chance, 100), other.subarray(...span(other, chance, 2000)));
  },
  swap: (bytes, chance) => {
    const [from, to] = span(bytes, chance, 300);
    return replace(replace(bytes, from, to, Buffer.alloc(0)), 0, 0, bytes.subarray(from, to));
  },
  mark: (bytes, chance) => replace(bytes, ...span(bytes, chance, 2), Buffer.from(pick(chance, marks))),
  number: (bytes, chance) => replace(bytes, ...span(bytes, chance, 6), Buffer.from(pick(chance, numbers))),
  unicode: (bytes, chance) => replace(bytes, ...span(bytes, chance, 8), Buffer.from(anyText(chance, chance(40) + 1))),
  lineEnds: (bytes, chance) => Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/g, pick(chance, ['\n', '\r\n', '\r', '\n\n', ' '])), 'latin1'),
  utf16: (bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le'),
};

/** Rare, for they are slow: lines and nesting beyond every window. */
const heavy: Readonly<Record<string, Mutation>> = {
  hugeLine: (bytes, chance) => {
    const at = chance(bytes.length + 1);
    return replace(bytes, at, at, Buffer.alloc(chance(400_000), pick(chance, ['x', 'woord ', 'é', ...marks])));
  },
  deepNesting: (bytes, chance) => {
    const at = chance(bytes.length + 1);
    return replace(bytes, at, at, Buffer.alloc(chance(60_000), pick(chance, ['[', '{"a":', '<a>', '"', '\\"'])));
  },
  manyTimes: (bytes, chance) => Buffer.concat(Array.from({ length: Math.min(chance(60) + 1, Math.ceil(500_000 / (bytes.length + 1))) }, () => bytes)),
};

/** One to six mutations on one of the examples; splices come from the whole corpus, so that formats meet. */
export function mutate(examples: readonly Buffer[], corpus: readonly Buffer[], chance: Chance): Buffer {
  let bytes = pick(chance, examples);
  const kinds = Object.values(mutations);
  for (let left = chance(6) + 1; left > 0; left--) bytes = pick(chance, kinds)(bytes, chance, corpus);
  return chance(100) === 0 ? pick(chance, Object.values(heavy))(bytes, chance, corpus) : bytes;
}
