// Why a file was refused: what it is, and how to get the right one (B1, "u"). By what was recognised; where that says nothing, by the problem.
import type { Bundle } from '#core/model/bundle.ts';
import { problemText } from '#core/model/text.nl.ts';
import { type RecognisedKind, recognisedKinds } from './recognise.ts';

const whatsapp = 'Open in WhatsApp de chat, kies "Meer" of de naam bovenaan, en dan "Chat exporteren". Lever dat bestand in.';
const chooseChat = 'Exporteer de chat zelf met de app op de telefoon. Bij Hulp staat per app hoe dat moet.';
const notKept = 'Het bestand is niet bewaard.';

const sentences: Readonly<Record<Exclude<RecognisedKind, 'zip'>, string>> = {
  empty: `Het bestand is leeg. Maak de export opnieuw op de telefoon en lever die in.`,
  'whatsapp-crypt': `Dit is een versleutelde reservekopie van WhatsApp (crypt12, crypt14 of crypt15). Zonder de telefoon kan niemand die lezen. ${whatsapp}`,
  'whatsapp-database': `Dit is de database van WhatsApp zelf, met alle chats van de telefoon. Die nemen we niet aan. ${whatsapp}`,
  'whatsapp-account-report': `Dit is het accountrapport van WhatsApp. Daar staan geen berichten in. ${whatsapp}`,
  'signal-backup':
    'Dit is een versleutelde reservekopie van Signal. Die kunnen we niet lezen. Kies in Signal bij Instellingen en dan Chats voor het exporteren van de chatgeschiedenis, pak de map in als zip en lever die in.',
  'telegram-html':
    'Dit is een export van Telegram als webpagina (HTML). Maak de export opnieuw met Telegram op de computer en kies als formaat "JSON". Lever het bestand result.json in.',
  'imessage-text': `Dit lijkt op een export van iMessage, maar we kunnen er geen berichten in vinden. ${chooseChat}`,
  'imessage-html': `Dit lijkt op een export van iMessage, maar we kunnen er geen berichten in vinden. ${chooseChat}`,
  'imessage-database':
    'Dit is de database van Berichten (iMessage), met alle gesprekken van de telefoon. Maak er eerst een export van met imessage-exporter en lever alleen het gesprek in dat bij uw werk hoort.',
  'teams-json': `Dit komt uit Teams, maar er staan geen berichten in die we kunnen lezen. Lever het bestand in met de berichten zelf (messages.json).`,
  'messenger-json': `Dit komt uit Messenger of Instagram, maar er staan geen berichten in die we kunnen lezen. Lever de map van het gesprek in, met message_1.json.`,
  rsmf: 'Dit is een RSMF-bestand, maar het is niet compleet. Maak het opnieuw en lever het in.',
  'threema-csv': 'Dit is een lijst uit Threema, maar niet die met berichten. Lever het bestand in dat begint met message_ of messages_.',
  'imazing-csv': 'Dit is een tabel uit iMazing, maar we kunnen er geen berichten in vinden. Maak de export opnieuw en kies CSV of tekst.',
  'itunes-backup': `Dit hoort bij een reservekopie van een iPhone (iTunes of Finder). Daarin staat de hele telefoon; die nemen we niet aan. ${chooseChat}`,
  'android-backup': `Dit is een reservekopie van een Android-telefoon. Daarin staat meer dan de chat; die nemen we niet aan. ${chooseChat}`,
  database: `Dit is een database, geen chat-export. ${notKept} ${chooseChat}`,
  pdf: `Dit is een PDF. Daaruit kunnen we geen losse berichten lezen. ${chooseChat}`,
  picture: `Dit is een foto of een schermafdruk. Daaruit kunnen we geen losse berichten lezen. ${chooseChat}`,
  video: `Dit is een video. ${chooseChat} Kies "met media" als de video erbij hoort.`,
  audio: `Dit is een geluidsopname. ${chooseChat} Kies "met media" als de opname erbij hoort.`,
  office: `Dit is een bestand van Word, Excel, PowerPoint of Outlook. ${chooseChat} Is het een tabel met berichten? Sla die in Excel op als CSV en lever dat bestand in.`,
  rtf: `Dit is een tekstdocument (RTF). ${chooseChat}`,
  email: 'Dit is een e-mail. Sla de bijlage met de chat op en lever die bijlage in. E-mail zelf hoort in uw mailarchief.',
  mailbox: 'Dit is een postvak met e-mail (PST of MBOX). E-mail hoort in uw mailarchief. Lever alleen de export van de chat in.',
  contacts: `Dit is een lijst met contacten (vCard). Daar staan geen berichten in. ${chooseChat}`,
  calendar: `Dit is een agenda (iCalendar). Daar staan geen berichten in. ${chooseChat}`,
  '7z': 'Dit bestand is ingepakt als 7z. Pak het uit, maak er een gewone zip van en lever die in.',
  rar: 'Dit bestand is ingepakt als RAR. Pak het uit, maak er een gewone zip van en lever die in.',
  gzip: 'Dit bestand is ingepakt als gzip of tar. Pak het uit, maak er een gewone zip van en lever die in.',
  html: `Dit is een webpagina, maar niet uit een chat-app die we kennen. ${chooseChat}`,
  xml: `Dit is een XML-bestand, maar geen reservekopie van sms-berichten. Maak die met de app SMS Backup & Restore en lever dat bestand in.`,
  json: 'Dit is een JSON-bestand, maar we vinden er geen lijst van berichten in met een tijd en een tekst. Lever het bestand in waarin de berichten zelf staan.',
  csv: 'Dit is een tabel, maar we vinden geen kolom met een tijd. Voeg de tijd van elk bericht toe aan de tabel en lever die opnieuw in.',
  'plain-text': `Dit is tekst, maar geen chat-export: er staan geen regels in met een datum, een tijd en een afzender. ${chooseChat}`,
  binary: `Dit bestand kennen we niet; het kan versleuteld of beschadigd zijn. ${chooseChat}`,
};

export function refusalSentence({ code, evidence }: NonNullable<Bundle['problem']>): string {
  const what = recognisedKinds.find((kind) => kind === evidence?.['what']);
  return what === undefined || what === 'zip' ? problemText[code] : sentences[what];
}
