// Who speaks in a file, learnt in the first pass: labels with their counts, and names that hold ': ' themselves.
import { readSystemText } from './system-line.ts';

export interface LabelFacts {
  count: number;
  /** `Piet: gemeente`: a longer name that begins with this label, as far as one was seen. */
  longer: string | null;
  /** A system line speaks of the longer name: it is one. */
  confirmed: boolean;
}

/** A label is a name or a number; the first ': ' beyond this is no end of a sender. */
export const longestLabel = 160;
const mostLabels = 20_000;
/** Records of a label in which a longer name is looked for. */
const longerTries = 200;

/** Where the sender ends: index of ': ' in the line, or −1. */
export function senderEnd(text: string, body: number, lineEnd: number): number {
  const colon = text.indexOf(': ', body);
  return colon < 0 || colon >= lineEnd || colon - body > longestLabel ? -1 : colon;
}

/** Takes one record into account; null when there are too many labels to remember. */
export function learnLabel(labels: Map<string, LabelFacts>, text: string, body: number, colon: number, end: number): LabelFacts | null {
  const label = text.slice(body, colon);
  let facts = labels.get(label);
  if (facts === undefined) {
    if (labels.size >= mostLabels) return null;
    // A slice keeps its whole window alive; a label that is kept must stand on its own.
    facts = { count: 0, longer: null, confirmed: false };
    labels.set(detached(label), facts);
    const named = longerName(text.slice(body, end), label);
    if (named !== null) {
      facts.longer = named;
      facts.confirmed = true;
    }
  }
  facts.count++;
  if (isLearnt(facts)) return facts;
  if (facts.longer !== null && text.startsWith(facts.longer, body)) {
    if (text.charCodeAt(body + facts.longer.length) === 32 && longerName(text.slice(body, end), label) === facts.longer) facts.confirmed = true;
    return facts;
  }
  const second = text.indexOf(': ', colon + 2);
  if (second > 0 && second < end && second - body <= longestLabel) facts.longer = detached(text.slice(body, second));
  return facts;
}

/** Nothing more is to be learnt of this label than how often it comes. */
export function isLearnt(facts: LabelFacts): boolean {
  return facts.confirmed || facts.count > longerTries;
}

/** The name, longer than the label and with a colon in it, that a system line speaks of. */
function longerName(body: string, label: string): string | null {
  if (body.length > 200) return null;
  const said = readSystemText(body, 'nl');
  // Timer notices stand behind the sender on some phones: "Ana: Ana heeft berichten met vervaldatum ingeschakeld".
  if (said?.event.startsWith('timer')) return null;
  for (const name of [said?.actor, said?.target]) if (name?.startsWith(`${label}: `)) return name;
  return null;
}

/** A copy that holds no reference to the text it was cut from. */
export function detached(text: string): string {
  return text.split('').join('');
}
