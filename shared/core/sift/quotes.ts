// Which messages say another one's words again: a quote in an answer, or in iMessage the copy of an answer below what it answers. Who
// strikes a message hears that a message which stays repeats it; what becomes of that one is for the person to say.
import type { ChatRecord } from '#core/model/chat.ts';
import { digest } from './fingerprint.ts';
import { makeNumberColumn } from './number-column.ts';

/** The words of record `held` stand in record `holder` too. Ordinals of one conversation. */
export interface QuoteLink {
  readonly holder: number;
  readonly held: number;
}

export interface Quotes {
  /** Records of the conversation, in order. */
  readonly add: (record: Pick<ChatRecord, 'text' | 'nativeId' | 'replyTo'>) => void;
  readonly links: () => readonly QuoteLink[];
}

interface Quote {
  readonly at: number;
  readonly ordinal: number | undefined;
  readonly native: number;
  readonly text: number;
  readonly line: number;
}

/** A quote may be cut short: its beginning tells enough. */
const beginning = 32;

export function makeQuotes(format: string): Quotes {
  const natives = makeNumberColumn();
  const texts = makeNumberColumn();
  const lines = makeNumberColumn();
  const quotes: Quote[] = [];
  const links: QuoteLink[] = [];

  function take(at: number, { ordinal, nativeId, text = '' }: NonNullable<ChatRecord['replyTo']>): void {
    if (format === 'imessage') {
      if (ordinal !== undefined) links.push({ holder: ordinal, held: at });
    } else if (text.trim() !== '') quotes.push({ at, ordinal, native: keyOf(nativeId), text: textKey(text), line: textKey(firstLine(text)) });
  }

  return {
    add: ({ text, nativeId, replyTo }) => {
      const at = natives.count();
      natives.push(keyOf(nativeId));
      texts.push(textKey(text));
      lines.push(textKey(firstLine(text)));
      if (replyTo !== undefined) take(at, replyTo);
    },
    links: () => {
      const byNative = ordinalsOf(natives, new Set(quotes.map(({ native }) => native)));
      const byText = ordinalsOf(texts, new Set(quotes.map(({ text }) => text)));
      const byLine = ordinalsOf(lines, new Set(quotes.map(({ line }) => line)));
      return [
        ...links,
        ...quotes.flatMap(({ at, ordinal, native, text, line }) => {
          const held = ordinal ?? byNative.get(native)?.find((one) => one !== at) ?? nearest(byText.get(text), at) ?? nearest(byLine.get(line), at);
          return held === undefined ? [] : [{ holder: at, held }];
        }),
      ];
    },
  };
}

/** The last before it; where the newest stand first, the first after it. */
function nearest(ordinals: readonly number[] | undefined, at: number): number | undefined {
  return ordinals?.findLast((one) => one < at) ?? ordinals?.find((one) => one > at);
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0] ?? '';
}

/** 0: nothing. */
function keyOf(text: string | undefined): number {
  return text === undefined || text === '' ? 0 : digest(text);
}

function textKey(text: string): number {
  return keyOf(text.slice(0, 200).replace(/\s+/g, ' ').trim().slice(0, beginning));
}

function ordinalsOf(column: ReturnType<typeof makeNumberColumn>, wanted: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (let at = 0; wanted.size > 0 && at < column.count(); at++) {
    const key = column.at(at);
    if (key === 0 || !wanted.has(key)) continue;
    const own = found.get(key) ?? [];
    found.set(key, own);
    own.push(at);
  }
  return found;
}
