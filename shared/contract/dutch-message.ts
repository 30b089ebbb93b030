// What is wrong with a field, in Dutch a person can act on. Used for every zod issue that has no sentence of its own.
import type * as z from 'zod';

type Issue = z.core.$ZodRawIssue;

const typeNames: Readonly<Record<string, string>> = {
  string: 'een tekst',
  number: 'een getal',
  int: 'een geheel getal',
  boolean: 'true of false',
  array: 'een lijst',
  object: 'een object',
  null: 'null',
};

const formatSentences: Readonly<Record<string, string>> = {
  date: 'geef een bestaande datum als JJJJ-MM-DD',
  datetime: 'geef een tijdstip in UTC, zoals 2026-11-24T12:40:11.123Z',
  url: 'geef een volledig webadres',
  regex: 'dit heeft niet de juiste vorm',
};

function sizeOf(issue: Issue, edge: 'minimum' | 'maximum'): string {
  const bound = String((issue as unknown as Record<string, unknown>)[edge]);
  const exactly = (issue as unknown as { exact?: boolean }).exact === true ? 'precies ' : edge === 'minimum' ? 'minstens ' : 'hoogstens ';
  switch ((issue as unknown as { origin?: string }).origin) {
    case 'string':
      return edge === 'minimum' && bound === '1' ? 'dit mag niet leeg zijn' : `geef ${exactly}${bound} tekens`;
    case 'array':
    case 'set':
      return edge === 'minimum' && bound === '1' ? 'geef er minstens een' : `geef er ${exactly}${bound}`;
    default:
      return `geef een getal van ${exactly}${bound}`;
  }
}

/** Never repeats what was sent: an input may hold personal data. */
export const dutchMessage: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'dit veld ontbreekt' : `geef ${typeNames[issue.expected] ?? 'een waarde van de juiste soort'}`;
    case 'invalid_value':
      return `kies uit: ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return formatSentences[issue.format] ?? 'dit heeft niet de juiste vorm';
    case 'too_small':
      return sizeOf(issue, 'minimum');
    case 'too_big':
      return sizeOf(issue, 'maximum');
    case 'unrecognized_keys':
      return 'dit veld kennen we niet';
    case 'invalid_union':
      return 'dit past bij geen van de mogelijkheden';
    default:
      return 'deze waarde klopt niet';
  }
};
