// Who speaks in a file, learnt in the first pass: labels with their counts, and names that hold ': ' themselves.
import { readSystemText } from './system-line.ts';

export interface LabelFacts {
  count: number;
  /** `Piet: gemeente`: a longer name that begins with this label. Settled once it has both spoken and been named by a system line. */
  longer: string | null;
  /** What may be that name: as far as a sender's place shows, and as far as a system line tells. */
  spoken: string | null;
  named: string | null;
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
    facts = { count: 0, longer: null, spoken: null, named: longerName(text.slice(body, end), label) };
    labels.set(detached(label), facts);
  }
  facts.count++;
  if (!isLearnt(facts)) learnLonger(facts, text, label, body, colon, end);
  return facts;
}

function learnLonger(facts: LabelFacts, text: string, label: string, body: number, colon: number, end: number): void {
  if (facts.named !== null && text.startsWith(`${facts.named}: `, body)) {
    facts.longer = facts.named;
    return;
  }
  if (facts.spoken !== null && text.startsWith(`${facts.spoken} `, body)) {
    facts.named = longerName(text.slice(body, end), label) ?? facts.named;
    if (facts.named === facts.spoken) facts.longer = facts.named;
    return;
  }
  const second = text.indexOf(': ', colon + 2);
  if (second > 0 && second < end && second - body <= longestLabel) facts.spoken = detached(text.slice(body, second));
}

/** Nothing more is to be learnt of this label than how often it comes. */
export function isLearnt(facts: LabelFacts): boolean {
  return facts.longer !== null || facts.count > longerTries;
}

/** The name, longer than the label and with a colon in it, that a system line speaks of. */
function longerName(body: string, label: string): string | null {
  if (body.length > 200) return null;
  const said = readSystemText(body, 'nl');
  for (const name of [said?.actor, said?.target]) if (name?.startsWith(`${label}: `)) return name;
  return null;
}

/** A copy that holds no reference to the text it was cut from. */
export function detached(text: string): string {
  return text.split('').join('');
}
