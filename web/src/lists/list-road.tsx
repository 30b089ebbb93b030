// The road of a destruction list: six steps, who set each and when, where it stands and where it stopped.
import type { DestructionListAnswer } from '#contract/destruction-list.ts';
import { Road, type RoadStep } from '../components/road.tsx';
import { toDutchDate, toDutchInstant } from '../format/dates.ts';
import { text } from '../text.nl.ts';

const road = ['draft', 'in-review', 'with-archivist', 'authorised', 'cooling-off', 'executed'] as const;
const places: readonly string[] = road;

/** Which step of the road a state stands at. A list sent back stands at the beginning again. */
function placeOf(list: DestructionListAnswer): number {
  if (list.state === 'changes-requested') return 0;
  if (list.state === 'executing' || list.state === 'executed') return 5;
  if (list.state === 'aborted') {
    const before = list.steps.filter((step) => step.to !== 'aborted').at(-1)?.to ?? 'draft';
    return Math.max(0, places.indexOf(before));
  }
  return Math.max(0, places.indexOf(list.state));
}

/** The step that ended a state is the one that led to the next. */
function detailOf(list: DestructionListAnswer, at: number): string | undefined {
  if (at === 0) return toDutchDate(list.createdOn);
  const state = road[at];
  const step = list.steps.findLast((one) => one.to === state || (state === 'executed' && one.to === 'executing'));
  if (step !== undefined) return `${step.by}, ${toDutchInstant(step.at)}`;
  return undefined;
}

export function ListRoad({ list }: { readonly list: DestructionListAnswer }) {
  const now = placeOf(list);
  const steps = road.map((state, at): RoadStep => {
    const isLast = list.state === 'executed';
    const standing = at < now || isLast ? 'done' : at > now ? 'ahead' : list.state === 'aborted' ? 'stopped' : 'now';
    const detail =
      at <= now
        ? detailOf(list, at)
        : state === 'executed' && list.executeFrom !== null
          ? `${text.lists.executeFrom.toLowerCase()} ${toDutchDate(list.executeFrom)}`
          : undefined;
    return { name: text.lists.stepNames[state], state: standing, ...(detail === undefined ? {} : { detail }) };
  });
  return <Road label={text.lists.steps} steps={steps} />;
}
