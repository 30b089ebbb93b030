// Whether a key person is behind: in a word, with a shape.
import type { CustodianAnswer } from '#contract/custodian.ts';
import { Badge, type Tone } from '../components/badge.tsx';
import { text } from '../text.nl.ts';

const tones: Readonly<Record<CustodianAnswer['standing']['punctuality'], Tone>> = {
  'on-time': 'good',
  'due-soon': 'warn',
  behind: 'bad',
  'no-rhythm': 'plain',
  left: 'plain',
};

export function StandingBadge({ standing }: Pick<CustodianAnswer, 'standing'>) {
  const words = text.custodians.punctuality[standing.punctuality];
  return <Badge tone={tones[standing.punctuality]}>{standing.daysBehind === 0 ? words : `${words}: ${text.custodians.behindDays(standing.daysBehind)}`}</Badge>;
}
