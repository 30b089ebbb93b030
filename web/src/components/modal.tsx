// A native modal dialog: focus goes in, Escape closes, focus returns where it was.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { text } from '../text.nl.ts';
import { Button } from './button.tsx';

interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Modal({ title, onClose, children }: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={ref} aria-labelledby={id} onClose={onClose}>
      <div className="stack">
        <div className="row row--between">
          <h2 id={id} className="utrecht-heading-2">
            {title}
          </h2>
          <Button look="subtle" onClick={() => ref.current?.close()}>
            {text.common.close}
          </Button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
