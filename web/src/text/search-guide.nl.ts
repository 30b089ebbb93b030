// "Zo zoekt u": every way to ask, each with what it finds and what it does not (B1, "u"). The examples are run as tests
// (test/web/search-guide.test.ts). Fetched only when somebody opens the page.

export interface GuideExample {
  readonly query: string;
  readonly meaning: string;
  /** Messages that it finds, and messages that it does not. */
  readonly finds: readonly string[];
  readonly misses: readonly string[];
}

export interface GuideSection {
  readonly title: string;
  readonly lead: string;
  readonly examples: readonly GuideExample[];
}

export const guideWords = {
  title: 'Zo zoekt u',
  lead: 'Woordspoor vindt elk bericht dat past, en nooit een selectie daarvan. Hier staat wat u kunt typen, met voorbeelden.',
  finds: 'vindt',
  misses: 'vindt niet',
} as const;

export const searchGuide: readonly GuideSection[] = [
  {
    title: 'Woorden',
    lead: 'Hoofdletters en accenten maken niet uit. Een woord vindt ook zijn vormen: meervoud, verkleinwoord en werkwoordsvormen. Onder het zoekveld staat op welke vormen is gezocht; u zet ze een voor een uit.',
    examples: [
      {
        query: 'huis',
        meaning: 'het woord en zijn vormen',
        finds: ['Dat huis staat leeg', 'Nieuwe huizen in Zuid', 'een huisje'],
        misses: ['huisarts gebeld'],
      },
      { query: 'appen', meaning: 'ook als werkwoord', finds: ['Ik heb het geappt', 'stuur een appje', 'ik app je'], misses: ['die aap'] },
      { query: '"huis"', meaning: 'precies dit woord', finds: ['Dat huis staat leeg'], misses: ['Nieuwe huizen in Zuid'] },
      { query: '"niet op de mail"', meaning: 'precies deze woorden achter elkaar', finds: ['Zet dit niet op de mail!'], misses: ['niet via de mail'] },
      { query: 'vergunning bouw', meaning: 'allebei de woorden, in elke volgorde', finds: ['bouw zonder vergunning'], misses: ['vergunning is binnen'] },
      { query: '👍', meaning: 'een emoji', finds: ['Akkoord 👍🏽'], misses: ['Akkoord'] },
    ],
  },
  {
    title: 'Combineren',
    lead: 'De woorden EN, OF en NIET schrijft u in hoofdletters. Haakjes houden bij elkaar. Staan er meer regels onder elkaar, dan is elke regel een zoekvraag en telt alles mee.',
    examples: [
      { query: 'subsidie OF bijdrage', meaning: 'een van de twee', finds: ['de subsidie is er', 'een kleine bijdrage'], misses: ['geld erbij'] },
      { query: 'vergunning NIET zwembad', meaning: 'zonder dat woord', finds: ['vergunning voor de garage'], misses: ['vergunning zwembad'] },
      { query: '(bouw OF sloop) EN besluit', meaning: 'haakjes', finds: ['besluit over de sloop'], misses: ['de sloop begint'] },
      {
        query: 'vergunning NABIJ/3 zwembad',
        meaning: 'hoogstens drie woorden van elkaar',
        finds: ['vergunning voor het zwembad', 'zwembad: vergunning weg'],
        misses: ['vergunning is er niet voor dat nieuwe zwembad'],
      },
      {
        query: 'zwembad\nvergunning garage',
        meaning: 'een lijst: elke regel apart',
        finds: ['zwembad dicht', 'vergunning voor de garage'],
        misses: ['garage dicht'],
      },
    ],
  },
  {
    title: 'Delen van woorden en tikfouten',
    lead: 'Een sterretje staat voor een willekeurig stuk van een woord. Een getal achter ~ zegt hoeveel letters er anders mogen zijn; twee letters verwisseld telt als één.',
    examples: [
      { query: 'vergun*', meaning: 'alles wat zo begint', finds: ['vergunninghouder', 'vergund'], misses: ['omgevingsvergunning'] },
      { query: '*vergunning*', meaning: 'samenstellingen', finds: ['omgevingsvergunning', 'vergunningaanvraag'], misses: ['vergund'] },
      { query: 'bouw*plan', meaning: 'begin en eind', finds: ['het bouwhoogteplan', 'bouwplan'], misses: ['bouwplannen'] },
      { query: 'vergunning~1', meaning: 'een letter anders', finds: ['vergunnig', 'vergnuning'], misses: ['vergunnen'] },
      { query: '/[a-z]{2}[0-9]{3}/', meaning: 'een patroon op hele woorden', finds: ['dossier AB123'], misses: ['dossier AB1234'] },
    ],
  },
  {
    title: 'Nummers',
    lead: 'Een telefoonnummer vindt u in elke schrijfwijze. Een zaaknummer vindt u zoals het is, ook met andere streepjes.',
    examples: [
      { query: '06 1234 5678', meaning: 'een telefoonnummer', finds: ['bel +31 6 12345678', 'mijn nummer: 06-12345678'], misses: ['06-12345679'] },
      { query: 'Z-2024-00123', meaning: 'een zaaknummer in de tekst', finds: ['zie Z/2024/00123'], misses: ['zie Z-2024-00124'] },
    ],
  },
  {
    title: 'Velden',
    lead: 'Voor een veld staat een dubbele punt. U kunt velden met woorden combineren.',
    examples: [
      { query: 'van:Alice', meaning: 'van deze afzender', finds: ['Alice: ik kom eraan'], misses: ['Bo: Alice komt eraan'] },
      { query: 'in:"Wijkteam Noord"', meaning: 'in dit gesprek', finds: ['Alice: ik kom eraan'], misses: [] },
      { query: 'zaak:ZAAK-2026-*', meaning: 'bij zaken waarvan het nummer zo begint', finds: ['Alice: ik kom eraan'], misses: [] },
      { query: 'app:whatsapp', meaning: 'uit deze app', finds: ['Alice: ik kom eraan'], misses: [] },
      { query: 'datum:2024-01-01..2024-06-30', meaning: 'in deze periode', finds: ['2024-03-01 hallo'], misses: ['2024-07-01 hallo'] },
      { query: 'bijlage:offerte', meaning: 'een bijlage met dit woord in de naam', finds: ['[Offerte dak.pdf] hierbij'], misses: ['hierbij de offerte'] },
      { query: 'type:bijlage', meaning: 'berichten met een bijlage', finds: ['[foto.jpg] kijk'], misses: ['kijk'] },
      {
        query: 'type:tekst',
        meaning: 'ook: media, systeem, oproep, peiling, locatie, contact, sticker, bewerkt, verwijderd',
        finds: ['kijk'],
        misses: ['[foto.jpg] kijk'],
      },
    ],
  },
];
