import type { Guide } from '../../help/drawing.ts';

export const signalGuide: Guide = {
  name: 'Signal',
  short: 'Nieuwe versies van Signal op Android en op de computer kunnen leesbaar exporteren.',
  file: 'Een map of een zip met daarin “main.jsonl”. Kies bij het uploaden de hele map: wij maken er een zip van. Sleutels die erin staan, halen wij er meteen uit.',
  checked:
    'Wat er in de export zit: met de broncode van Signal Desktop (2026) en Signal voor Android (vanaf 8.10). De namen van de knoppen hebben we niet in een handleiding kunnen vinden.',
  roads: [
    {
      device: 'Android',
      steps: [
        {
          text: 'Ga naar Instellingen en tik op “Chats” of “Back-ups”.',
          drawing: { kind: 'list', title: 'Instellingen', items: ['Account', 'Uiterlijk', 'Chats', 'Back-ups'], mark: 2 },
        },
        {
          text: 'Kies de export van uw chatgeschiedenis als leesbare tekst. Niet de gewone back-up: die is versleuteld.',
          drawing: { kind: 'list', title: 'Chats', items: ['Back-up maken', 'Chats exporteren'], mark: 1 },
        },
        {
          text: 'Bewaar de hele map op uw werkplek. Kies haar bij het uploaden met “Kies een map”.',
          drawing: { kind: 'files', title: 'Werkmap', items: ['signal-backup-2026'], mark: 0 },
        },
      ],
    },
    {
      device: 'Computer',
      steps: [
        {
          text: 'Open Signal Desktop. Ga naar Instellingen, Chats en kies voor exporteren.',
          drawing: { kind: 'computer', title: 'Instellingen', items: ['Algemeen', 'Chats', 'Privacy', 'Chats exporteren'], mark: 3 },
        },
        {
          text: 'Signal op de computer kent alleen de berichten vanaf het koppelen, of vanaf het overzetten van de geschiedenis. Kijk of de oudste berichten erin staan.',
        },
        {
          text: 'Kies bij het uploaden de map met “main.jsonl”.',
          drawing: { kind: 'files', title: 'Werkmap', items: ['signal-backup-2026'], mark: 0 },
        },
      ],
    },
    {
      device: 'iPhone',
      note: 'Signal op de iPhone heeft geen leesbare export. Koppel Signal Desktop op uw werkplek, zet de geschiedenis over, en exporteer daar.',
      steps: [],
    },
  ],
  warning:
    'Een bestand dat eindigt op “.backup” is versleuteld. Dat kunnen we niet lezen. Woordspoor leest wel de exports van de programma’s sigtop en signal-export die een beheerder kan maken.',
  leftOut: [
    'verdwijnende berichten: die staan er helemaal niet in, en de export zegt dat niet',
    'foto’s die één keer te bekijken waren',
    'in een tekstbestand van signal-export: het verschil tussen een geplakte regel en een nieuw bericht. Lever daarom liever “data.json” in',
  ],
  settings: [
    {
      title: 'Pincode en registratieslot',
      steps: [
        {
          text: 'Ga naar Instellingen, Account. Stel een pincode in en zet “Registratievergrendeling” aan.',
          drawing: {
            kind: 'switches',
            title: 'Account',
            items: [
              ['Pincode', true],
              ['Registratieslot', true],
            ],
          },
        },
      ],
    },
    {
      title: 'Niet automatisch downloaden',
      steps: [
        {
          text: 'Ga naar Instellingen, Gegevens en opslag. Zet automatisch downloaden uit.',
          drawing: {
            kind: 'switches',
            title: 'Gegevens en opslag',
            items: [
              ['Via mobiel netwerk', false],
              ['Via wifi', false],
              ['Bij roaming', false],
            ],
          },
        },
      ],
    },
    {
      title: 'Privacy',
      steps: [
        {
          text: 'Ga naar Instellingen, Privacy, Telefoonnummer. Kies wie uw nummer ziet.',
          drawing: { kind: 'list', title: 'Privacy', items: ['Telefoonnummer', 'Geblokkeerd', 'Verdwijnende berichten'], mark: 0 },
        },
        { text: 'Zet verdwijnende berichten uit in chats over het werk, ook de standaardtimer.' },
      ],
    },
  ],
};
