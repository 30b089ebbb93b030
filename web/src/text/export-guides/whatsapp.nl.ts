import type { Guide } from '../../help/drawing.ts';

export const whatsappGuide: Guide = {
  name: 'WhatsApp',
  short: 'U exporteert een chat op de telefoon zelf, met de knop “Chat exporteren”.',
  file: 'Een zip-bestand of een tekstbestand, bijvoorbeeld “WhatsApp-chat met Wijkteam.zip”. Pak een zip niet uit en verander de naam niet.',
  checked:
    'De weg op Android en op de iPhone: met beschrijvingen van anderen. Een pagina van WhatsApp zelf over exporteren hebben we niet kunnen lezen; niet op een toestel geprobeerd.',
  roads: [
    {
      device: 'Android',
      steps: [
        { text: 'Open de chat. Tik rechtsboven op de drie puntjes.', drawing: { kind: 'chat', title: 'Wijkteam', mark: 'dots' } },
        {
          text: 'Tik op “Meer” en daarna op “Chat exporteren”.',
          drawing: { kind: 'menu', title: 'Wijkteam', items: ['Zoeken', 'Meldingen', 'Chat exporteren'], mark: 2 },
        },
        {
          text: 'Kies “Media toevoegen” als foto’s, geluid of bestanden bij het werk horen. Anders kiest u “Zonder media”: dan passen er meer berichten in.',
          drawing: { kind: 'question', title: 'Media toevoegen?', items: ['Zonder media', 'Media toevoegen'], mark: 1 },
        },
        {
          text: 'Stuur het bestand naar uw werkplek, bijvoorbeeld naar uw map van het werk. Mail het niet naar een privéadres.',
          drawing: { kind: 'share', items: ['Werkmap', 'Mail', 'Bestanden'], mark: 0 },
        },
      ],
    },
    {
      device: 'iPhone',
      steps: [
        { text: 'Open de chat. Tik bovenaan op de naam van de persoon of de groep.', drawing: { kind: 'chat', title: 'Wijkteam', mark: 'title' } },
        {
          text: 'Schuif helemaal naar beneden en tik op “Exporteer chat”.',
          drawing: { kind: 'list', title: 'Info', items: ['Media', 'Versleuteling', 'Exporteer chat'], mark: 2 },
        },
        {
          text: 'Kies “Voeg media bij” of “Zonder media”.',
          drawing: { kind: 'question', title: 'Exporteer chat', items: ['Voeg media bij', 'Zonder media'], mark: 0 },
        },
        {
          text: 'Kies “Bewaar in Bestanden” en zet het bestand in uw map van het werk.',
          drawing: { kind: 'share', items: ['Bewaar', 'Mail', 'Berichten'], mark: 0 },
        },
      ],
    },
    { device: 'Computer', note: 'WhatsApp op de computer heeft deze knop niet. Doe het op de telefoon.', steps: [] },
  ],
  warning:
    'Staat in de chat “geavanceerde chatprivacy” aan? Dan kan niemand exporteren. Zet dat eerst uit bij de gegevens van de chat. Zet ook verdwijnende berichten uit: wat verdwenen is, komt niet terug.',
  leftOut: [
    'reacties met een duim of hartje',
    'op welk bericht iemand antwoordt: het antwoord staat los in de chat',
    'of een bericht is gelezen of doorgestuurd',
    'berichten die u alleen voor uzelf hebt verwijderd: daarvan blijft niets over',
    'de eerdere tekst van een bewerkt of verwijderd bericht',
    'telefoonnummers van mensen in uw adresboek',
    'de oudste berichten van een lange chat: er passen ongeveer 40.000 berichten in zonder media, en 10.000 met media. De app meldt dat niet; Woordspoor waarschuwt als het erop lijkt',
    'foto’s en bestanden die niet meer op de telefoon staan',
  ],
  settings: [
    {
      title: 'Verificatie in twee stappen',
      steps: [
        {
          text: 'Ga naar Instellingen, Account, Verificatie in twee stappen.',
          drawing: { kind: 'list', title: 'Account', items: ['Beveiliging', 'Passkeys', 'Verificatie in 2 stappen'], mark: 2 },
        },
        { text: 'Tik op “Inschakelen” en kies een pincode van zes cijfers.', drawing: { kind: 'pin', title: 'Kies een pincode' } },
        { text: 'Vul ook een mailadres in. Zonder mailadres moet u zeven dagen wachten als u de pincode vergeet.' },
      ],
    },
    {
      title: 'Niet automatisch downloaden',
      steps: [
        {
          text: 'Ga naar Instellingen, Opslag en gegevens. Zet bij “Media automatisch downloaden” alles uit. U kiest dan zelf wat op uw telefoon komt.',
          drawing: {
            kind: 'switches',
            title: 'Opslag en gegevens',
            items: [
              ['Foto’s', false],
              ['Audio', false],
              ['Video’s', false],
              ['Documenten', false],
            ],
          },
        },
      ],
    },
    {
      title: 'Privacy',
      steps: [
        {
          text: 'Ga naar Instellingen, Privacy. Kies wie uw profielfoto, uw info en “laatst gezien” ziet, en wie u in een groep mag zetten. “Mijn contacten” is een goede keuze.',
          drawing: { kind: 'list', title: 'Privacy', items: ['Laatst gezien', 'Profielfoto', 'Info', 'Groepen'], mark: 3 },
        },
        { text: 'Zet bij “Timer voor berichten” verdwijnende berichten uit voor chats over het werk.' },
      ],
    },
  ],
};
