import type { Guide } from '../../help/drawing.ts';

export const imessageGuide: Guide = {
  name: 'iMessage',
  short: 'De iPhone heeft geen knop om te exporteren. Het gaat via een Mac, met hulp van uw beheerder.',
  file: 'Tekstbestanden of html-bestanden van het programma “imessage-exporter”, liefst samen in een zip.',
  checked:
    'Wat imessage-exporter maakt: met de uitleg van het programma (macOS en iOS 26.5.1). De instelling “Bewaar berichten”: met een beschrijving van anderen.',
  roads: [
    {
      device: 'iPhone',
      steps: [
        {
          text: 'Ga naar Instellingen, uw naam, iCloud. Zet “Berichten” aan. Zo komen alle berichten op de Mac.',
          drawing: {
            kind: 'switches',
            title: 'iCloud',
            items: [
              ['Foto’s', false],
              ['Berichten', true],
            ],
          },
        },
        {
          text: 'Zet bij Instellingen, Apps, Berichten “Bewaar berichten” op “Altijd”.',
          drawing: { kind: 'list', title: 'Bewaar berichten', items: ['30 dagen', '1 jaar', 'Altijd'], mark: 2 },
        },
      ],
    },
    {
      device: 'Computer (Mac)',
      steps: [
        { text: 'Wacht tot de app Berichten op de Mac alles heeft.' },
        {
          text: 'Vraag uw beheerder om met het programma imessage-exporter de gesprekken over uw werk te exporteren, als txt.',
          drawing: { kind: 'computer', title: 'Export', items: ['+31 6 00000001.txt', 'Wijkteam.txt'], mark: 1 },
        },
        { text: 'Zet de bestanden samen in een zip en lever die in.', drawing: { kind: 'files', title: 'Werkmap', items: ['berichten.zip'], mark: 0 } },
      ],
    },
    { device: 'Android', note: 'iMessage bestaat niet op Android. Kijk bij Sms.', steps: [] },
  ],
  leftOut: [
    'berichten die al verwijderd waren',
    'de oorspronkelijke bijlagen, als die nog in iCloud staan en niet op de Mac',
    'een antwoord staat er twee keer: bij het bericht en op zijn eigen plaats. Woordspoor telt het één keer',
    'exports van andere programma’s zien er anders uit. Vraag eerst of we ze kunnen lezen',
  ],
  settings: [
    {
      title: 'Twee stappen',
      steps: [
        {
          text: 'Ga naar Instellingen, uw naam, Inloggen en beveiliging. Zet twee-factor-authenticatie aan.',
          drawing: { kind: 'switches', title: 'Beveiliging', items: [['Twee factoren', true]] },
        },
      ],
    },
    {
      title: 'Niet automatisch bewaren',
      steps: [
        {
          text: 'Ga naar Instellingen, Apps, Berichten, Gedeeld met jou. Zet “Automatisch delen” uit.',
          drawing: { kind: 'switches', title: 'Gedeeld met jou', items: [['Automatisch delen', false]] },
        },
      ],
    },
    {
      title: 'Privacy',
      steps: [
        {
          text: 'Ga naar Instellingen, Berichtgeving, Toon voorvertoning. Kies “Indien ontgrendeld”.',
          drawing: { kind: 'list', title: 'Voorvertoning', items: ['Altijd', 'Indien ontgrendeld', 'Nooit'], mark: 1 },
        },
      ],
    },
  ],
};
