// The reading of a query, as soon as the parser has come; null until then.
import { useEffect, useMemo, useState } from 'react';
import type { Understood } from './understand.ts';

type Understand = (typed: string) => Understood;

let ready: Understand | null = null;

export function useUnderstood(typed: string): Understood | null {
  const [understand, setUnderstand] = useState<Understand | null>(() => ready);
  useEffect(() => {
    if (ready !== null) return;
    // Without it the page works as well: the archive reads the query itself.
    import('./understand.ts').then(
      (module) => {
        ready = module.understand;
        setUnderstand(() => module.understand);
      },
      () => undefined,
    );
  }, []);
  return useMemo(() => understand?.(typed) ?? null, [understand, typed]);
}
