// Keys of the search page: / to the box, j and k along the hits, Escape from the conversation back to its hit. None holds anybody.
import { type RefObject, useEffect } from 'react';
import { isTyping } from '../shell/is-typing.ts';
import { singleKeysOn } from '../shell/single-keys.ts';

function hitButtons(): readonly HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>('button[data-hit]')];
}

export function focusCurrentHit(): void {
  hitButtons()
    .find((hit) => hit.getAttribute('aria-current') === 'true')
    ?.focus();
}

export function useSearchKeys(box: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === 'Escape' && event.target instanceof Element && event.target.closest('.beside') !== null) {
        focusCurrentHit();
        return;
      }
      if (!singleKeysOn()) return;
      if (event.key === '/') {
        event.preventDefault();
        box.current?.focus();
      } else if (event.key === 'j' || event.key === 'k') {
        const hits = hitButtons();
        const at = hits.indexOf(document.activeElement as HTMLButtonElement);
        const current = at >= 0 ? at : hits.findIndex((hit) => hit.getAttribute('aria-current') === 'true');
        hits[Math.min(hits.length - 1, Math.max(0, current + (event.key === 'j' ? 1 : -1)))]?.focus();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [box]);
}
