// Texts of certificates, and of the check of one against what is stored now.
import type { LeftPlace } from '#core/model/destruction-list.ts';

const places: Readonly<Record<LeftPlace, string>> = {
  index: 'de index',
  'index-found': 'bewaarde zoekvragen',
  vault: 'de opslag van originelen',
  intake: 'de inleverplek',
  'intake-parts': 'delen van een inlevering',
  'catalogue-head': 'de catalogus: de bundel staat daar niet als vernietigd',
  'catalogue-doubts': 'de catalogus: twijfels',
  'catalogue-sift': 'de catalogus: weglatingen',
  'catalogue-links': 'de catalogus: zaken',
  'catalogue-custodian': 'de catalogus: sleutelpersoon',
  'catalogue-claim': 'de catalogus: kenmerk van het bestand',
};

export const certificateCheck = {
  title: 'Controleer deze verklaring',
  lead: 'Woordspoor legt de verklaring naast haar kenmerk (hash) en leest de opslag opnieuw terug, bundel voor bundel.',
  start: 'Controleer nu',
  busy: (done: string, all: string) => `Bezig: ${done} van ${all} bundels teruggelezen …`,
  good: 'Alles klopt',
  goodDetail: (bundles: string) => `De verklaring is niet gewijzigd. Van ${bundles} is nergens meer iets gevonden.`,
  bad: 'Er klopt iets niet',
  document: {
    json: { changed: 'De verklaring (JSON) is gewijzigd na het opmaken.', missing: 'De verklaring (JSON) is er niet meer.' },
    pdf: { changed: 'De verklaring (PDF) is gewijzigd na het opmaken.', missing: 'De verklaring (PDF) is er niet meer.' },
  },
  unread: 'Omdat de verklaring niet is zoals zij is opgemaakt, zijn de bundels niet teruggelezen.',
  remains: (bundle: string, where: readonly LeftPlace[]) => `Van bundel ${bundle} is nog iets gevonden in: ${where.map((place) => places[place]).join(', ')}.`,
  whatNow: 'Meld dit aan uw archivaris en beheerder. Verander niets met de hand: dan is niet meer na te gaan wat er gebeurde.',
  bundleOne: 'bundel',
  bundleMany: 'bundels',
};

export const certificates = {
  title: 'Verklaringen van vernietiging',
  one: 'Verklaring van vernietiging',
  lead: 'Per uitgevoerde lijst één verklaring. Die blijft altijd bewaard.',
  empty: 'Er is nog geen lijst uitgevoerd.',
  emptyHelp: 'Na een uitgevoerde vernietiging staat de verklaring hier.',
  pdf: 'Download als PDF',
  proves: 'Deze verklaring noemt wat is vernietigd, op welke grond, door wie besloten, en wat daarna in de opslag is nagekeken.',
  done: 'Uitgevoerd op',
};
