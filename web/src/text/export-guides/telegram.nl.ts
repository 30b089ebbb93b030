import type { Guide } from '../../help/drawing.ts';

export const telegramGuide: Guide = {
  name: 'Telegram',
  short: 'U exporteert op de computer, met Telegram Desktop. Kies als vorm JSON.',
  file: 'Het bestand “result.json”, of de hele map als er foto’s bij horen.',
  checked:
    'De weg in Telegram Desktop: met beschrijvingen van anderen en de broncode van het programma. De Nederlandse namen van de knoppen: niet op een computer geprobeerd.',
  roads: [
    {
      device: 'Computer',
      steps: [
        { text: 'Installeer Telegram Desktop en log in. De versie uit de App Store van Apple kan niet exporteren.' },
        {
          text: 'Open de chat, klik rechtsboven op de drie puntjes en kies “Chatgeschiedenis exporteren”.',
          drawing: { kind: 'computer', title: 'Wijkteam', items: ['Info bekijken', 'Dempen', 'Chatgeschiedenis exporteren'], mark: 2 },
        },
        {
          text: 'Kies bij “Formaat” voor JSON. Zet foto’s en bestanden aan als ze bij het werk horen.',
          drawing: { kind: 'computer', title: 'Formaat', items: ['HTML', 'JSON'], mark: 1 },
        },
        {
          text: 'Kies een map op uw werkplek en start de export. Soms vraagt Telegram om een bevestiging op uw telefoon, of om een dag te wachten.',
          drawing: { kind: 'files', title: 'ChatExport', items: ['photos', 'files', 'result.json'], mark: 2 },
        },
      ],
    },
    { device: 'Android', note: 'Telegram op de telefoon kan niet exporteren. Gebruik Telegram Desktop.', steps: [] },
    { device: 'iPhone', note: 'Telegram op de telefoon kan niet exporteren. Gebruik Telegram Desktop.', steps: [] },
  ],
  warning:
    'Koos u een periode? Bij JSON houdt Telegram zich daar niet altijd aan. Kijk bij stap 3 van het uploaden of de periode klopt: er kan meer in staan dan u dacht.',
  leftOut: [
    'geheime chats: die staan alleen op de telefoon en zijn niet te exporteren',
    'verwijderde berichten en de eerdere tekst van bewerkte berichten',
    'wie wat stemde in een peiling',
    'bestanden die groter zijn dan de grens die u koos',
  ],
  settings: [
    {
      title: 'Tweestapsverificatie',
      steps: [
        {
          text: 'Ga naar Instellingen, Privacy en beveiliging, Tweestapsverificatie. Kies een wachtwoord en een mailadres.',
          drawing: { kind: 'list', title: 'Privacy', items: ['Tweestapsverificatie', 'Actieve sessies', 'Telefoonnummer'], mark: 0 },
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
          text: 'Ga naar Instellingen, Privacy en beveiliging. Zet bij “Telefoonnummer” wie het ziet op “Niemand”. Zet automatisch verwijderen uit.',
          drawing: { kind: 'list', title: 'Telefoonnummer', items: ['Iedereen', 'Mijn contacten', 'Niemand'], mark: 2 },
        },
      ],
    },
  ],
};
