// How to export a chat, app by app (B1, "u"), each in its own file. Not hung in text.nl.ts: it is fetched only when somebody asks for help.
import type { Guide } from '../help/drawing.ts';
import type { GuideApp } from '../help/guide-apps.ts';
import { imessageGuide } from './export-guides/imessage.nl.ts';
import { messengerGuide } from './export-guides/messenger.nl.ts';
import { signalGuide } from './export-guides/signal.nl.ts';
import { smsGuide } from './export-guides/sms.nl.ts';
import { teamsGuide } from './export-guides/teams.nl.ts';
import { telegramGuide } from './export-guides/telegram.nl.ts';
import { threemaGuide } from './export-guides/threema.nl.ts';
import { whatsappGuide } from './export-guides/whatsapp.nl.ts';

export const exportGuides: Readonly<Record<GuideApp, Guide>> = {
  whatsapp: whatsappGuide,
  signal: signalGuide,
  sms: smsGuide,
  telegram: telegramGuide,
  imessage: imessageGuide,
  teams: teamsGuide,
  messenger: messengerGuide,
  threema: threemaGuide,
};

export const guideText = {
  title: (app: string) => `Een chat exporteren uit ${app}`,
  file: 'Wat u inlevert',
  leftOut: 'Wat er niet in de export zit',
  leftOutLead: 'Dat ligt aan de app. Woordspoor verzint niets en vult niets aan.',
  settings: 'Aangeraden instellingen',
  settingsLead: 'Zet deze op elke telefoon waarmee u over uw werk chat, ook op uw eigen telefoon.',
  checked: (against: string) => `Nagekeken op 24 november 2026. ${against}`,
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
