// Dutch sentences of the receipt that an employee gets (B1, "u").
import type { DoubtSeverity } from '#core/model/doubt.ts';
import type { SiftReason } from '#core/model/sift.ts';

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

export const receiptText = {
  title: 'Ontvangstbewijs',
  subject: 'Ontvangst van een chat-export in het archief',
  intro: (organisation: string) => `${organisation} bevestigt dat het bestand hieronder is ingeleverd bij het archief.`,
  id: 'Kenmerk',
  file: 'Bestand',
  nameGone: 'naam niet bewaard',
  size: 'Grootte',
  bytes: (n: number) => `${n} bytes`,
  sha256: 'Vingerafdruk (SHA-256)',
  keptSha256: 'Vingerafdruk van het bewaarde bestand, zonder sleutels van de app',
  uploader: 'Ingeleverd door',
  received: 'Aangemeld op',
  indexed: 'Opgenomen op',
  made: 'Dit bewijs is gemaakt op',
  readHeading: 'Wat er gelezen is',
  conversations: 'Gesprekken',
  messages: 'Berichten',
  system: 'Systeemregels',
  attachments: 'Bijlagen',
  attachmentCounts: (present: number, missing: number, omitted: number) => `${present} bewaard, ${missing} ontbreken, ${omitted} niet meegegeven bij de export`,
  period: 'Periode van de berichten',
  notRead: 'nog niet gelezen',
  doubtsHeading: 'Wat niet zeker is',
  noDoubts: 'Er zijn geen twijfels. Elke regel van het bestand is gelezen.',
  severity: { note: 'Ter info', warning: 'Let op', question: 'Vraag' } satisfies Record<DoubtSeverity, string>,
  caseHeading: 'Zaak en bewaartermijn',
  cases: 'Zaken',
  noCase: 'nog geen zaak',
  retention: 'Bewaartermijn',
  keepHeading: 'Waarom dit bewaard wordt',
  noKeep: 'Bij het inleveren zijn de vragen over bewaren niet beantwoord.',
  siftHeading: 'Wat de inzender heeft weggelaten of gemerkt',
  siftCut: (records: number) =>
    `${counted(records, 'bericht is', 'berichten zijn')} voor het versturen weggelaten. Deze berichten zijn nooit in het archief gekomen.`,
  siftMarked: (records: number) => `${counted(records, 'bericht is', 'berichten zijn')} als privé gemerkt. Het hele bestand is verstuurd.`,
  siftReasons: {
    private: 'Privé',
    health: 'Over gezondheid',
    'third-party': 'Over een ander die er niets mee te maken heeft',
    'other-case': 'Hoort bij een andere zaak',
  } satisfies Record<SiftReason, string>,
  siftRecords: (records: number) => counted(records, 'bericht', 'berichten'),
  siftLeftOut: (conversations: number, records: number) =>
    `${counted(conversations, 'heel gesprek', 'hele gesprekken')} met ${counted(records, 'bericht', 'berichten')} niet verstuurd`,
  siftKeysOnly: 'Alle berichten zijn verstuurd. Sleutels van het account van de app zijn voor het versturen uit het bestand gehaald.',
  siftKeys: 'Sleutels van het account die zijn weggehaald',
  siftFiles: 'Bestanden die niet zijn verstuurd',
  siftOriginal: 'Vingerafdruk van het hele bestand (SHA-256)',
  keepThis: 'Bewaar dit bewijs. Met de vingerafdruk kunt u later aantonen welk bestand u hebt ingeleverd.',
} as const;
