// Buttons, and links that look like one. One primary action a page.
import type { ButtonHTMLAttributes, ReactNode } from 'react';

const looks = {
  primary: 'utrecht-button utrecht-button--primary-action',
  secondary: 'utrecht-button utrecht-button--secondary-action',
  subtle: 'utrecht-button utrecht-button--subtle',
} as const;

const linkLooks = {
  primary: 'utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action',
  secondary: 'utrecht-button-link utrecht-button-link--html-a utrecht-button-link--secondary-action',
} as const;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof looks;
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button({ look = 'secondary', busy = false, children, type = 'button', disabled = false, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={looks[look]} aria-busy={busy || undefined} disabled={disabled || busy}>
      {busy ? <span className="spinner" aria-hidden="true" /> : null}
      {children}
    </button>
  );
}

interface ButtonLinkProps {
  readonly href: string;
  readonly look?: keyof typeof linkLooks;
  readonly download?: boolean;
  readonly children: ReactNode;
}

/** A plain link to something outside the router: a download, or the sign-in door. */
export function ButtonLink({ look = 'secondary', children, ...rest }: ButtonLinkProps) {
  return (
    <a {...rest} className={linkLooks[look]}>
      {children}
    </a>
  );
}
