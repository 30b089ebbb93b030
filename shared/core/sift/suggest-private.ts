// What may be private in a message: numbers that prove themselves (BSN by its eleven test, IBAN by its 97 test), phone numbers, and words.
// A suggestion only: the person who hands the chat in decides. A BSN needs more than its test, since one number in eleven passes that.
import { findPhones } from '#core/text/phone.ts';

export const suggestionKinds = ['bsn', 'iban', 'phone', 'health', 'private'] as const;
export type SuggestionKind = (typeof suggestionKinds)[number];

export interface Suggestion {
  readonly kind: SuggestionKind;
  readonly start: number;
  readonly end: number;
}

const healthWords =
  'arts|artsen|huisarts|bedrijfsarts|tandarts|dokter|ziek|zieke|ziekte|ziekmelding|ziekgemeld|ziekenhuis|ziekteverlof|griep|koorts|corona|medicijn|medicijnen|medicatie|operatie|geopereerd|psycholoog|psychiater|therapie|therapeut|fysio|fysiotherapeut|burn-?out|depressie|depressief|kanker|chemo|zwanger|zwangerschap|miskraam|diagnose|behandeling|verslaafd|verslaving|overspannen|overlijden|overleden|begrafenis|crematie|rouw';
const privateWords =
  'priv[eé]|vertrouwelijk|geheim|scheiding|gescheiden|relatie|vriendin|verkering|verjaardag|trouwen|bruiloft|zwangerschapsverlof|vakantie|hypotheek|salaris|loonstrook|schulden|beslaglegging|geloof|vakbond|wachtwoord|pincode|kinderopvang|oppas';
const words = new RegExp(`(?<![\\p{L}\\p{N}])(?:(${healthWords})|(${privateWords}))(?![\\p{L}\\p{N}])`, 'giu');

const bsnContext = /\b(?:bsn|burgerservicenummer|burger ?service ?nummer|sofi(?:-?nummer)?|geboren|geboortedatum|identiteitsbewijs|paspoort|rijbewijs)\b/i;
const bsnShape = /(?<![\p{L}\p{N}.,/-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3}|\d{8})(?![\p{L}\p{N}]|[.,/-]\d)/gu;
const ibanShape = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![\p{L}\p{N}])/giu;

export function suggestPrivate(text: string): readonly Suggestion[] {
  const found: Suggestion[] = [...findWords(text)];
  if (!/\d{2}/.test(text)) return found;
  const ibans = findIbans(text);
  const bsns = findBsns(text);
  const taken = [...ibans, ...bsns];
  const phones = findPhones(text).filter(({ start, end }) => !taken.some((one) => one.start < end && one.end > start));
  return [...found, ...taken, ...phones.map(({ start, end }): Suggestion => ({ kind: 'phone', start, end }))].sort((a, b) => a.start - b.start);
}

function findWords(text: string): Suggestion[] {
  return [...text.matchAll(words)].map((match) => ({
    kind: match[1] === undefined ? 'private' : 'health',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** With words around it that speak of such a number, or as the whole of a message: an answer to a question. */
function findBsns(text: string): Suggestion[] {
  const spoken = bsnContext.test(text);
  return [...text.matchAll(bsnShape)].flatMap((match): Suggestion[] => {
    const digits = match[0].replace(/\D/g, '').padStart(9, '0');
    if (!passesElevenTest(digits) || !(spoken || text.trim() === match[0])) return [];
    return [{ kind: 'bsn', start: match.index, end: match.index + match[0].length }];
  });
}

/** 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h − i is a multiple of eleven. */
function passesElevenTest(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (i === 8 ? -1 : 9 - i);
  return sum % 11 === 0 && Number(digits) > 9_999_999;
}

function findIbans(text: string): Suggestion[] {
  return [...text.matchAll(ibanShape)].flatMap((match): Suggestion[] => {
    // Words may follow without a break: the longest part that proves itself counts.
    for (let length = match[0].length; length >= 15; length--) {
      const written = match[0].slice(0, length);
      if (!written.endsWith(' ') && isIban(written.replace(/ /g, '').toUpperCase())) return [{ kind: 'iban', start: match.index, end: match.index + length }];
    }
    return [];
  });
}

function isIban(iban: string): boolean {
  if (iban.length < 15 || iban.length > 34 || (iban.startsWith('NL') && iban.length !== 18)) return false;
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = char >= 'A' ? char.charCodeAt(0) - 55 : Number(char);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}
