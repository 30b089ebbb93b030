// The keys of the page at hand.
import { useLocation } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { Choice } from '../components/field.tsx';
import { Modal } from '../components/modal.tsx';
import { text } from '../text.nl.ts';
import { setSingleKeys, singleKeysOn } from './single-keys.ts';

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const path = useLocation({ select: (location) => location.pathname });
  const own = path.startsWith('/zoeken') ? text.keys.search : path.includes('/gesprekken/') ? text.keys.conversation : [];
  const [on, setOn] = useState(singleKeysOn);
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
      <Choice
        kind="checkbox"
        checked={on}
        onChange={() => {
          setSingleKeys(!on);
          setOn(!on);
        }}
      >
        {text.shell.singleKeys}
      </Choice>
    </Modal>
  );
}
