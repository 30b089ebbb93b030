// Notices in Signal Desktop's database carry a type and no words: here they become a sentence that can be read and found.
import type { ChatRecord } from '#core/model/chat.ts';

export interface SigtopNotice {
  readonly event: NonNullable<ChatRecord['system']>;
  readonly text: string;
  readonly known: boolean;
}

/** Types of rows that are notices; `incoming`, `outgoing` and `story` are messages. */
const notices: Readonly<Record<string, readonly [event: string, sentence: string]>> = {
  'call-history': ['call', 'Oproep'],
  'group-v2-change': ['group-changed', 'De groep is gewijzigd'],
  'group-v1-migration': ['group-migrated', 'De groep is omgezet in een nieuwe soort groep'],
  'timer-notification': ['timer-on', 'De tijd waarna berichten verdwijnen is gewijzigd'],
  'profile-change': ['name-changed', 'Een naam is gewijzigd'],
  'change-number-notification': ['number-changed', 'Iemand heeft een ander nummer'],
  'phone-number-discovery': ['number-changed', 'Een telefoonnummer is bekend geworden'],
  'title-transition-notification': ['name-changed', 'Een naam is bekend geworden'],
  'conversation-merge': ['conversation-merged', 'Gesprekken zijn samengevoegd'],
  keychange: ['security-changed', 'Het veiligheidsnummer is veranderd'],
  'verified-change': ['security-changed', 'De controle van het veiligheidsnummer is veranderd'],
  'delivery-issue': ['message-undecryptable', 'Een bericht kon niet worden afgeleverd'],
  'chat-session-refreshed': ['session-reset', 'De beveiligde sessie is vernieuwd'],
  'universal-timer-notification': ['timer-on', 'Berichten verdwijnen volgens de standaardinstelling'],
  'contact-removed-notification': ['contact-notice', 'Het contact is verwijderd'],
  'message-request-response-event': ['contact-notice', 'Er is geantwoord op een berichtverzoek'],
  'joined-signal-notification': ['contact-notice', 'Iemand gebruikt nu Signal'],
  'poll-terminate': ['poll-ended', 'Een peiling is beëindigd'],
  'pinned-message-notification': ['message-pinned', 'Een bericht is vastgezet'],
};

export function noticeOfType(type: string): SigtopNotice {
  const known = Object.hasOwn(notices, type) ? notices[type] : undefined;
  return known === undefined ? { event: { event: 'unknown' }, text: type, known: false } : { event: { event: known[0] }, text: known[1], known: true };
}
