// The door: one button to the organisation's own sign-in, back to the same page afterwards.
import { useEffect } from 'react';
import { ButtonLink } from '../components/button.tsx';
import { text } from '../text.nl.ts';

export function SignInPage() {
  useEffect(() => {
    document.title = `${text.signIn.title} · ${text.shell.name}`;
  }, []);
  const back = window.location.pathname === '/' ? '/' : `${window.location.pathname}${window.location.search}`;
  return (
    <main className="sign-in">
      <div className="card sign-in__card">
        <img src="/mark.svg" alt="" width="48" height="48" />
        <h1 className="utrecht-heading-1">{text.signIn.title}</h1>
        <p>{text.signIn.lead}</p>
        {back === '/' ? null : <p className="quiet">{text.signIn.ended}</p>}
        <ButtonLink look="primary" href={`/auth/sign-in?return=${encodeURIComponent(back)}`}>
          {text.signIn.button}
        </ButtonLink>
      </div>
    </main>
  );
}
