// How to export a chat, app by app (B1, "u"). Not hung in text.nl.ts: it is fetched only when somebody asks for help.
// Wordings of menus differ per version of an app; the roads were checked against public descriptions of the exports (what they hold and lack).
import type { Guide } from '../help/drawing.ts';
import type { GuideApp } from '../help/guide-apps.ts';

export const exportGuides: Readonly<Record<GuideApp, Guide>> = {
  whatsapp: {
    name: 'WhatsApp',
    short: 'U exporteert een chat op de telefoon zelf, met de knop “Chat exporteren”.',
    file: 'Een zip-bestand of een tekstbestand, bijvoorbeeld “WhatsApp-chat met Wijkteam.zip”. Pak een zip niet uit en verander de naam niet.',
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
  },
  signal: {
    name: 'Signal',
    short: 'Nieuwe versies van Signal op Android en op de computer kunnen leesbaar exporteren.',
    file: 'Een map of een zip met daarin “main.jsonl”. Lever een map in als zip. Sleutels die erin staan, halen wij er meteen uit.',
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
            text: 'Kies een map, zet de hele map in een zip en bewaar de zip op uw werkplek.',
            drawing: { kind: 'files', title: 'Werkmap', items: ['signal-backup.zip'], mark: 0 },
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
            text: 'Zet de map met “main.jsonl” in een zip en lever die in.',
            drawing: { kind: 'files', title: 'Werkmap', items: ['signal-backup.zip'], mark: 0 },
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
  },
  sms: {
    name: 'Sms',
    short: 'Op Android maakt de app “SMS Backup & Restore” een bestand van uw sms-berichten.',
    file: 'Een xml-bestand, bijvoorbeeld “sms-20260501120000.xml”. Kies geen versleutelde zip.',
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
  },
  telegram: {
    name: 'Telegram',
    short: 'U exporteert op de computer, met Telegram Desktop. Kies als vorm JSON.',
    file: 'Het bestand “result.json”, of een zip van de hele map als er foto’s bij horen.',
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
  },
  imessage: {
    name: 'iMessage',
    short: 'De iPhone heeft geen knop om te exporteren. Het gaat via een Mac, met hulp van uw beheerder.',
    file: 'Tekstbestanden of html-bestanden van het programma “imessage-exporter”, liefst samen in een zip.',
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
  },
  teams: {
    name: 'Microsoft Teams',
    short: 'Teams heeft geen knop om zelf een chat te exporteren. Uw beheerder kan dat wel.',
    file: 'Een of meer JSON-bestanden uit Microsoft Graph, of het bestand “messages.json” van een persoonlijke export. Meer bestanden? Zet ze in een zip.',
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
  },
  messenger: {
    name: 'Messenger en Instagram',
    short: 'U vraagt uw gegevens op in het Accountcentrum, alleen de berichten, als JSON.',
    file: 'De zip die u mag downloaden. Pak hem niet uit. U kiest bij het uploaden welke gesprekken u inlevert.',
    roads: [
      {
        device: 'Telefoon of computer',
        steps: [
          {
            text: 'Ga naar Instellingen, Accountcentrum, Je gegevens en machtigingen. Kies “Je gegevens downloaden” of “exporteren”.',
            drawing: { kind: 'list', title: 'Accountcentrum', items: ['Profielen', 'Wachtwoord', 'Je gegevens', 'Advertenties'], mark: 2 },
          },
          {
            text: 'Kies een deel van uw gegevens en dan alleen “Berichten”.',
            drawing: {
              kind: 'switches',
              title: 'Wat downloaden',
              items: [
                ['Berichten', true],
                ['Foto’s', false],
                ['Vrienden', false],
              ],
            },
          },
          {
            text: 'Kies als vorm JSON en de periode van het werk. HTML lezen we niet.',
            drawing: { kind: 'question', title: 'Vorm', items: ['HTML', 'JSON'], mark: 1 },
          },
          {
            text: 'U krijgt een bericht als de zip klaar is. Dat duurt soms een dag. Bewaar de zip op uw werkplek.',
            drawing: { kind: 'files', title: 'Werkmap', items: ['gegevens-berichten.zip'], mark: 0 },
          },
        ],
      },
    ],
    warning:
      'Versleutelde chats van Messenger zitten daar niet in. Die downloadt u apart, in Messenger op de computer: Instellingen, Privacy en veiligheid, End-to-end versleutelde chats, Beveiligde opslag.',
    leftOut: [
      'verwijderde en verdwijnende berichten',
      'versleutelde chats, als u ze niet apart hebt gedownload',
      'de eerdere tekst van een bewerkt bericht',
      'of iemand een bericht heeft gelezen',
    ],
    settings: [
      {
        title: 'Tweestapsverificatie',
        steps: [
          {
            text: 'Ga naar Accountcentrum, Wachtwoord en beveiliging, Tweestapsverificatie.',
            drawing: { kind: 'switches', title: 'Beveiliging', items: [['Tweestapsverificatie', true]] },
          },
        ],
      },
      {
        title: 'Niet automatisch opslaan',
        steps: [
          {
            text: 'Ga in Messenger naar Instellingen, Foto’s en media. Zet “Opslaan bij ontvangst” uit.',
            drawing: { kind: 'switches', title: 'Foto’s en media', items: [['Opslaan bij ontvangst', false]] },
          },
        ],
      },
      { title: 'Privacy', steps: [{ text: 'Gebruik een account van uw organisatie voor berichten van inwoners, niet uw eigen account.' }] },
    ],
  },
  threema: {
    name: 'Threema',
    short: 'Op Android maakt u een gegevensback-up. Daarin zitten de berichten als csv.',
    file: 'De csv-bestanden met de naam “messages_…csv”. De zip van Threema heeft een wachtwoord: pak die op uw werkplek eerst uit.',
    roads: [
      {
        device: 'Android',
        steps: [
          {
            text: 'Ga in Threema naar “Back-ups” en kies “Gegevensback-up”.',
            drawing: { kind: 'list', title: 'Back-ups', items: ['Threema Safe', 'Gegevensback-up', 'ID exporteren'], mark: 1 },
          },
          {
            text: 'Kies een wachtwoord en maak de back-up. Zet de media aan als ze bij het werk horen.',
            drawing: { kind: 'pin', title: 'Kies een wachtwoord' },
          },
          {
            text: 'Zet de zip op uw werkplek en pak hem uit met dat wachtwoord.',
            drawing: { kind: 'files', title: 'threema-backup', items: ['contacts.csv', 'messages_AB12.csv', 'groups.csv'], mark: 1 },
          },
          { text: 'Lever alleen de csv van het gesprek over uw werk in. Verwijder daarna de uitgepakte map.' },
        ],
      },
      { device: 'iPhone', note: 'De csv komt alleen uit Threema op Android. Vraag uw beheerder wat er bij u kan, voordat u iets verwijdert.', steps: [] },
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
  },
};

export const guideText = {
  title: (app: string) => `Een chat exporteren uit ${app}`,
  file: 'Wat u inlevert',
  leftOut: 'Wat er niet in de export zit',
  leftOutLead: 'Dat ligt aan de app. Woordspoor verzint niets en vult niets aan.',
  settings: 'Aangeraden instellingen',
  settingsLead: 'Zet deze op elke telefoon waarmee u over uw werk chat, ook op uw eigen telefoon.',
  version: 'De knoppen kunnen in uw versie van de app een andere naam hebben.',
  other: 'Een andere app',
  upload: 'Verder met uploaden',
  which: 'Uit welke app komt de chat?',
  tapped: (what: string) => `aangewezen: ${what}`,
  drawn: {
    chat: 'Tekening van een gesprek op een telefoon',
    menu: 'Tekening van een menu op een telefoon',
    list: 'Tekening van een lijst op een telefoon',
    question: 'Tekening van een vraag op een telefoon',
    share: 'Tekening van het deelvenster op een telefoon',
    switches: 'Tekening van schakelaars op een telefoon',
    pin: 'Tekening van een telefoon waarop u een code invult',
    computer: 'Tekening van een venster op een computer',
    files: 'Tekening van een map op een computer',
  },
  theTitle: 'de naam bovenaan',
  theDots: 'de drie puntjes rechtsboven',
  on: 'aan',
  off: 'uit',
} as const;
