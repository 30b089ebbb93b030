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
  'query.field-unknown':
    'Dit veld kennen we niet. U kunt zoeken met van:, in:, zaak:, app:, type:, bijlage: en datum:. Zet de tekst tussen aanhalingstekens als het geen veld is.',
  'query.app': 'Deze app kennen we niet. Kies uit whatsapp, sms, telegram, signal, threema, imessage, messenger, instagram, slack of overig.',
  'query.type':
    'Dit type kennen we niet. Kies uit tekst, media, systeem, oproep, peiling, locatie, contact, sticker, onbekend, bewerkt, verwijderd of bijlage.',
  'query.date': 'Geef een datum als 2024, 2024-03, 2024-03-15 of een periode als 2024-01-01..2024-06-30.',
  'query.date-order': 'De einddatum ligt voor de begindatum.',
  'query.fuzzy-number':
    'Schrijf achter het woord ~1 of ~2: zoveel letters mogen er anders zijn. Zet de tekst tussen aanhalingstekens als u het teken zelf bedoelt.',
  'query.fuzzy-word': 'Het teken ~ werkt op één woord, niet op een nummer of naam met streepjes.',
  'query.fuzzy-star': 'Gebruik in één woord of * of ~, niet allebei.',
  'query.near-number': 'Zet achter NABIJ een schuine streep en een getal van 1 tot en met 99, bijvoorbeeld NABIJ/5.',
  'query.near-side': 'Naast NABIJ kan alleen een woord, een zin tussen aanhalingstekens, of een rij woorden met OF tussen haakjes.',
  'query.regex': 'Dit patroon kunnen we niet lezen. Een schuine streep sluit het af; tekens als . * + ? [ ] ( ) | { } hebben er een eigen betekenis.',
  'query.regex-size': 'Dit patroon is te ingewikkeld. Maak het korter of splits het met OF.',
  'query.prefix-long': 'Een woord met * of ~ mag hoogstens 64 tekens hebben.',
  'query.too-many-words': 'De zoekvraag is te lang: gebruik hoogstens 64 zoekwoorden.',
  'query.too-many-lines': 'De lijst is te lang: gebruik hoogstens 200 regels.',
  'query.too-deep': 'De haakjes zijn te diep genest.',
  'query.expansion': 'Dit past op te veel woorden. Typ meer letters naast het sterretje, of zet ~1 in plaats van ~2.',
} as const;

export type QueryProblem = keyof typeof queryProblemText;
