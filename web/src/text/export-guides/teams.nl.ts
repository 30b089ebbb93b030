import type { Guide } from '../../help/drawing.ts';

export const teamsGuide: Guide = {
  name: 'Microsoft Teams',
  short: 'Teams heeft geen knop om zelf een chat te exporteren. Uw beheerder kan dat wel.',
  file: 'Een of meer JSON-bestanden uit Microsoft Graph, of het bestand “messages.json” van een persoonlijke export. Meer bestanden? Zet ze in een zip.',
  checked: 'Wat er in de bestanden zit: met de documentatie van Microsoft Graph. De instellingen van de app: niet op een toestel geprobeerd.',
  roads: [
    {
      device: 'Computer',
      steps: [
        {
          text: 'Schrijf op welke chat of welk kanaal het is, over welke periode, en bij welke zaak.',
          drawing: { kind: 'computer', title: 'Teams', items: ['Chat: Wijkteam', 'Kanaal: Zwembad', 'mei tot en met juli'], mark: 0 },
        },
        {
          text: 'Vraag uw beheerder om die berichten op te halen als JSON, met alle pagina’s. Staat er “@odata.nextLink” in het laatste bestand? Dan ontbreekt er nog iets.',
          drawing: { kind: 'files', title: 'Van de beheerder', items: ['messages-00000.json', 'messages-00001.json'], mark: 0 },
        },
        { text: 'Zet de bestanden samen in een zip en lever die in.', drawing: { kind: 'files', title: 'Werkmap', items: ['teams-wijkteam.zip'], mark: 0 } },
      ],
    },
    { device: 'Android', note: 'Op de telefoon kan dit niet. Vraag uw beheerder.', steps: [] },
    { device: 'iPhone', note: 'Op de telefoon kan dit niet. Vraag uw beheerder.', steps: [] },
  ],
  leftOut: [
    'foto’s in een bericht: daarvan staat alleen de verwijzing in het bestand',
    'de eerdere tekst van een bewerkt bericht',
    'de tekst van een verwijderd bericht: alleen dát er iets verwijderd is',
    'bestanden: die staan in SharePoint of OneDrive en moeten apart worden bewaard',
  ],
  settings: [
    {
      title: 'Twee stappen',
      steps: [
        {
          text: 'Teams gebruikt uw werkaccount. Gebruik de app voor inloggen in twee stappen die uw organisatie voorschrijft.',
          drawing: { kind: 'pin', title: 'Code uit de app' },
        },
      ],
    },
    {
      title: 'Niet automatisch opslaan',
      steps: [
        {
          text: 'Ga op de telefoon naar Instellingen, Gegevens en opslag. Zet “Afbeeldingen opslaan” uit.',
          drawing: { kind: 'switches', title: 'Gegevens en opslag', items: [['Afbeeldingen opslaan', false]] },
        },
      ],
    },
    { title: 'Privacy', steps: [{ text: 'Gebruik een kanaal van een team voor het werk, en niet een losse chat. Dan blijft de informatie bij het team.' }] },
  ],
};
