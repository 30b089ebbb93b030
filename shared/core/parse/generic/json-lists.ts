// The start of a JSON file: which lists of objects stand in it, under which key, with the first objects of each.
import { readJson } from '../json-pieces.ts';
import { type Json, objectOf, wordsOf } from '../json-value.ts';

export interface JsonList {
  /** '' for a list that is the file itself. */
  readonly key: string;
  readonly items: readonly Json[];
}

const mostItems = 50;
const deepest = 16;

interface Frame {
  readonly list: boolean;
  /** Key under which it stands. */
  readonly under: string | null;
  readonly from: number;
  key: string;
  atKey: boolean;
}

/** Whole objects only; one pass over the text. */
export function jsonLists(text: string): readonly JsonList[] {
  const found = new Map<string, Json[]>();
  const stack: Frame[] = [];
  for (let at = 0; at < text.length; at++) {
    const top = stack.at(-1);
    const character = text[at];
    if (character === '"') {
      const from = at + 1;
      for (at = from; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
      if (top?.atKey === true) {
        top.key = text.slice(from, at);
        top.atKey = false;
      }
    } else if (character === '{' || character === '[') {
      if (stack.length >= deepest) return toLists(found);
      const list = character === '[';
      stack.push({ list, under: top === undefined ? '' : top.list ? null : top.key, from: at, key: '', atKey: !list });
    } else if (character === '}' || character === ']') {
      const closed = stack.pop();
      const parent = stack.at(-1);
      if (closed === undefined) return toLists(found);
      if (closed.list || parent?.list !== true || parent.under === null) continue;
      const items = found.get(parent.under) ?? [];
      found.set(parent.under, items);
      if (items.length < mostItems) items.push(objectOf(readJson(text.slice(closed.from, at + 1))));
    } else if (character === ',' && top !== undefined && !top.list) top.atKey = true;
  }
  return toLists(found);
}

function toLists(found: ReadonlyMap<string, readonly Json[]>): readonly JsonList[] {
  return [...found].map(([key, items]) => ({ key, items }));
}

/** `{from: {name: "Ana"}, tags: ["a", "b"]}` → from.name = Ana, tags = a, b. Objects within lists stay JSON. */
export function flatFields(item: Json): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const walk = (value: Json, prefix: string, depth: number) => {
    for (const [key, one] of Object.entries(value)) {
      const path = `${prefix}${key}`;
      if (Array.isArray(one)) fields.set(path, one.map((part) => wordsOf(part) ?? (part === null || part === '' ? '' : JSON.stringify(part))).join(', '));
      else if (typeof one === 'object' && one !== null && depth < 4) walk(one as Json, `${path}.`, depth + 1);
      else
        fields.set(path, typeof one === 'string' ? one : one === null || one === undefined ? '' : typeof one === 'object' ? JSON.stringify(one) : String(one));
    }
  };
  walk(item, '', 0);
  return fields;
}
