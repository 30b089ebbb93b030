// What WhatsApp itself says: templates of all languages against a record without a sender (or behind the group's own name).
// A template is matched as a whole, never by a word that happens to stand in it.
import { isMark, toShadow } from './marks.ts';
import { wordings } from './wordings/all.ts';
import type { Wording } from './wordings/wording.ts';

export interface SystemEvent {
  readonly event: string;
  readonly language: Wording['language'];
  readonly actor?: string;
  readonly target?: string;
  readonly from?: string;
  readonly to?: string;
}

interface Pattern {
  readonly event: string;
  /** Longest piece of plain text: looked for first, since it is cheap. */
  readonly needle: string;
  readonly expression: RegExp;
}

/** Characters of a body that a template may look at. */
export const systemReach = 300;

const quotes = '["“”„«»\'‘’]?';

function compile(template: string): RegExp {
  let expression = '';
  for (const piece of template.split(/(\{[a-z*]+\}|\[[^\]]*\]|")/)) {
    if (piece === '{*}') expression += '[^]*';
    else if (piece === '"') expression += quotes;
    else if (piece.startsWith('{')) expression += `(?<${piece.slice(1, -1)}>.+?)`;
    else if (piece.startsWith('[')) expression += `(?:${piece.slice(1, -1).split('|').map(escaped).join('|')})`;
    else expression += escaped(piece);
  }
  return new RegExp(`^${expression}\\.?$`, 'u');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function needleOf(template: string): string {
  let longest = '';
  for (const piece of template.split(/\{[a-z*]+\}|\[[^\]]*\]|"/)) {
    const bare = piece.replace(/\.$/, '');
    if (bare.length > longest.length) longest = bare;
  }
  return longest;
}

const patterns: readonly { readonly language: Wording['language']; readonly list: readonly Pattern[] }[] = wordings.map((wording) => ({
  language: wording.language,
  list: wording.system.map(({ event, text }) => ({ event, needle: needleOf(text), expression: compile(text) })),
}));

const languageIndex: ReadonlyMap<string, number> = new Map(patterns.map(({ language }, index) => [language, index]));

/** Reads the text as a system message; `language` is tried first. Null: no template fits. */
export function readSystemText(text: string, language: Wording['language']): SystemEvent | null {
  const shadow = toShadow(text.length > systemReach ? text.slice(0, systemReach) : text).trim();
  const first = languageIndex.get(language) ?? 0;
  for (let n = 0; n < patterns.length; n++) {
    const group = patterns[n === 0 ? first : n <= first ? n - 1 : n];
    if (group === undefined) continue;
    for (const pattern of group.list) {
      if (!shadow.includes(pattern.needle)) continue;
      const match = pattern.expression.exec(shadow);
      if (match === null) continue;
      const { actor, target, from, to } = match.groups ?? {};
      return {
        event: pattern.event,
        language: group.language,
        ...(actor === undefined ? {} : { actor }),
        ...(target === undefined ? {} : { target }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      };
    }
  }
  return null;
}

/** Templates that begin with fixed words: notices that may stand behind a name ("Julie: Les messages et …"). */
const noticeStarts: ReadonlySet<string> = new Set(
  wordings.flatMap((wording) =>
    wording.system.filter(({ event }) => event === 'encryption' || event === 'business-notice').map(({ text }) => text.slice(0, 6)),
  ),
);

export function mayBeNotice(text: string): boolean {
  let from = 0;
  while (from < text.length && isMark(text.charCodeAt(from))) from++;
  return noticeStarts.has(text.slice(from, from + 6));
}

/** Verbs of system templates: a "sender" that holds one may be the first half of a system line with a colon in it. */
const verbs =
  / (?:heeft|hebt|is|bent|neemt|created|added|removed|changed|deleted|turned|updated|left|joined|was|were|are|set|pinned|hat|hast|wurde|wurdest|ist|bist|a|avez|est|êtes) |^Groep |^(?:Uw|Je|Your|Deine|Die|Votre|Le) /u;

export function mayHoldSystemVerb(label: string): boolean {
  return verbs.test(toShadow(label));
}

/** Timer notices carry a sender on some Android phones; a cheap look before the templates are tried. */
const timerWords = /vervaldatum|verdwijnende berichten|disappearing message|message timer|selbstlöschende|messages éphémères/u;

export function mayBeTimer(text: string): boolean {
  return text.length > 30 && text.length <= systemReach && timerWords.test(text);
}

const exporters: ReadonlySet<string> = new Set(wordings.flatMap((wording) => wording.exporter));

/** "U", "je", "you": the person who made the export, whoever that is. */
export function isExporterWord(label: string): boolean {
  return exporters.has(label);
}
