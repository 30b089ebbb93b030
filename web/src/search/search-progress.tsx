// A search that takes long says so, and can be stopped.
import { Button } from '../components/button.tsx';
import { useSecondsBusy } from '../shell/busy.tsx';
import { searchText } from '../text/search.nl.ts';

export function SearchProgress({ onStop }: { readonly onStop: () => void }) {
  const seconds = useSecondsBusy();
  return (
    <div className="row">
      <div className="row quiet" role="status">
        <span className="spinner" aria-hidden="true" />
        <span>
          {searchText.busy(seconds < 10 ? seconds : seconds - (seconds % 10))}
          {seconds < 10 ? '' : ` ${searchText.busyLong}`}
        </span>
      </div>
      {seconds < 1 ? null : <Button onClick={onStop}>{searchText.stop}</Button>}
    </div>
  );
}
