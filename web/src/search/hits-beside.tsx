// Hits at the left, the conversation of the chosen one at the right; by keyboard into it and back.
import { type ReactNode, useEffect, useRef } from 'react';
import type { SearchHit } from '#contract/search.ts';
import { Button } from '../components/button.tsx';
import { type Continued, More } from '../shell/paged.tsx';
import { searchText } from '../text/search.nl.ts';
import { HitBeside } from './hit-beside.tsx';
import { HitList, hitKey } from './hit-list.tsx';
import { focusCurrentHit } from './search-keys.ts';

interface HitsBesideProps {
  readonly hits: readonly SearchHit[];
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly more: Continued;
  /** Above and below the hits. */
  readonly head: ReactNode;
  readonly shown: string;
}

export function HitsBeside({ hits, selected, onSelect, more, head, shown }: HitsBesideProps) {
  const beside = useRef<HTMLElement>(null);
  const hit = hits.find((one) => hitKey(one) === selected);
  const chosen = useRef<'pointer' | 'keyboard' | null>(null);
  // By keyboard a choice leads into the conversation; on a narrow screen it stands below the hits and is brought into sight.
  useEffect(() => {
    if (chosen.current === null || selected === null) return;
    if (chosen.current === 'keyboard') beside.current?.focus({ preventScroll: true });
    if (window.matchMedia('(max-width: 900px)').matches) beside.current?.scrollIntoView({ block: 'start' });
    chosen.current = null;
  }, [selected]);
  const select = (one: SearchHit, byKeyboard: boolean) => {
    chosen.current = byKeyboard ? 'keyboard' : 'pointer';
    if (hitKey(one) === selected && byKeyboard) beside.current?.focus();
    onSelect(hitKey(one));
  };
  return (
    <div className="found">
      <div className="stack">
        {head}
        <HitList hits={hits} selected={selected} onSelect={select} />
        <p className="small quiet">{shown}</p>
        <More query={more} />
      </div>
      <section ref={beside} tabIndex={-1} className="beside stack stack--tight" aria-label={searchText.beside}>
        {hit === undefined ? (
          <p className="beside__empty quiet">{searchText.besideEmpty}</p>
        ) : (
          <>
            <div className="beside__back">
              <Button look="subtle" onClick={focusCurrentHit}>
                {searchText.back}
              </Button>
            </div>
            <HitBeside hit={hit} hits={hits} />
          </>
        )}
      </section>
    </div>
  );
}
