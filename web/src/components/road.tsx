// A road: the states as a row of steps with dates and names.
import type { ReactNode } from 'react';
import { text } from '../text.nl.ts';
import { Shape } from './shape.tsx';

export interface RoadStep {
  readonly name: string;
  readonly state: 'done' | 'now' | 'ahead' | 'stopped';
  readonly detail?: ReactNode;
}

export function Road({ label, steps }: { readonly label: string; readonly steps: readonly RoadStep[] }) {
  return (
    <ol className="road" aria-label={label}>
      {steps.map((step) => (
        <li key={step.name} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="road__name">
            {step.state === 'done' ? <Shape name="tick" /> : step.state === 'stopped' ? <Shape name="cross" /> : null}
            {step.name}
            <span className="visually-hidden"> ({text.road[step.state]})</span>
          </span>
          {step.detail === undefined ? null : <span>{step.detail}</span>}
        </li>
      ))}
    </ol>
  );
}
