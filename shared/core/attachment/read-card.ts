// A contact card (vCard 2.1, 3.0 and 4.0, RFC 6350), as phones send it: names, numbers, addresses, notes; photos are passed over.

import { type ReadOutcome, toOutcome, unread } from './read-outcome.ts';
import { decodeText } from './read-plain-text.ts';

export interface ContactCard {
  readonly name: string;
  /** In the order of the card; `label` as the phone names it, or the kind of the field. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

const shown: ReadonlySet<string> = new Set(['tel', 'email', 'adr', 'org', 'title', 'role', 'note', 'url', 'bday', 'nickname', 'impp', 'label']);

interface Line {
  readonly group: string;
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

function toLine(text: string): Line | null {
  const colon = text.search(/:(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  if (colon < 0) return null;
  const [head = '', ...parameters] = text.slice(0, colon).split(';');
  const dot = head.indexOf('.');
  return {
    group: head.slice(0, Math.max(0, dot)).toLowerCase(),
    name: head.slice(dot + 1).toLowerCase(),
    parameters: parameters.join(';').toLowerCase(),
    value: text.slice(colon + 1),
  };
}

/** Folded lines joined (RFC 6350, 3.2), and those of quoted-printable (vCard 2.1). */
function linesOf(text: string): readonly Line[] {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const last = lines.at(-1);
    if (last !== undefined && /^[ \t]/.test(line)) lines[lines.length - 1] = last + line.slice(1);
    else if (last?.endsWith('=') === true && /;encoding=quoted-printable|;quoted-printable/i.test(last)) lines[lines.length - 1] = last.slice(0, -1) + line;
    else lines.push(line);
  }
  return lines.flatMap((line) => toLine(line) ?? []);
}

function readable({ parameters, value }: Line): string {
  const plain = /quoted-printable/.test(parameters) ? fromQuotedPrintable(value) : value;
  return plain
    .replaceAll(/\\n/gi, ' ')
    .replaceAll(/(?<!\\);+/g, ' ')
    .replaceAll(/\\([,;\\:])/g, '$1')
    .trim();
}

function fromQuotedPrintable(value: string): string {
  const bytes: number[] = [];
  for (let i = 0; i < value.length; i++) {
    const hex = /^=([0-9A-Fa-f]{2})/.exec(value.slice(i, i + 3))?.[1];
    if (hex === undefined) bytes.push(value.charCodeAt(i) & 0xff);
    else {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    }
  }
  return decodeText(Uint8Array.from(bytes));
}

export function parseCards(text: string): readonly ContactCard[] {
  const cards: ContactCard[] = [];
  let lines: Line[] | null = null;
  for (const line of linesOf(text)) {
    if (line.name === 'begin') lines = [];
    else if (line.name === 'end' && lines !== null) {
      cards.push(toCard(lines));
      lines = null;
    } else lines?.push(line);
  }
  return cards;
}

function toCard(lines: readonly Line[]): ContactCard {
  const labels = new Map(lines.filter(({ name, group }) => name === 'x-ablabel' && group !== '').map((line) => [line.group, labelOf(readable(line))]));
  const named = (name: string) => lines.filter((line) => line.name === name).map(readable);
  return {
    name: named('fn')[0] ?? named('n')[0] ?? '',
    fields: lines
      .filter(({ name }) => shown.has(name))
      .map((line) => ({ label: labels.get(line.group) ?? line.name, value: readable(line) }))
      .filter(({ value }) => value !== ''),
  };
}

/** iOS: `_$!<Mobile>!$_` */
function labelOf(value: string): string {
  return value.replace(/^_\$!<(.*)>!\$_$/, '$1');
}

export function readCard(bytes: Uint8Array): ReadOutcome {
  const cards = parseCards(decodeText(bytes));
  if (cards.length === 0) return unread('damaged');
  return toOutcome(
    cards.map(({ name, fields }, i) => ({ unit: 'part', number: i + 1, text: [name, ...fields.map(({ label, value }) => `${label}: ${value}`)].join('\n') })),
  );
}
