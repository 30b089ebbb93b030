// The words of a drawing, for who does not see it.
import { guideText } from '../text/export-guides.nl.ts';
import type { Drawing } from './drawing.ts';

export function drawingLabel(drawing: Drawing): string {
  const what = guideText.drawn[drawing.kind];
  switch (drawing.kind) {
    case 'chat':
      return `${what}; ${guideText.tapped(drawing.mark === 'dots' ? guideText.theDots : guideText.theTitle)}`;
    case 'switches':
      return `${what}: ${drawing.items.map(([label, on]) => `${label} ${on ? guideText.on : guideText.off}`).join(', ')}`;
    case 'pin':
      return `${what}: ${drawing.title}`;
    default:
      return `${what}; ${guideText.tapped(drawing.items[drawing.mark] ?? '')}`;
  }
}
