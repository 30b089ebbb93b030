import type { Guide } from '../../help/drawing.ts';

export const threemaGuide: Guide = {
  name: 'Threema',
  short: 'Op Android maakt u een gegevensback-up. Daarin zitten de berichten als csv.',
  file: 'De csv-bestanden met de naam “messages_…csv”. De zip van Threema heeft een wachtwoord: pak die op uw werkplek eerst uit.',
  checked: 'De gegevensback-up: met de vragen en antwoorden van Threema (threema.ch). De Nederlandse namen van de knoppen: niet op een toestel geprobeerd.',
  roads: [
    {
      device: 'Android',
      steps: [
        {
          text: 'Tik rechtsboven op de drie puntjes, dan op “Back-ups” en op het tabblad “Gegevensback-up”.',
          drawing: { kind: 'list', title: 'Back-ups', items: ['Threema Safe', 'Gegevensback-up', 'ID exporteren'], mark: 1 },
        },
        {
          text: 'Maak de back-up en kies een wachtwoord. Zet grote media aan als ze bij het werk horen.',
          drawing: { kind: 'pin', title: 'Kies een wachtwoord' },
        },
        {
          text: 'Zet de zip op uw werkplek en pak hem uit met dat wachtwoord.',
          drawing: { kind: 'files', title: 'threema-backup', items: ['contacts.csv', 'messages_AB12.csv', 'groups.csv'], mark: 1 },
        },
        { text: 'Lever alleen de csv van het gesprek over uw werk in. Verwijder daarna de uitgepakte map.' },
      ],
    },
    {
      device: 'iPhone',
      note: 'De csv komt alleen uit Threema op Android. Een losse export van een chat (tekst) lezen we nog niet. Vraag uw beheerder wat er bij u kan, voordat u iets verwijdert.',
      steps: [],
    },
    { device: 'Computer', note: 'Threema op de computer maakt deze back-up niet. Begin op de telefoon.', steps: [] },
  ],
  leftOut: [
    'berichten die al verwijderd waren',
    'de namen van mensen die niet in uw contacten staan: u ziet dan hun Threema-ID',
    'foto’s en bestanden, als u alleen de csv inlevert',
  ],
  settings: [
    {
      title: 'Pincode op de app',
      steps: [
        {
          text: 'Ga naar Instellingen, Beveiliging. Zet de vergrendeling van de app aan.',
          drawing: { kind: 'switches', title: 'Beveiliging', items: [['App vergrendelen', true]] },
        },
      ],
    },
    {
      title: 'Niet automatisch downloaden',
      steps: [
        {
          text: 'Ga naar Instellingen, Media. Zet automatisch downloaden uit.',
          drawing: {
            kind: 'switches',
            title: 'Media',
            items: [
              ['Via wifi', false],
              ['Via mobiel netwerk', false],
            ],
          },
        },
      ],
    },
    {
      title: 'Privacy',
      steps: [
        {
          text: 'Ga naar Instellingen, Privacy. Zet “Contacten synchroniseren” uit als u uw adresboek niet wilt delen.',
          drawing: {
            kind: 'switches',
            title: 'Privacy',
            items: [
              ['Contacten delen', false],
              ['Leesbevestiging', false],
            ],
          },
        },
      ],
    },
  ],
};
