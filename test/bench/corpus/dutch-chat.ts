// A seeded corpus of Dutch-looking chats: words by Zipf's law from a ranked word list, names, times, emoji. The same seed gives
// the same text, message by message, so that a gigabyte can be streamed.
import ranked from '@zxcvbn-ts/language-nl-be';
import type { LocalTime } from '#core/model/time.ts';

export interface ChatMessage {
  readonly sender: string;
  /** `2024-05-01T10:07` */
  readonly local: LocalTime;
  readonly text: string;
}

export interface ChatOptions {
  readonly seed: number;
  readonly messages: number;
  readonly senders?: number;
  /** Days since 1970 of the first message; messages follow each other by minutes. */
  readonly firstDay?: number;
  /** Mean minutes between two messages. */
  readonly pace?: number;
}

/** mulberry32: small, fast, and the same everywhere. */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Words by rank, most common first. */
export const rankedWords: readonly string[] = [...new Set([...ranked.dictionary.commonWords, ...ranked.dictionary.wikipedia])];
const firstNames = ranked.dictionary.girlsFirstnames;
const lastNames = ranked.dictionary.lastnames;

const cumulative = new Float64Array(rankedWords.length);
{
  let sum = 0;
  for (let i = 0; i < cumulative.length; i++) {
    sum += 1 / (i + 2.7);
    cumulative[i] = sum;
  }
}

export function zipfWord(random: () => number): string {
  const wanted = random() * (cumulative.at(-1) ?? 1);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return rankedWords[low] ?? '';
}

const emoji = ['👍', '😂', '🙏', '❤️', '👍🏽', '🎉'];

export function* dutchChat(options: ChatOptions): Generator<ChatMessage> {
  const { seed, messages, senders = 6, firstDay = 19_358, pace = 40 } = options;
  const random = makeRandom(seed);
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const names = Array.from(
    { length: senders },
    () => `${capital(firstNames[Math.floor(random() * firstNames.length)] ?? 'Ada')} ${capital(lastNames[Math.floor(random() * lastNames.length)] ?? 'Bos')}`,
  );
  let minute = firstDay * 1440 + 540;
  for (let i = 0; i < messages; i++) {
    minute += Math.floor(random() * random() * 4 * pace);
    const length = 1 + Math.floor(-Math.log(1 - random()) * 9);
    const words: string[] = [];
    for (let w = 0; w < length; w++) words.push(zipfWord(random));
    let text = capital(words.join(' '));
    const extra = random();
    if (extra < 0.06) text += ` ${emoji[Math.floor(random() * emoji.length)]}`;
    else if (extra < 0.1) text += ` om ${10 + Math.floor(random() * 12)}:${Math.floor(random() * 6)}0 uur.`;
    else if (extra < 0.12) text += `\nZaak Z-${2020 + Math.floor(random() * 6)}-${String(Math.floor(random() * 100_000)).padStart(5, '0')}`;
    yield { sender: names[Math.floor(random() ** 1.5 * names.length)] ?? '', local: localOf(minute), text };
  }
}

function localOf(minute: number): LocalTime {
  return new Date(minute * 60_000).toISOString().slice(0, 16) as LocalTime;
}

/** As a Dutch Android phone exports it: `31-12-2023 16:08 - Naam: tekst`. */
export function toWhatsAppLine({ sender, local, text }: ChatMessage): string {
  return `${local.slice(8, 10)}-${local.slice(5, 7)}-${local.slice(0, 4)} ${local.slice(11)} - ${sender}: ${text}\n`;
}

/** The text of an export, in pieces of some 64 kB. */
export function* whatsAppText(options: ChatOptions): Generator<string> {
  let piece = '';
  for (const message of dutchChat(options)) {
    piece += toWhatsAppLine(message);
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
