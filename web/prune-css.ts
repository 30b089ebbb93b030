// Leaves out of the Utrecht stylesheet every rule whose classes the source never names, and of the theme every
// custom property that nothing refers to. Plain text work: both files are flat (rules, at most one @media deep).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export interface CssRule {
  readonly head: string;
  readonly body: string;
}

/** Top-level rules of a stylesheet without nesting beyond at-rules; comments and statements (`@charset`) are left out. */
export function cssRules(text: string): CssRule[] {
  const css = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@(charset|import|license)[^;{]*;/g, '');
  const rules: CssRule[] = [];
  let at = 0;
  for (;;) {
    const open = css.indexOf('{', at);
    if (open < 0) return rules;
    let depth = 1;
    let end = open + 1;
    for (; depth > 0 && end < css.length; end++) depth += css[end] === '{' ? 1 : css[end] === '}' ? -1 : 0;
    rules.push({ head: css.slice(at, open).trim(), body: css.slice(open + 1, end - 1).trim() });
    at = end;
  }
}

/** Keeps the selectors all of whose `utrecht-` classes are in use. */
export function pruneRules(text: string, used: ReadonlySet<string>): string {
  let out = '';
  for (const rule of cssRules(text)) {
    if (/^@(media|supports|container)/.test(rule.head)) {
      const inner = pruneRules(rule.body, used);
      if (inner !== '') out += `${rule.head}{${inner}}`;
    } else if (rule.head.startsWith('@')) {
      out += `${rule.head}{${rule.body}}`;
    } else {
      const kept = rule.head.split(/,(?![^(]*\))/).filter((selector) => {
        const classes = selector.match(/\.utrecht-[a-z0-9_-]+/g) ?? [];
        return classes.length > 0 && classes.every((name) => used.has(name.slice(1)));
      });
      if (kept.length > 0) out += `${kept.join(',')}{${rule.body}}`;
    }
  }
  return out;
}

/** Keeps the properties reachable from `seeds` through var(). */
export function pruneTokens(text: string, seeds: string): string {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/(--[a-z0-9-]+):\s*((?:"[^"]*"|'[^']*'|[^;"'])+);/gi)) values.set(name, value);
  const wanted = new Set<string>();
  const waiting: string[] = [...(seeds.match(/--[a-z0-9-]+/gi) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const value = values.get(name);
    if (value === undefined || wanted.has(name)) continue;
    wanted.add(name);
    waiting.push(...(value.match(/--[a-z0-9-]+/gi) ?? []));
  }
  return `.voorbeeld-theme{${[...wanted]
    .sort()
    .map((name) => `${name}:${values.get(name)}`)
    .join(';')}}`;
}

function sourceText(folder: string, endings: RegExp): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

export function pruneCss(sourceFolder: string): Plugin {
  return {
    name: 'prune-css',
    enforce: 'pre',
    transform(code, id) {
      const path = id.split('?')[0] ?? id;
      if (!path.endsWith('component-library-css/dist/index.css') && !path.endsWith('voorbeeld-design-tokens/dist/theme.css')) return null;
      const page = readFileSync(join(sourceFolder, '../index.html'), 'utf8');
      const used = new Set((page + sourceText(sourceFolder, /\.tsx$/)).match(/utrecht-[a-z0-9_-]+/g) ?? []);
      if (path.endsWith('index.css')) return { code: pruneRules(code, used), map: null };
      const stylesheet = readFileSync(join(sourceFolder, '../../node_modules/@utrecht/component-library-css/dist/index.css'), 'utf8');
      return { code: pruneTokens(code, pruneRules(stylesheet, used) + sourceText(sourceFolder, /\.css$/)), map: null };
    },
  };
}
