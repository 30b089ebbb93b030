// Dutch inflection. Two words are forms of each other when they share a stem; a word may have several (dagen: dag, daag).
// Not Snowball: it takes zaak for zak and boom for bom, and leaves huizen, brieven, appje and geappt alone (measured in the test).
//
//   huizen ─en→ huiz → huis    bomen ─en→ bom → boom    bommen → bom    briefje ─je→ brief    geappt ─ge…t→ app    opgestuurd → opstuur
import { irregularNouns, lengthened, notForms, strongVerbs } from './irregular-words.ts';

const prefixes = [
  ...['tegen', 'terug', 'samen', 'onder', 'achter', 'binnen', 'door', 'over', 'voor', 'neer', 'vast', 'aan', 'bij', 'mee', 'toe', 'uit', 'weg'],
  ...['op', 'af', 'in', 'na', 'om', 'be', 'ver', 'ont', 'her'],
];
const inseparable = /^(?:be|ver|ont|her)/;
const plain = /^[a-z]{3,40}$/;
/** Vowels as they are written: a double one or a diphthong counts as one. */
const vowels = /aa|ee|oo|uu|ie|ei|ij|ui|ou|au|eu|oe|[aeiouy]/g;

const strong = new Map<string, string>();
for (const [stem = '', ...forms] of strongVerbs) for (const form of forms) if (!strong.has(form)) strong.set(form, stem);
const strongStems = new Map(strongVerbs.map(([stem = '', ...forms]) => [stem, forms]));
const nouns = new Map<string, string>();
for (const [stem = '', ...forms] of irregularNouns) for (const form of forms) nouns.set(form, stem);

function syllables(word: string): number {
  return word.match(vowels)?.length ?? 0;
}

/** The end of a closed syllable as a stem is written: v → f, z → s, one consonant. */
function closed(word: string): string {
  const single = word.replace(/([bcdfghjklmnpqrstvwxz])\1$/, '$1');
  return single.replace(/v$/, 'f').replace(/z$/, 's');
}

/** Stems of what stands before an ending that begins with a vowel: bom(en) → boom, bomm(en) → bom, dag(en) → daag and dag. */
function opened(word: string): readonly string[] {
  const stem = closed(word);
  if (/([bcdfghjklmnpqrstvwxz])\1$/.test(word)) return [stem];
  const [, before = '', vowel = '', after = ''] = /^(.*?)([aeou])([bcdfgklmnprstvz])$/.exec(word) ?? [];
  if (vowel === '' || /[aeiouy]$/.test(before)) return [stem];
  const long = closed(`${before}${vowel}${vowel}${after}`);
  const short = syllables(word) > 1 || lengthened.some((end) => stem.endsWith(end));
  return short ? [long, stem] : [long];
}

/** A strong verb or irregular noun, whole or behind a prefix or first part. */
function irregularStems(word: string): readonly string[] {
  const found: string[] = [];
  const whole = strong.get(word);
  if (whole !== undefined) found.push(whole);
  for (const prefix of prefixes) {
    if (!word.startsWith(prefix)) continue;
    const rest = word.slice(prefix.length);
    const stem = strong.get(rest) ?? (inseparable.test(prefix) ? strong.get(`ge${rest}`) : undefined);
    if (stem !== undefined) found.push(prefix + stem);
  }
  for (const [form, stem] of nouns) {
    const first = word.length - form.length;
    if (word.endsWith(form) && (first === 0 || first > 2)) found.push(word.slice(0, first) + stem);
  }
  return found;
}

function verbStems(rest: string): readonly string[] {
  // -t and -d of a participle; one that ends so by itself (gestart, geland) keeps it too.
  return /[td]$/.test(rest) && rest.length > 2 ? [closed(rest), closed(rest.slice(0, -1))] : [];
}

/** Participles: ge-app-t, op-ge-stuur-d, ver-gun-d. */
function participleStems(word: string): readonly string[] {
  const found: string[] = [];
  const after = (prefix: string) => (word.startsWith(`${prefix}ge`) ? word.slice(prefix.length + 2) : '');
  for (const prefix of ['', ...prefixes]) {
    const rest = after(prefix).replace(/(?<=[td])e$/, '');
    if (rest.length > 2) found.push(...verbStems(rest).map((stem) => prefix + stem));
  }
  if (inseparable.test(word) && /(?:[^aeiou]|[aeiou]{2})[td]$/.test(word) && word.length > 5) found.push(closed(word.slice(0, -1)));
  return found;
}

function diminutiveStems(word: string): readonly string[] {
  const [, base = '', ending = ''] = /^(.{2,}?)(etje|tje|pje|kje|je)s?$/.exec(word) ?? [];
  if (ending === '') return [];
  // Every cut that fits: mailtje → mail, kaartje → kaart (the t is its own), bloemetje → bloem.
  const found = [closed(base)];
  const whole = word.replace(/s$/, '');
  if (whole.length > 4) found.push(closed(whole.slice(0, -2)));
  if (ending === 'etje') found.push(closed(whole.slice(0, -3)));
  if (ending === 'kje') found.push(closed(`${base}g`));
  return found;
}

const endings: readonly (readonly [ending: string, least: number, vowel: boolean])[] = [
  ['heden', 3, false],
  ['heid', 3, false],
  ['lijke', 5, false],
  ['lijk', 5, false],
  ['ingen', 3, true],
  ['ing', 3, true],
  ['ende', 4, true],
  ['end', 4, true],
  ['en', 2, true],
  ['e', 3, true],
  ['ten', 3, false],
  ['den', 3, false],
  ['te', 3, false],
  ['de', 3, false],
];
const plural = /(?:e[lrnm]|e|ie|aar|oor|eur|ster|ing|[^aeiouysx]{2}|ai[lnr]|ea[mlt]|oo[klp]|[ou]nt|at|et|ip|ub|ink|ijf|o|a|i|u|y)s$/;

function* allStems(word: string): Generator<string> {
  yield closed(word);
  if (notForms.has(word)) return;
  const irregular = irregularStems(word);
  yield* irregular;
  yield* participleStems(word);
  yield* diminutiveStems(word);
  for (const [ending, least, vowel] of endings) {
    const base = word.slice(0, -ending.length);
    if (!word.endsWith(ending) || base.length < least || syllables(base) === 0) continue;
    if (vowel) yield* opened(base);
    else if (ending.length > 3 || /[^aeiou]$|[aeiou]{2}$/.test(base)) yield closed(base);
    // gemeentelijk, and what stands before it as a word of its own: gemeente.
    if (ending.startsWith('lijk') || ending.startsWith('he')) yield* opened(base);
  }
  // gemeenten: gemeente
  if (word.endsWith('en') && word.length > 4) yield word.slice(0, -1);
  if (plural.test(word) && word.length > 3 && !word.endsWith('ss')) {
    yield closed(word.slice(0, -1));
    if (/(?:e|ie)s$/.test(word) && word.length > 5) yield* opened(word.slice(0, -2));
  }
  // appt, bouwt, vergadert
  if (/(?:[^aeiout]|[aeiou]{2}|[aeiou]w)t$/.test(word) && word.length > 3) yield closed(word.slice(0, -1));
}

/** Stems of a folded word; of what is no plain word (digits, other scripts, too short) itself alone. */
export function stemsOf(term: string): ReadonlySet<string> {
  if (!plain.test(term)) return new Set([term]);
  return new Set([...allStems(term)].filter((stem) => stem.length > 1));
}

/** How an open syllable writes a stem: boom → bom, huis → huiz, brief → briev, bom → bomm. */
function spellingsBeforeVowel(stem: string): readonly string[] {
  const soft = stem.replace(/f$/, 'v').replace(/s$/, 'z');
  const shortened = (word: string) => word.replace(/([aeou])\1([bcdfgklmnprstvz])$/, '$1$2');
  const doubled = /[^aeiou]?[aeiou][bcdfgklmnprst]$/.test(stem) ? [stem + stem.slice(-1)] : [];
  return [...new Set([stem, soft, shortened(stem), shortened(soft), ...doubled])];
}

const beforeVowel = ['en', 'e', 'ing', 'ingen', 'end', 'ende'];
const beforeAny = ['', 'n', 's', 't', 'd', 'te', 'ten', 'de', 'den', 'heid', 'heden', 'lijk', 'lijke', 'elijk', 'elijke', 'es'];
const small = ['je', 'tje', 'pje', 'etje', 'kje'].flatMap((ending) => [ending, `${ending}s`]);

function* candidates(stem: string): Generator<string> {
  const doubled = /[aeiou][bcdfgklmnprst]$/.test(stem) ? [stem + stem.slice(-1)] : [];
  for (const spelling of [stem, ...doubled]) for (const ending of [...beforeAny, ...small]) yield spelling + ending;
  if (stem.endsWith('g')) for (const ending of ['kje', 'kjes']) yield stem.slice(0, -1) + ending;
  for (const spelling of spellingsBeforeVowel(stem)) for (const ending of beforeVowel) yield spelling + ending;
  for (const prefix of ['', ...prefixes]) {
    if (!stem.startsWith(prefix)) continue;
    const rest = stem.slice(prefix.length);
    if (rest.length < 2) continue;
    const whole = /[aeiou][bcdfgklmnprst]$/.test(rest) ? [rest, rest + rest.slice(-1)] : [rest];
    for (const base of whole) for (const ending of ['t', 'd', '', 'te', 'de']) yield `${prefix}ge${base}${ending}`;
    for (const form of strongStems.get(rest) ?? []) {
      yield prefix + form;
      if (form.startsWith('ge')) yield prefix + form.slice(2);
    }
  }
  for (const [noun = '', ...forms] of irregularNouns) if (stem.endsWith(noun)) for (const form of forms) yield stem.slice(0, -noun.length) + form;
}

const mostRemembered = 2_000;
const remembered = new Map<string, readonly string[]>();

/** Every form of a folded word, itself first: what a word that was typed plain stands for. The same word gives the same forms everywhere. */
export function inflectionsOf(term: string): readonly string[] {
  if (!plain.test(term)) return [term];
  const known = remembered.get(term);
  if (known !== undefined) return known;
  const stems = stemsOf(term);
  const forms = new Set([term]);
  for (const stem of stems) {
    for (const form of candidates(stem)) {
      if (forms.has(form) || form.length < 2) continue;
      for (const other of stemsOf(form)) {
        if (!stems.has(other)) continue;
        forms.add(form);
        break;
      }
    }
  }
  const found = [...forms];
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(term, found);
  return found;
}
