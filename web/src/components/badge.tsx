// State in a word, with a shape that differs per tone.
import type { ReactNode } from 'react';

export type Tone = 'plain' | 'action' | 'good' | 'warn' | 'bad';
const shapes: Readonly<Record<Tone, string>> = { plain: '○', action: '◐', good: '●', warn: '▲', bad: '■' };

export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={tone === 'plain' ? 'badge' : `badge badge--${tone}`}>
      <span aria-hidden="true">{shapes[tone]}</span>
      {children}
    </span>
  );
}
