// Phone numbers in every way people write them become one canonical term: `06-12345678`, `+31 (0)6 1234 5678`,
// `0031612345678` → `tel:31612345678`. Dutch numbers have nine digits after 0 or +31; other countries need their + or 00.

const candidate = /(?<![\p{L}\p{N}])(?:\+|00|0|\(0)[\d()\s.\-\u00a0\u2010-\u2015\u202a-\u202e\u2060-\u2069]{6,24}\d(?![\p{L}\p{N}])/gu;

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

export function findPhones(text: string): readonly FoundPhone[] {
  if (!mayHoldPhone(text)) return [];
  const found: FoundPhone[] = [];
  for (const match of text.matchAll(candidate)) {
    const term = phoneTerm(match[0]);
    if (term !== null) found.push({ term, start: match.index, end: match.index + match[0].length });
  }
  return found;
}
