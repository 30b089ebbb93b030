// What is wrong with a query, in Dutch. The place stands beside it; what was typed is never repeated.

export const queryProblemText = {
  'query.quote-open': 'Het aanhalingsteken wordt niet gesloten.',
  'query.bracket-open': 'Het haakje wordt niet gesloten.',
  'query.bracket-close': 'Dit haakje sluit niets.',
  'query.bracket-empty': 'Tussen de haakjes staat niets.',
  'query.operator-left': 'Voor EN of OF ontbreekt een zoekwoord.',
  'query.operator-right': 'Na EN, OF of NIET ontbreekt een zoekwoord.',
  'query.no-word': 'Hier staat geen woord, getal of emoji om op te zoeken.',
  'query.field-empty': 'Na dit veld ontbreekt een waarde.',
  'query.field-unknown': 'Dit veld kennen we niet. U kunt zoeken met van:, in:, zaak: en datum:. Zet de tekst tussen aanhalingstekens als het geen veld is.',
  'query.field-not-yet': 'Zoeken op dit veld kan nog niet.',
  'query.date': 'Geef een datum als 2024, 2024-03, 2024-03-15 of een periode als 2024-01-01..2024-06-30.',
  'query.date-order': 'De einddatum ligt voor de begindatum.',
  'query.star-not-yet': 'Een sterretje kan nu alleen aan het eind van een woord. Elders in een woord kan nog niet.',
  'query.fuzzy-not-yet': 'Zoeken met ~ (gelijkende woorden) kan nog niet. Zet de tekst tussen aanhalingstekens als u het teken zelf bedoelt.',
  'query.near-not-yet': 'Zoeken met NABIJ kan nog niet.',
  'query.regex-not-yet': 'Zoeken met een patroon tussen schuine strepen kan nog niet.',
  'query.prefix-long': 'Het begin van een woord mag hoogstens 64 tekens hebben.',
  'query.too-many-words': 'De zoekvraag is te lang: gebruik hoogstens 64 zoekwoorden.',
  'query.too-deep': 'De haakjes zijn te diep genest.',
  'query.expansion': 'Dit begin past op te veel woorden. Typ meer letters voor het sterretje.',
} as const;

export type QueryProblem = keyof typeof queryProblemText;
