// Phone numbers in every way people write them become one canonical term: `06-12345678`, `+31 (0)6 1234 5678`,
// `0031612345678` → `tel:31612345678`. Dutch numbers have nine digits after 0 or +31; other countries need their + or 00.

const start = /(?<![\p{L}\p{N}])(?:\+|00|0|\(0)/gu;
/** From a start: digits and what people put between them. A number may end at the end of each group of digits. */
const run = /[+\d()\s.\-\u00a0\u2010-\u2015\u202a-\u202e\u2060-\u2069]{8,30}/y;
const groupEnd = /\d(?![\p{L}\p{N}])/gu;

export interface FoundPhone {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** The canonical term, or null when these characters are no phone number. */
export function phoneTerm(written: string): string | null {
  const trunkOff = written.replace(/\(0\)/g, '');
  const international = /^\s*(\+|00)/.test(trunkOff);
  const digits = trunkOff.replace(/\D/g, '');
  if (international) {
    const number = trunkOff.trimStart().startsWith('+') ? digits : digits.slice(2);
    if (number.startsWith('31')) {
      const national = number.slice(2).replace(/^0/, '');
      return national.length === 9 ? `tel:31${national}` : null;
    }
    return number.length >= 8 && number.length <= 15 && !number.startsWith('0') ? `tel:${number}` : null;
  }
  return digits.length === 10 && digits.startsWith('0') && digits[1] !== '0' ? `tel:31${digits.slice(1)}` : null;
}

/** At least eight digits and a 0 or + before them: cheap to rule out, which is nearly always. */
export function mayHoldPhone(text: string): boolean {
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57 && ++digits >= 8) return true;
  }
  return false;
}

/** Every reading counts: `06-12345678 10 uur` and `03-03-2024 06-12345678` hold the number, though more digits stand beside it. */
export function findPhones(text: string): readonly FoundPhone[] {
  if (!mayHoldPhone(text)) return [];
  const found: FoundPhone[] = [];
  for (const { index } of text.matchAll(start)) {
    run.lastIndex = index;
    const [written = ''] = run.exec(text) ?? [];
    for (const { index: last } of written.matchAll(groupEnd)) {
      const end = index + last + 1;
      // The run may have been cut in the middle of a group.
      if (last + 1 === written.length && /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2))) continue;
      const term = phoneTerm(written.slice(0, last + 1));
      if (term !== null && !found.some((phone) => phone.term === term && phone.end > index)) found.push({ term, start: index, end });
    }
  }
  return found;
}
