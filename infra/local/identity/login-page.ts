// The Dutch pages of the demo's identity provider: plain HTML, nothing from elsewhere, no script.
import { createHash } from 'node:crypto';
import { type DemoPerson, demoPeople } from './demo-people.ts';

const roleNames: Readonly<Record<string, string>> = {
  employee: 'Medewerker',
  'woo-coordinator': 'Woo-coördinator',
  'woo-reviewer': 'Woo-beoordelaar',
  'records-manager': 'Recordmanager',
  archivist: 'Archivaris',
  administrator: 'Beheerder',
  auditor: 'Controle',
};

const style = `
:root { color-scheme: light; font-family: system-ui, sans-serif; line-height: 1.5; color: #1d1d1b; background: #f2f4f6; }
body { margin: 0; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
button { font: inherit; width: 100%; text-align: left; padding: .75rem 1rem; border: 2px solid #0b5c8a; border-radius: .25rem; background: #fff; color: #1d1d1b; cursor: pointer; }
button strong { display: block; color: #0b5c8a; }
button:hover { background: #e6f1f8; }
button:focus-visible, a:focus-visible { outline: 3px solid #1d1d1b; outline-offset: 2px; }
a { color: #0b5c8a; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Headers for every page here. A form may lead on to the application, on the same address. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => escapes[c] ?? c);
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Woordspoor</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>`;
}

function buttonOf(person: DemoPerson): string {
  return `<li><button type="submit" name="person" value="${escapeHtml(person.id)}"><strong>${escapeHtml(person.name)}</strong> ${escapeHtml(person.work)}</button></li>`;
}

export function loginPage(): string {
  const roles = [...new Set(demoPeople.map((person) => person.role))];
  const groups = roles.map((role) => {
    const people = demoPeople.filter((person) => person.role === role);
    const heading = `group-${role}`;
    return `<h2 id="${heading}">${escapeHtml(roleNames[role] ?? role)}</h2>\n<ul aria-labelledby="${heading}">\n${people.map(buttonOf).join('\n')}\n</ul>`;
  });
  return page(
    'Inloggen',
    `<p>Dit is de proefomgeving van Woordspoor. U kiest zelf als wie u inlogt. Alle personen zijn verzonnen.</p>
<form method="post">
${groups.join('\n')}
</form>`,
  );
}

export function expiredPage(): string {
  return page('Inloggen lukt niet meer', '<p>Deze inlogpagina is verlopen of al gebruikt.</p>\n<p><a href="/auth/sign-in">Opnieuw inloggen</a></p>');
}

/** `form` is the provider's own form, with its hidden fields. */
export function logoutPage(form: string): string {
  return page('Uitloggen', `<p>Wilt u uitloggen?</p>\n${form}\n<button type="submit" form="op.logoutForm" name="logout" value="yes">Ja, uitloggen</button>`);
}

export function loggedOutPage(): string {
  return page('U bent uitgelogd', '<p><a href="/">Naar Woordspoor</a></p>');
}

export function errorPage(code: string): string {
  return page(
    'Inloggen is niet gelukt',
    `<p>Er is niets veranderd. Probeer het opnieuw.</p>\n<p>Melding: ${escapeHtml(code)}</p>\n<p><a href="/auth/sign-in">Opnieuw inloggen</a></p>`,
  );
}
