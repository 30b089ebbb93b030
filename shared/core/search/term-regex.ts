// /patterns/ on whole terms, in time that grows with the term only: no backtracking. A pattern becomes a net of states, walked as
// sets of states that are remembered (lazily built DFA).
//
//   alternatives = row { "|" row }   row = { atom [ * + ? {m} {m,} {m,n} ] }
//   atom = letter · . · [a-z] [^a-z] · \d \w \D \W \. · ( alternatives ) · (?: alternatives )        ^ and $ at the ends say nothing new
import { charClass, foldChar } from '#core/text/fold.ts';

const mostRepeats = 64;
const mostNodes = 2_000;
const mostSets = 4_000;

/** What is wrong, and where in the source. */
export interface RegexProblem {
  readonly problem: 'syntax' | 'size';
  readonly at: number;
}

/** Steps through a term code unit by code unit. State 0 is dead: nothing that follows can match. */
export interface TermRegex {
  readonly start: number;
  readonly step: (state: number, unit: number) => number;
  readonly accepts: (state: number) => boolean;
}

type Test = (unit: number) => boolean;
interface Node {
  readonly test: Test | null;
  readonly next: number[];
}

class Bad extends Error {
  readonly found: RegexProblem;
  constructor(problem: RegexProblem['problem'], at: number) {
    super(problem);
    this.found = { problem, at };
  }
}

type Tree =
  | { readonly kind: 'test'; readonly test: Test }
  | { readonly kind: 'row'; readonly parts: readonly Tree[] }
  | { readonly kind: 'choice'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number };

const isDigit: Test = (unit) => unit >= 48 && unit <= 57;
/** Terms hold letters, digits and signs only; `#` stands in cut terms. */
const isWordUnit: Test = (unit) => unit !== 35;
const named: Readonly<Record<string, Test>> = { d: isDigit, w: isWordUnit, D: (unit) => !isDigit(unit), W: (unit) => !isWordUnit(unit) };

function folded(char: string): string {
  const found = foldChar(char.codePointAt(0) ?? 0);
  return found.class === charClass.separator ? char : found.folded;
}

function readTree(source: string): Tree {
  let at = 0;
  const choice = (depth: number): Tree => {
    if (depth > 20) throw new Bad('size', at);
    const parts = [row(depth)];
    while (source[at] === '|') {
      at++;
      parts.push(row(depth));
    }
    return { kind: 'choice', parts };
  };
  const row = (depth: number): Tree => {
    const parts: Tree[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const atom = readAtom(depth);
      if (atom !== null) parts.push(repeated(atom));
    }
    return { kind: 'row', parts };
  };
  const repeated = (atom: Tree): Tree => {
    let tree = atom;
    for (;;) {
      const char = source[at];
      if (char === '*' || char === '+' || char === '?') {
        tree = { kind: 'repeat', part: tree, least: char === '+' ? 1 : 0, most: char === '?' ? 1 : Number.POSITIVE_INFINITY };
        at++;
        // Lazy or greedy makes no difference when a whole term is matched.
        if (source[at] === '?') at++;
        continue;
      }
      const counted = char === '{' ? /^\{(\d{1,3})(,?)(\d{0,3})\}/.exec(source.slice(at)) : null;
      if (char === '{' && counted === null) throw new Bad('syntax', at);
      if (counted === null) return tree;
      const least = Number(counted[1]);
      const most = counted[2] === '' ? least : counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3]);
      if (most < least) throw new Bad('syntax', at);
      if (least > mostRepeats || (Number.isFinite(most) && most > mostRepeats)) throw new Bad('size', at);
      tree = { kind: 'repeat', part: tree, least, most };
      at += counted[0].length;
    }
  };
  const literal = (text: string): Tree => ({ kind: 'row', parts: [...text].flatMap(unitsOf) });
  const unitsOf = (char: string): Tree[] =>
    Array.from({ length: char.length }, (_, i) => {
      const wanted = char.charCodeAt(i);
      return { kind: 'test', test: (unit: number) => unit === wanted } as const;
    });
  const readAtom = (depth: number): Tree | null => {
    const from = at;
    const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
    at += char.length;
    if (char === '(') {
      if (source.startsWith('?', at)) {
        if (!source.startsWith('?:', at)) throw new Bad('syntax', at);
        at += 2;
      }
      const inner = choice(depth + 1);
      if (source[at] !== ')') throw new Bad('syntax', from);
      at++;
      return inner;
    }
    if (char === '[') return readClass(from);
    if (char === '.') return { kind: 'test', test: () => true };
    if (char === '^' && from === 0) return null;
    if (char === '$' && at === source.length) return null;
    if ('*+?{'.includes(char)) throw new Bad('syntax', from);
    if (char !== '\\') return literal(folded(char));
    const escaped = source[at++];
    if (escaped === undefined) throw new Bad('syntax', from);
    const test = named[escaped];
    if (test !== undefined) return { kind: 'test', test };
    if (/[\p{L}\p{N}]/u.test(escaped)) throw new Bad('syntax', from);
    return literal(escaped);
  };
  const readClass = (from: number): Tree => {
    const negated = source[at] === '^';
    if (negated) at++;
    const tests: Test[] = [];
    for (let first = true; source[at] !== ']' || first; first = false) {
      let char = source[at];
      if (char === undefined) throw new Bad('syntax', from);
      at++;
      if (char === '\\') {
        char = source[at++];
        if (char === undefined) throw new Bad('syntax', from);
        const test = named[char];
        if (test !== undefined) {
          tests.push(test);
          continue;
        }
      }
      const low = folded(char);
      if (source[at] === '-' && source[at + 1] !== ']' && source[at + 1] !== undefined) {
        const high = folded(source[at + 1] ?? '');
        at += 2;
        const [a, b] = [low.charCodeAt(0), high.charCodeAt(0)];
        if (low.length !== 1 || high.length !== 1 || a > b) throw new Bad('syntax', from);
        tests.push((unit) => unit >= a && unit <= b);
      } else
        for (let i = 0; i < low.length; i++) {
          const wanted = low.charCodeAt(i);
          tests.push((unit) => unit === wanted);
        }
    }
    at++;
    const any: Test = (unit) => tests.some((test) => test(unit));
    return { kind: 'test', test: negated ? (unit) => !any(unit) : any };
  };
  const tree = choice(0);
  if (at < source.length) throw new Bad('syntax', at);
  return tree;
}

/** Node 0 is the end. A node with a test steps over one unit; one without only leads on. */
function toNodes(tree: Tree): { readonly nodes: readonly Node[]; readonly start: number } {
  const nodes: Node[] = [{ test: null, next: [] }];
  const add = (node: Node): number => {
    if (nodes.length >= mostNodes) throw new Bad('size', 0);
    return nodes.push(node) - 1;
  };
  let built = 0;
  const build = (part: Tree, next: number): number => {
    // Repeats of nothing make no nodes, and take time all the same.
    if (++built > mostNodes * 4) throw new Bad('size', 0);
    if (part.kind === 'test') return add({ test: part.test, next: [next] });
    if (part.kind === 'row') return part.parts.reduceRight((after, one) => build(one, after), next);
    if (part.kind === 'choice')
      return part.parts.length === 1 && part.parts[0] !== undefined
        ? build(part.parts[0], next)
        : add({ test: null, next: part.parts.map((one) => build(one, next)) });
    let entry = next;
    if (Number.isFinite(part.most)) {
      for (let left = part.most - part.least; left > 0; left--) entry = add({ test: null, next: [build(part.part, entry), next] });
    } else {
      const loop: Node = { test: null, next: [next] };
      entry = add(loop);
      loop.next.push(build(part.part, entry));
    }
    for (let left = part.least; left > 0; left--) entry = build(part.part, entry);
    return entry;
  };
  return { start: build(tree, 0), nodes };
}

interface StateSet {
  readonly held: readonly number[];
  readonly accepts: boolean;
  readonly ascii: Int32Array;
  readonly others: Map<number, number>;
}

function makeWalker(nodes: readonly Node[], start: number): TermRegex {
  let sets: StateSet[] = [];
  let byKey = new Map<string, number>();
  const closure = (from: readonly number[]): number[] => {
    const held = new Set<number>();
    const open = [...from];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (held.has(node)) continue;
      held.add(node);
      const { test, next } = nodes[node] ?? { test: null, next: [] };
      if (test === null) open.push(...next);
    }
    return [...held].filter((node) => node === 0 || nodes[node]?.test !== null).sort((a, b) => a - b);
  };
  const numberOf = (held: readonly number[]): number => {
    const key = held.join();
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const number = sets.push({ held, accepts: held[0] === 0, ascii: new Int32Array(128).fill(-1), others: new Map() }) - 1;
    byKey.set(key, number);
    return number;
  };
  const clear = () => {
    sets = [];
    byKey = new Map();
    numberOf([]);
    return numberOf(closure([start]));
  };
  const first = clear();
  const stepTo = (set: StateSet, unit: number): number =>
    numberOf(closure(set.held.flatMap((node) => (nodes[node]?.test?.(unit) === true ? (nodes[node]?.next ?? []) : []))));
  return {
    start: first,
    step: (state, unit) => {
      const set = sets[state];
      if (set === undefined || state === 0) return 0;
      const known = unit < 128 ? (set.ascii[unit] ?? -1) : (set.others.get(unit) ?? -1);
      if (known >= 0) return known;
      if (sets.length >= mostSets) throw new Bad('size', 0);
      const next = stepTo(set, unit);
      if (unit < 128) set.ascii[unit] = next;
      else set.others.set(unit, next);
      return next;
    },
    accepts: (state) => sets[state]?.accepts === true,
  };
}

/** Walks that would need more sets of states than can be remembered end as `size` (see `isRegexProblem`). */
export function makeTermRegex(source: string): TermRegex | RegexProblem {
  try {
    const { nodes, start } = toNodes(readTree(source));
    return makeWalker(nodes, start);
  } catch (bad) {
    if (bad instanceof Bad) return bad.found;
    throw bad;
  }
}

export function isRegexProblem(found: TermRegex | RegexProblem): found is RegexProblem {
  return 'problem' in found;
}

/** What a walk threw because its pattern is too heavy; null for any other error. */
export function regexProblemOf(error: unknown): RegexProblem | null {
  return error instanceof Bad ? error.found : null;
}

export function regexMatches(regex: TermRegex, term: string): boolean {
  let state = regex.start;
  for (let i = 0; i < term.length && state !== 0; i++) state = regex.step(state, term.charCodeAt(i));
  return regex.accepts(state);
}
