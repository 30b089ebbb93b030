// Keys without Ctrl or Alt can be switched off by whoever speaks to the computer, or types with a tremor (WCAG 2.1.4).
const place = 'woordspoor-single-keys';

export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(place);
    else localStorage.setItem(place, 'off');
  } catch {
    // A browser that keeps nothing: the keys stay as they are.
  }
}
