// The pruned stylesheet keeps what is used, whole, and nothing else.
import { describe, expect, it } from 'vitest';
import { cssRules, pruneRules, pruneTokens } from '../../web/prune-css.ts';

describe('pruneRules', () => {
  const css =
    '@charset "UTF-8"; /* x { } */ .utrecht-a{color:red}.utrecht-a,.utrecht-b{b:c}.utrecht-a .utrecht-b{d:e}@media (x){.utrecht-b{f:g}.utrecht-a:is(:hover,:focus){h:i}}@keyframes k{from{a:b}to{c:d}}';

  it('keeps a selector only when all its classes are used', () => {
    expect(pruneRules(css, new Set(['utrecht-a']))).toBe(
      '.utrecht-a{color:red}.utrecht-a{b:c}@media (x){.utrecht-a:is(:hover,:focus){h:i}}@keyframes k{from{a:b}to{c:d}}',
    );
  });

  it('keeps everything that is used, and finds every rule', () => {
    expect(pruneRules(css, new Set(['utrecht-a', 'utrecht-b']))).toContain('.utrecht-a .utrecht-b{d:e}');
    expect(cssRules(css).map((rule) => rule.head)).toEqual(['.utrecht-a', '.utrecht-a,.utrecht-b', '.utrecht-a .utrecht-b', '@media (x)', '@keyframes k']);
  });
});

describe('pruneTokens', () => {
  it('keeps what is reachable through var(), and no more', () => {
    const theme = '.voorbeeld-theme { --a: var(--b); --b: var(--c, 1px); --c: 2px; --d: 3px; }';
    expect(pruneTokens(theme, 'x{y:var(--a)}')).toBe('.voorbeeld-theme{--a:var(--b);--b:var(--c, 1px);--c:2px}');
  });
});
