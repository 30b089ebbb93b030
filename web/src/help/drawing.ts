// What a drawing of the help pages shows: screens of our own, of no brand. `mark`: what to tap, counted from 0.
export type Drawing =
  | { readonly kind: 'chat'; readonly title: string; readonly mark: 'title' | 'dots' }
  | { readonly kind: 'menu'; readonly title: string; readonly items: readonly string[]; readonly mark: number }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[]; readonly mark: number }
  | { readonly kind: 'question'; readonly title: string; readonly items: readonly string[]; readonly mark: number }
  | { readonly kind: 'share'; readonly items: readonly string[]; readonly mark: number }
  | { readonly kind: 'switches'; readonly title: string; readonly items: readonly (readonly [label: string, on: boolean])[] }
  | { readonly kind: 'pin'; readonly title: string }
  | { readonly kind: 'computer'; readonly title: string; readonly items: readonly string[]; readonly mark: number }
  | { readonly kind: 'files'; readonly title: string; readonly items: readonly string[]; readonly mark: number };

export interface GuideStep {
  readonly text: string;
  readonly drawing?: Drawing;
}

export interface GuideRoad {
  /** Android, iPhone, computer. */
  readonly device: string;
  /** Instead of steps: why it cannot be done here, and what can. */
  readonly note?: string;
  readonly steps: readonly GuideStep[];
}

export interface Guide {
  readonly name: string;
  /** What the road is, in one sentence. */
  readonly short: string;
  /** What is handed in: the file as it comes. */
  readonly file: string;
  /** Against what its roads and names of buttons were held, and what was not found. */
  readonly checked: string;
  readonly roads: readonly GuideRoad[];
  readonly warning?: string;
  readonly leftOut: readonly string[];
  readonly settings: readonly { readonly title: string; readonly steps: readonly GuideStep[] }[];
}
