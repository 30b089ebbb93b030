// The languages that are read, the likeliest in the Netherlands first.
import { german } from './de.ts';
import { english } from './en.ts';
import { french } from './fr.ts';
import { dutch } from './nl.ts';
import type { Wording } from './wording.ts';

export const wordings: readonly Wording[] = [dutch, english, german, french];

/** Prefixes of chat file names in other languages, of which no system text is read yet. */
export const otherFileNames: readonly string[] = [
  'Chat de WhatsApp con ',
  'Chat WhatsApp con ',
  'Conversa do WhatsApp com ',
  'Чат WhatsApp с ',
  'WhatsApp Chat - ',
];
