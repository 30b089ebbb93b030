// Leaving out what is private before a chat is sent (B1, "u").
import { type SiftReason, siftReasons } from '#core/model/sift.ts';

const reasons: Readonly<Record<SiftReason, string>> = {
  private: 'privé',
  health: 'gezondheid',
  'third-party': 'gaat over een ander',
  'other-case': 'hoort bij een andere zaak',
};

const messages = (n: number) => (n === 1 ? '1 bericht' : `${n.toLocaleString('nl-NL')} berichten`);
const conversations = (n: number) => (n === 1 ? '1 gesprek' : `${n.toLocaleString('nl-NL')} gesprekken`);
const files = (n: number) => (n === 1 ? '1 bestand' : `${n.toLocaleString('nl-NL')} bestanden`);
const factKeys = (n: number) => (n === 1 ? '1 sleutel van de app weggehaald' : `${n.toLocaleString('nl-NL')} sleutels van de app weggehaald`);
const sum = (counts: ReadonlyMap<SiftReason, number>) =>
  siftReasons
    .flatMap((reason) => ((counts.get(reason) ?? 0) === 0 ? [] : [`${(counts.get(reason) ?? 0).toLocaleString('nl-NL')} ${reasons[reason]}`]))
    .join(', ');

export const sift = {
  reasons,
  title: 'Haal eruit wat privé is',
  lead: 'U ziet de chat hieronder. Er is nog niets verstuurd. Wat u weglaat, verlaat uw computer niet.',
  leadMarking: 'U ziet de chat hieronder. Er is nog niets verstuurd. Straks gaat het hele bestand mee, met uw merken.',
  reading: (percent: number) => `We lezen het bestand op uw computer: ${percent}%`,
  read: (parts: readonly string[]) => parts.join(' · '),
  problem: 'We kunnen dit bestand hier niet laten zien',
  problemUnknown: 'Het bestand laat zich op uw computer niet lezen. U kunt het wel uploaden; daarna ziet u wat er gelezen is.',
  conversations: 'Welke gesprekken gaan mee?',
  conversationsHint: 'Een gesprek dat u uitzet, wordt niet verstuurd.',
  conversationsHintMarking: 'Een gesprek dat u uitzet, gaat mee met uw merk.',
  untitled: (n: number) => `Gesprek ${n}`,
  show: 'Bekijk',
  showing: (title: string) => `Berichten van ${title}`,
  all: 'Alles aan',
  noneOfThem: 'Alles uit',
  left: 'gaat niet mee',
  leftMarking: 'gaat mee met uw merk',
  list: (title: string) => `Berichten van ${title}: kies wat u weglaat`,
  keys: 'Pijltjes: bewegen. Spatie: weglaten of terugzetten. Shift en pijltje: een reeks. S en Shift S: volgende en vorige suggestie.',
  reason: 'Reden',
  many: 'Veel berichten tegelijk weglaten: van een persoon, of een reeks',
  person: 'Persoon',
  choosePerson: 'kies een persoon',
  leaveOut: 'Alles weglaten',
  putBack: 'Terugzetten',
  rangeFrom: 'Van bericht',
  rangeTo: 'tot en met',
  rangeOut: 'Reeks weglaten',
  suggestions: (n: number) => (n === 1 ? '1 bericht met iets dat privé kan zijn' : `${n.toLocaleString('nl-NL')} berichten met iets dat privé kan zijn`),
  noSuggestions: 'Geen suggesties gevonden. Kijk zelf ook.',
  suggestionsHint: 'Zoals een BSN, een rekeningnummer, een telefoonnummer of woorden over gezondheid. U beslist.',
  next: 'Volgende',
  previous: 'Vorige',
  undo: 'Ongedaan maken',
  reset: 'Alles terugzetten',
  kinds: { bsn: 'mogelijk BSN', iban: 'rekeningnummer', phone: 'telefoonnummer', health: 'gezondheid', private: 'privé' } as const,
  loading: 'wordt gelezen …',
  attachment: (name: string) => `bijlage: ${name}`,
  unnamedAttachment: 'bijlage',
  out: (reason: string) => `gaat niet mee (${reason})`,
  marked: (reason: string) => `gaat mee met uw merk (${reason})`,
  may: (kinds: string) => `let op: ${kinds}`,
  summary: (records: number, reasonCounts: ReadonlyMap<SiftReason, number>, whole: number) =>
    `U laat ${messages(records)} weg: ${sum(reasonCounts)}.${whole === 0 ? '' : ` Daarbij ${conversations(whole)} helemaal.`} Bijlagen van die berichten gaan niet mee.`,
  summaryMarked: (records: number, reasonCounts: ReadonlyMap<SiftReason, number>) =>
    `U merkt ${messages(records)}: ${sum(reasonCounts)}. Het hele bestand gaat mee.`,
  quotes: (n: number) =>
    n === 1
      ? 'Een bericht dat u bewaart, haalt een weggelaten bericht aan. De woorden staan daar nog.'
      : `${messages(n)} die u bewaart, halen een weggelaten bericht aan. De woorden staan daar nog.`,
  quotesChoice: 'Wij veranderen niets aan berichten die u bewaart. Laat u deze ook weg?',
  quotesShow: 'Bekijk',
  quotesOut: (n: number) => (n === 1 ? 'Laat dit bericht ook weg' : 'Laat deze berichten ook weg'),
  quotesAll: (n: number) =>
    n === 1
      ? 'Let op: een bericht dat u bewaart, haalt een weggelaten bericht aan.'
      : `Let op: ${messages(n)} die u bewaart, halen een weggelaten bericht aan.`,
  unnamed: (n: number) => `Ook ${files(n)} meesturen waar geen bericht naar verwijst`,
  wholeTitle: 'Uw organisatie bewaart het hele bestand',
  whole: 'Wat u hier aanwijst, gaat wel mee. Uw merk staat erbij, met de reden.',
  keysTitle: 'Sleutels van de app gaan niet mee',
  keysOut: (n: number) =>
    `In dit bestand ${n === 1 ? 'staat 1 sleutel' : `staan ${n.toLocaleString('nl-NL')} sleutels`} van uw account. Wij halen die eruit voordat het bestand uw computer verlaat. Aan de berichten verandert niets.`,
  start: (records: number) => `Uploaden zonder ${messages(records)}`,
  startMarked: (records: number) => (records === 1 ? 'Uploaden met 1 merk' : `Uploaden met ${records.toLocaleString('nl-NL')} merken`),
  readRight: 'Ik heb gekeken: tijd, afzender en tekst staan hierboven goed',
  readRightFirst:
    'Bevestig hierboven dat tijd, afzender en tekst goed staan. Staan ze niet goed? Zet dan alles terug en upload het hele bestand; daarna kiest u zelf de kolommen.',
  waitForRead: 'Uploaden kan zodra het bestand helemaal gelezen is.',
  sifting: 'Bestand maken zonder wat u weglaat',
  notSifted: 'Er is niets verstuurd',
  problems: {
    'nothing-left': 'U laat alles weg. Dan is er niets om te bewaren.',
    'too-many': 'U heeft te veel losse stukken aangewezen. Laat langere reeksen weg, of een heel gesprek.',
    'not-here':
      'Dit bestand van Telegram breekt af. Daaruit kunnen we geen delen weghalen. Exporteer de chat opnieuw, of verstuur het hele bestand met uw merken erbij.',
    'reads-otherwise':
      'Zonder deze berichten zou de rest van het bestand anders gelezen worden. Bijvoorbeeld omdat een naam alleen in een weggelaten bericht staat (Teams), of omdat er te weinig overblijft om het bestand te herkennen. Laat meer of minder weg, of verstuur het hele bestand met uw merken erbij.',
  },
  sendMarked: 'Verstuur alles, met mijn merken',
  gap: (records: number, reason: SiftReason) => `${messages(records)} weggelaten door inzender (${reasons[reason]})`,
  markedHere: (reason: SiftReason) => `Door inzender gemerkt: ${reasons[reason]}`,
  fact: 'Weggelaten door inzender',
  factMarked: 'Gemerkt door inzender',
  factKeysOnly: 'Weggehaald voor het versturen',
  factSum: (reasonCounts: ReadonlyMap<SiftReason, number>, whole: number, fileCount: number, keys: number) =>
    [sum(reasonCounts), whole === 0 ? '' : conversations(whole), fileCount === 0 ? '' : files(fileCount), keys === 0 ? '' : factKeys(keys)]
      .filter((part) => part !== '')
      .join('; '),
  keptHash: 'Vingerafdruk van het bewaarde bestand, zonder sleutels van de app',
  factHash: (sha256: string) => `Vingerafdruk van het hele bestand (SHA-256): ${sha256}`,
};
