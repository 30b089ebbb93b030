// Hits go to a request from here; what stands in the way can be read beside the button.
import { Button } from '../components/button.tsx';
import { searchText } from '../text/search.nl.ts';

export function Collect() {
  return (
    <p className="row">
      <Button disabled aria-describedby="collect-why">
        {searchText.collect}
      </Button>
      <span id="collect-why" className="small quiet">
        {searchText.collectWhy}
      </span>
    </p>
  );
}
