// One page: breadcrumb, one h1 that takes the focus when the route changes, and the title of the tab.
import { Link, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { text } from '../text.nl.ts';

interface Crumb {
  readonly name: string;
  readonly to: string;
}

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly beside?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Path whose heading had the focus last: the first page leaves the focus where the browser put it. */
let focused: string | null = null;

export function Page({ title, lead, beside, crumbs = [], wide = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The address changes before the page does; what counts is the page that has arrived.
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useEffect(() => {
    if (path === undefined) return;
    if (focused !== null && focused !== path) {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    focused = path;
  }, [path]);
  useEffect(() => {
    document.title = `${title} · ${text.shell.name}`;
  }, [title]);
  return (
    <div className={wide ? 'page page--wide' : 'page'}>
      <div className="page__head">
        {crumbs.length === 0 ? null : (
          <nav aria-label={text.shell.breadcrumb}>
            <ol className="breadcrumb">
              {crumbs.map((crumb) => (
                <li key={crumb.to}>
                  <Link to={crumb.to} className="utrecht-link utrecht-link--html-a">
                    {crumb.name}
                  </Link>
                </li>
              ))}
              <li aria-current="page">{title}</li>
            </ol>
          </nav>
        )}
        <div className="row row--between">
          <h1 ref={heading} tabIndex={-1} className="utrecht-heading-1">
            {title}
          </h1>
          {beside}
        </div>
        {lead === undefined ? null : <p className="page__lead">{lead}</p>}
      </div>
      {children}
    </div>
  );
}
