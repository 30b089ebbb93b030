// The state of a bundle, list or hold in a word.
import type { BundleState } from '#core/model/bundle.ts';
import type { ListState } from '#core/model/destruction-list.ts';
import type { HoldState } from '#core/model/hold.ts';
import { Badge, type Tone } from '../components/badge.tsx';
import { text } from '../text.nl.ts';

const bundleTone: Readonly<Record<BundleState, Tone>> = {
  'awaiting-upload': 'plain',
  received: 'action',
  ingesting: 'action',
  'needs-answer': 'warn',
  indexed: 'good',
  refused: 'bad',
  destroying: 'warn',
  destroyed: 'plain',
};

const listTone: Readonly<Record<ListState, Tone>> = {
  draft: 'plain',
  'in-review': 'action',
  'changes-requested': 'warn',
  'with-archivist': 'action',
  authorised: 'action',
  'cooling-off': 'warn',
  executing: 'warn',
  executed: 'good',
  aborted: 'bad',
};

const holdTone: Readonly<Record<HoldState, Tone>> = { placing: 'action', active: 'warn', releasing: 'action', released: 'plain' };

export const BundleBadge = ({ state }: { readonly state: BundleState }) => <Badge tone={bundleTone[state]}>{text.bundleState[state]}</Badge>;
export const ListBadge = ({ state }: { readonly state: ListState }) => <Badge tone={listTone[state]}>{text.listState[state]}</Badge>;
export const HoldBadge = ({ state }: { readonly state: HoldState }) => <Badge tone={holdTone[state]}>{text.holdState[state]}</Badge>;
