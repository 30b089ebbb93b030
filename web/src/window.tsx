// Nobody signed in: the door. Somebody: the shell with the routes.
import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ApiProblem, setCsrf } from './api/client.ts';
import { meQuery } from './api/queries.ts';
import { router } from './router.tsx';
import { MeContext } from './session/session.ts';
import { SignInPage } from './session/sign-in-page.tsx';
import { Busy } from './shell/busy.tsx';
import { ProblemNotice } from './shell/problem-notice.tsx';

export function Window() {
  const me = useQuery(meQuery);
  if (me.error instanceof ApiProblem && me.error.problem.status === 401) return <SignInPage />;
  if (me.data === undefined) {
    return <main className="sign-in">{me.error === null ? <Busy /> : <ProblemNotice error={me.error} onAgain={() => void me.refetch()} />}</main>;
  }
  setCsrf(me.data.csrf);
  return (
    <MeContext value={me.data}>
      <RouterProvider router={router} />
    </MeContext>
  );
}
