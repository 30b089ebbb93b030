import type { Guide } from '../../help/drawing.ts';

export const smsGuide: Guide = {
  name: 'Sms',
  short: 'Op Android maakt de app “SMS Backup & Restore” een bestand van uw sms-berichten.',
  file: 'Een xml-bestand, bijvoorbeeld “sms-20260501120000.xml”. Kies geen versleutelde zip.',
  checked:
    'De soorten back-up: met de vragen en antwoorden van SyncTech, de maker van de app (vanaf versie 10.07.100). De andere knoppen: niet op een toestel geprobeerd.',
  roads: [
    {
      device: 'Android',
      steps: [
        {
          text: 'Vraag uw beheerder of u de app SMS Backup & Restore mag installeren. Open de app en kies “Back-up maken”.',
          drawing: { kind: 'list', title: 'Back-up', items: ['Back-up maken', 'Terugzetten', 'Bekijken'], mark: 0 },
        },
        {
          text: 'Zet “Berichten” aan. Zet “Oproepen” alleen aan als de oproepen bij het werk horen.',
          drawing: {
            kind: 'switches',
            title: 'Wat opslaan',
            items: [
              ['Berichten', true],
              ['Oproepen', false],
            ],
          },
        },
        {
          text: 'Kies bij “Geavanceerd” alleen de gesprekken over uw werk. Zet foto’s (mms) aan als die erbij horen.',
          drawing: { kind: 'list', title: 'Gesprekken', items: ['Jan Aannemer', 'Wijkteam', 'Moeder'], mark: 0 },
        },
        {
          text: 'Bewaar het bestand op uw telefoon en zet het op uw werkplek.',
          drawing: { kind: 'files', title: 'Werkmap', items: ['sms-20260501.xml'], mark: 0 },
        },
      ],
    },
    {
      device: 'iPhone',
      note: 'De iPhone heeft geen export van sms. Sms staat daar in de app Berichten: kijk bij iMessage hoe dat via een Mac kan.',
      steps: [],
    },
    { device: 'Computer', note: 'Sms staat op de telefoon. Begin daar.', steps: [] },
  ],
  leftOut: [
    'of een bericht later is veranderd',
    'reacties: die komen mee als gewone tekst',
    'foto’s en andere bijlagen, als u mms niet hebt meegenomen',
    'oudere berichten, als de app alleen aanvult. Kies bij Instellingen, Back-upinstellingen, Soort back-up voor een volledige back-up',
    'berichten die al van de telefoon waren verwijderd',
  ],
  settings: [
    {
      title: 'Beveilig uw sim en scherm',
      steps: [
        {
          text: 'Zet een pincode op uw simkaart. Laat de tekst van berichten niet zien als uw scherm op slot is.',
          drawing: { kind: 'pin', title: 'Pincode van uw sim' },
        },
      ],
    },
    {
      title: 'Niet automatisch downloaden',
      steps: [
        {
          text: 'Open de app Berichten, Instellingen, Geavanceerd. Zet “Mms automatisch downloaden” uit.',
          drawing: {
            kind: 'switches',
            title: 'Geavanceerd',
            items: [
              ['Mms downloaden', false],
              ['Tijdens roaming', false],
            ],
          },
        },
      ],
    },
    { title: 'Privacy', steps: [{ text: 'Sms is niet versleuteld. Zet er geen gevoelige gegevens in.' }] },
  ],
};
