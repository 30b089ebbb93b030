// State in a word, with a shape that differs per tone.
import type { ReactNode } from 'react';
import { Shape, type ShapeName } from './shape.tsx';

export type Tone = 'plain' | 'action' | 'good' | 'warn' | 'bad';
const shapes: Readonly<Record<Tone, ShapeName>> = { plain: 'ring', action: 'half', good: 'disc', warn: 'triangle', bad: 'square' };

export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={tone === 'plain' ? 'badge' : `badge badge--${tone}`}>
      <Shape name={shapes[tone]} />
      {children}
    </span>
  );
}
