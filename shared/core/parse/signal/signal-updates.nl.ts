// Notices of Signal carry no text, only a kind with names: here they become a sentence that can be read and found.
import type { CallOutcome, ChatRecord } from '#core/model/chat.ts';
import { isObject, type Json, stringOf } from '../json-value.ts';

export interface SignalNotice {
  readonly event: NonNullable<ChatRecord['system']>;
  readonly text: string;
  /** False: a kind that is not in the tables, named as the export names it. */
  readonly known: boolean;
  /** A call that one person made to another: it has a sender. */
  readonly call?: { readonly outcome: CallOutcome; readonly outgoing: boolean };
}

export interface NoticeNames {
  readonly author: string;
  readonly service: (id: string | null) => string | null;
  readonly recipient: (id: string | null) => string;
}

type Wording = readonly [event: string, sentence: string];

/** `{wie}`: who did it · `{ander}`: to whom · `{naar}`: what it became. */
const simple: Readonly<Record<string, Wording>> = {
  JOINED_SIGNAL: ['contact-notice', '{wie} gebruikt nu Signal'],
  IDENTITY_UPDATE: ['security-changed', 'Het veiligheidsnummer met {wie} is veranderd'],
  IDENTITY_VERIFIED: ['security-changed', 'Het veiligheidsnummer met {wie} is gecontroleerd'],
  IDENTITY_DEFAULT: ['security-changed', 'Het veiligheidsnummer met {wie} is niet meer gecontroleerd'],
  CHANGE_NUMBER: ['number-changed', '{wie} heeft een ander nummer'],
  END_SESSION: ['session-reset', 'De beveiligde sessie is opnieuw begonnen'],
  CHAT_SESSION_REFRESH: ['session-reset', 'De beveiligde sessie is vernieuwd'],
  BAD_DECRYPT: ['message-undecryptable', 'Een bericht van {wie} kon niet worden ontsleuteld'],
  UNSUPPORTED_PROTOCOL_MESSAGE: ['message-unsupported', 'Een bericht van {wie} kon niet worden getoond in deze versie van Signal'],
  PAYMENTS_ACTIVATED: ['payment-notice', '{wie} kan nu betalingen ontvangen'],
  PAYMENT_ACTIVATION_REQUEST: ['payment-notice', '{wie} wil een betaling sturen'],
  RELEASE_CHANNEL_DONATION_REQUEST: ['contact-notice', 'Verzoek van Signal om een gift'],
  REPORTED_SPAM: ['contact-notice', 'Gemeld als ongewenst'],
  BLOCKED: ['contact-notice', 'Het gesprek is geblokkeerd'],
  UNBLOCKED: ['contact-notice', 'De blokkade is opgeheven'],
  MESSAGE_REQUEST_ACCEPTED: ['contact-notice', 'Het berichtverzoek is geaccepteerd'],
};

const group: Readonly<Record<string, Wording>> = {
  genericGroupUpdate: ['group-changed', '{wie} heeft de groep gewijzigd'],
  groupCreationUpdate: ['group-created', '{wie} heeft de groep gemaakt'],
  groupNameUpdate: ['subject-changed', '{wie} heeft de naam veranderd in: {naar}'],
  groupAvatarUpdate: ['icon-changed', '{wie} heeft de groepsfoto veranderd'],
  groupDescriptionUpdate: ['description-changed', '{wie} heeft de beschrijving veranderd in: {naar}'],
  groupMembershipAccessLevelChangeUpdate: ['settings-changed', '{wie} heeft gewijzigd wie leden mag toevoegen'],
  groupAttributesAccessLevelChangeUpdate: ['settings-changed', '{wie} heeft gewijzigd wie de groep mag aanpassen'],
  groupAnnouncementOnlyChangeUpdate: ['settings-changed', '{wie} heeft gewijzigd wie berichten mag sturen'],
  groupAdminStatusUpdate: ['admin-changed', '{wie} heeft het beheer gewijzigd van {ander}'],
  groupMemberLeftUpdate: ['member-left', '{ander} heeft de groep verlaten'],
  groupMemberRemovedUpdate: ['member-removed', '{wie} heeft verwijderd: {ander}'],
  selfInvitedToGroupUpdate: ['member-invited', '{wie} heeft de houder van dit account uitgenodigd'],
  selfInvitedOtherUserToGroupUpdate: ['member-invited', 'De houder van dit account heeft uitgenodigd: {ander}'],
  groupUnknownInviteeUpdate: ['member-invited', '{wie} heeft iemand uitgenodigd'],
  groupInvitationAcceptedUpdate: ['member-joined', '{ander} heeft de uitnodiging aangenomen'],
  groupInvitationDeclinedUpdate: ['member-invited', '{ander} heeft de uitnodiging afgewezen'],
  groupMemberJoinedUpdate: ['member-joined', '{ander} is lid geworden'],
  groupMemberAddedUpdate: ['member-added', '{wie} heeft toegevoegd: {ander}'],
  groupSelfInvitationRevokedUpdate: ['member-invited', '{wie} heeft de uitnodiging ingetrokken'],
  groupInvitationRevokedUpdate: ['member-invited', '{wie} heeft uitnodigingen ingetrokken'],
  groupJoinRequestUpdate: ['member-invited', '{ander} wil lid worden'],
  groupJoinRequestApprovalUpdate: ['member-joined', '{wie} heeft beslist over het verzoek van {ander}'],
  groupJoinRequestCanceledUpdate: ['member-invited', '{ander} heeft het verzoek ingetrokken'],
  groupSequenceOfRequestsAndCancelsUpdate: ['member-invited', '{ander} heeft verzoeken gedaan en ingetrokken'],
  groupInviteLinkEnabledUpdate: ['settings-changed', '{wie} heeft de groepslink aangezet'],
  groupInviteLinkDisabledUpdate: ['settings-changed', '{wie} heeft de groepslink uitgezet'],
  groupInviteLinkResetUpdate: ['settings-changed', '{wie} heeft de groepslink vernieuwd'],
  groupInviteLinkAdminApprovalUpdate: ['settings-changed', '{wie} heeft gewijzigd of een beheerder nieuwe leden goedkeurt'],
  groupMemberJoinedByLinkUpdate: ['member-joined-by-link', '{ander} kwam erbij via een link'],
  groupV2MigrationUpdate: ['group-migrated', 'De groep is omgezet in een nieuwe soort groep'],
  groupV2MigrationSelfInvitedUpdate: ['group-migrated', 'De houder van dit account is uitgenodigd bij de omgezette groep'],
  groupV2MigrationInvitedMembersUpdate: ['group-migrated', 'Leden zijn uitgenodigd bij de omgezette groep'],
  groupV2MigrationDroppedMembersUpdate: ['group-migrated', 'Leden zijn weggevallen bij het omzetten van de groep'],
};

function said(sentence: string, who: string, other: string, to: string): string {
  return sentence
    .replace('{wie}', () => who)
    .replace('{ander}', () => other)
    .replace('{naar}', () => to);
}

function numberOf(value: unknown): number {
  const number = Number(stringOf(value) ?? '0');
  return Number.isFinite(number) ? number : 0;
}

export function timerWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds > 0 && seconds % 86_400 === 0) return seconds === 86_400 ? '1 dag' : `${seconds / 86_400} dagen`;
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600} uur`;
  if (seconds > 0 && seconds % 60 === 0) return `${seconds / 60} minuten`;
  return `${seconds} seconden`;
}

function timerNotice(who: string, ms: number): SignalNotice {
  return ms > 0
    ? { event: { event: 'timer-on', actor: who }, text: `${who} laat berichten verdwijnen na ${timerWords(ms)}`, known: true }
    : { event: { event: 'timer-off', actor: who }, text: `${who} laat berichten niet meer verdwijnen`, known: true };
}

/** A frame's `updateMessage`: one of its fields says what it is. */
export function signalNotice(update: Json, names: NoticeNames): SignalNotice {
  const who = names.author;
  const [kind = '', value] = Object.entries(update)[0] ?? [];
  const fields = isObject(value) ? value : {};
  const plain = (event: string, text: string, more: Partial<SignalNotice['event']> = {}): SignalNotice => ({ event: { event, ...more }, text, known: true });
  switch (kind) {
    case 'simpleUpdate': {
      const type = stringOf(fields['type']) ?? '';
      const wording = Object.hasOwn(simple, type) ? simple[type] : undefined;
      return wording === undefined ? unknown(who, type) : plain(wording[0], said(wording[1], who, '', ''), { actor: who });
    }
    case 'expirationTimerChange':
      return timerNotice(who, numberOf(fields['expiresInMs']));
    case 'profileChange': {
      const [from, to] = [stringOf(fields['previousName']) ?? '', stringOf(fields['newName']) ?? ''];
      return plain('name-changed', `${from} heet nu ${to}`, { actor: who, from, to });
    }
    case 'learnedProfileChange': {
      const from = stringOf(fields['username']) ?? (fields['e164'] === undefined ? '' : `+${stringOf(fields['e164']) ?? ''}`);
      return plain('name-changed', `${from} is ${who}`, { from, to: who });
    }
    case 'threadMerge':
      return plain('conversation-merged', `Gesprekken met ${who} zijn samengevoegd (eerder +${stringOf(fields['previousE164']) ?? ''})`);
    case 'sessionSwitchover':
      return plain('number-changed', `Gesprek met ${who} ging verder onder een ander nummer (+${stringOf(fields['e164']) ?? ''})`);
    case 'pollTerminate':
      return plain('poll-ended', `${who} heeft de peiling beëindigd: ${stringOf(fields['question']) ?? ''}`, { actor: who });
    case 'pinMessage':
      return plain('message-pinned', `${who} heeft een bericht vastgezet`, { actor: who });
    case 'individualCall': {
      const state = stringOf(fields['state']) ?? '';
      const video = fields['type'] === 'VIDEO_CALL';
      const outcome: CallOutcome =
        state === 'ACCEPTED' ? 'answered' : state === 'NOT_ACCEPTED' ? 'rejected' : state.startsWith('MISSED') ? 'missed' : 'unknown';
      const event = { event: video ? 'video-call' : 'voice-call' };
      return { event, text: video ? 'Video-oproep' : 'Spraakoproep', known: true, call: { outcome, outgoing: fields['direction'] === 'OUTGOING' } };
    }
    case 'groupCall': {
      const starter = fields['startedCallRecipientId'] ?? fields['ringerRecipientId'];
      const actor = starter === undefined ? who : names.recipient(stringOf(starter));
      return plain('call-in-group', `${actor} heeft een groepsgesprek gevoerd`, { actor });
    }
    case 'groupChange':
      return groupNotice(Array.isArray(fields['updates']) ? fields['updates'] : [], names);
    default:
      return unknown(who, kind);
  }
}

function groupNotice(updates: readonly unknown[], names: NoticeNames): SignalNotice {
  const notices = updates.filter(isObject).map((update) => oneGroupNotice(update, names));
  const [first] = notices;
  if (first === undefined) return unknown(names.author, 'groupChange');
  return { event: first.event, text: notices.map(({ text }) => text).join('\n'), known: notices.every(({ known }) => known) };
}

const otherFields = ['newMemberAci', 'memberAci', 'removedAci', 'aci', 'inviteeServiceId', 'requestorAci', 'invitee'] as const;
const whoFields = ['updaterAci', 'removerAci', 'inviterAci', 'revokerAci'] as const;

function oneGroupNotice(update: Json, names: NoticeNames): SignalNotice {
  const [kind = '', value] = Object.entries(update)[0] ?? [];
  const fields = isObject(value) ? value : {};
  const named = (keys: readonly string[]) => keys.map((key) => names.service(stringOf(fields[key]))).find((name) => name !== null) ?? null;
  const actor = named(whoFields);
  const target = named(otherFields);
  if (kind === 'groupExpirationTimerUpdate') return timerNotice(actor ?? names.author, numberOf(fields['expiresInMs']));
  const wording = Object.hasOwn(group, kind) ? group[kind] : undefined;
  if (wording === undefined) return unknown(actor ?? names.author, kind);
  const to = stringOf(fields['newGroupName']) ?? stringOf(fields['newDescription']);
  return {
    event: { event: wording[0], ...(actor === null ? {} : { actor }), ...(target === null ? {} : { target }), ...(to === null ? {} : { to }) },
    text: said(wording[1], actor ?? 'Iemand', target ?? 'Iemand', to ?? ''),
    known: true,
  };
}

function unknown(who: string, kind: string): SignalNotice {
  return { event: { event: 'unknown', actor: who }, text: [who, kind].filter((part) => part !== '').join(' · '), known: false };
}
