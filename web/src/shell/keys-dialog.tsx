// The keys of the page at hand.
import { useLocation } from '@tanstack/react-router';
import { Fragment } from 'react';
import { Modal } from '../components/modal.tsx';
import { text } from '../text.nl.ts';

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const path = useLocation({ select: (location) => location.pathname });
  const own = path === '/zoeken' ? text.keys.search : path.includes('/gesprekken/') ? text.keys.conversation : [];
  return (
    <Modal title={text.shell.keysTitle} onClose={onClose}>
      <dl className="keys">
        {[...own, ...text.keys.any].map(([key, meaning]) => (
          <Fragment key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  );
}
