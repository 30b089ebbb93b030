// Top line, rail and page. On a narrow screen the rail becomes a bar at the bottom.
import { Link, Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { useMe } from '../session/session.ts';
import { signOut } from '../session/sign-out.ts';
import { text } from '../text.nl.ts';
import { isTyping } from './is-typing.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { navigationFor } from './navigation.ts';
import { singleKeysOn } from './single-keys.ts';

export function AppShell() {
  const me = useMe();
  const [keysShown, setKeysShown] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target) && singleKeysOn()) setKeysShown(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="shell">
      <a className="skip" href="#inhoud">
        {text.shell.skip}
      </a>
      <header className="top">
        <Link to="/" className="top__mark">
          <img src="/mark.svg" alt="" width="28" height="28" />
          <span className="top__name">{text.shell.name}</span>
        </Link>
        <span className="top__organisation">{me.organisation}</span>
        <p className="top__person">
          <strong>{me.name ?? me.subject}</strong>
          {me.roles.map((role) => text.roles[role]).join(', ')}
        </p>
        <span className="top__keys">
          <Button look="subtle" onClick={() => setKeysShown(true)} aria-keyshortcuts="?">
            {text.shell.keys}
          </Button>
        </span>
        <Button look="subtle" onClick={() => void signOut()}>
          {text.shell.signOut}
        </Button>
      </header>
      <nav className="rail" aria-label={text.shell.nav}>
        <ul>
          {navigationFor(me.roles).map((item) => (
            <li key={item.to}>
              <Link to={item.to} className="rail__link" activeProps={{ 'aria-current': 'page' }}>
                <Icon name={item.icon} />
                {item.name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main className="main" id="inhoud" tabIndex={-1}>
        <Outlet />
      </main>
      {keysShown ? <KeysDialog onClose={() => setKeysShown(false)} /> : null}
    </div>
  );
}
