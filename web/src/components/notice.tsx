// A quiet block that says something worth reading. The title carries the meaning; colour only follows it.
import type { ReactNode } from 'react';

interface NoticeProps {
  readonly tone?: 'info' | 'good' | 'warn' | 'bad';
  readonly title?: string;
  readonly live?: boolean;
  readonly children?: ReactNode;
}

export function Notice({ tone = 'info', title, live = false, children }: NoticeProps) {
  return (
    <div className={tone === 'info' ? 'notice' : `notice notice--${tone}`} role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}>
      {title === undefined ? null : <p className="notice__title">{title}</p>}
      {children}
    </div>
  );
}
