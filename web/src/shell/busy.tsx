// Over a third of a second: what is happening. Over ten seconds: that it takes long, and that one may stay.
import { useEffect, useState } from 'react';
import { text } from '../text.nl.ts';

export function useSecondsBusy(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

export function Busy({ what = text.common.loading }: { readonly what?: string }) {
  const seconds = useSecondsBusy();
  return (
    <div className="row quiet" role="status">
      <span className="spinner" aria-hidden="true" />
      <span>{seconds < 10 ? what : text.common.stillLoading}</span>
    </div>
  );
}
