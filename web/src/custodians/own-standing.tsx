// What is expected of the person who is signed in, where this person is a key person.
import { useQuery } from '@tanstack/react-query';
import type { CustodianPage } from '#contract/custodian.ts';
import { get } from '../api/client.ts';
import { Notice } from '../components/notice.tsx';
import { toDutchDate } from '../format/dates.ts';
import { useMe } from '../session/session.ts';
import { text } from '../text.nl.ts';
import { rhythmWords } from './rhythm.ts';

export function OwnStanding() {
  const me = useMe();
  const { data } = useQuery({
    queryKey: ['custodians', 'own'],
    queryFn: ({ signal }) => get<CustodianPage>('/v1/custodians', signal),
    enabled: me.roles.includes('employee'),
  });
  const own = data?.items.find(({ subject }) => subject === me.subject);
  if (own === undefined || own.state === 'left') return null;
  const { standing, rhythm, lastUpload, reminder, leavingOn } = own;
  const behind = standing.punctuality === 'behind';
  return (
    <Notice tone={behind || standing.punctuality === 'due-soon' ? 'warn' : 'info'} title={text.custodians.own}>
      {rhythm === null ? null : (
        <p>
          {text.custodians.ownRhythm(rhythmWords(rhythm), lastUpload === null ? null : toDutchDate(lastUpload.on))}{' '}
          {standing.dueOn === null
            ? null
            : behind
              ? text.custodians.ownBehind(toDutchDate(standing.dueOn))
              : text.custodians.ownDue(toDutchDate(standing.dueOn))}
        </p>
      )}
      {leavingOn === null ? null : <p>{text.custodians.ownLeaving(toDutchDate(leavingOn))}</p>}
      {reminder === '' || standing.punctuality === 'on-time' ? null : <p className="measure pre-line">{reminder}</p>}
    </Notice>
  );
}
