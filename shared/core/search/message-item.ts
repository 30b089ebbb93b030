// A record as the API shows it.
import type { Absence, Presence, Reaction, RecordKind, ReplyTo, TimeCertainty } from '#core/model/chat.ts';
import type { Instant, LocalTime } from '#core/model/time.ts';
import type { FiledRecord } from './segment.ts';

/** The zone in which `local` stands where the moment is exact. */
const exactZone = 'Europe/Amsterdam';

export interface MessageItem {
  readonly id: string;
  readonly ordinal: number;
  readonly kind: RecordKind;
  readonly sender: string | null;
  readonly sentAt: { readonly local: LocalTime; readonly instant?: Instant; readonly zone?: string; readonly certainty: TimeCertainty };
  readonly text: string;
  readonly edited?: true;
  readonly revisions?: NonNullable<FiledRecord['revisions']>;
  readonly deleted?: NonNullable<FiledRecord['deleted']>;
  readonly attachments: readonly AttachmentItem[];
  readonly system?: NonNullable<FiledRecord['system']>;
  readonly direction?: NonNullable<FiledRecord['direction']>;
  readonly status?: NonNullable<FiledRecord['status']>;
  /** Id of the message that is answered, where it is known. */
  readonly replyTo?: string;
  readonly quoted?: { readonly text?: string; readonly sender?: string };
  readonly reactions?: readonly Reaction[];
  readonly forwarded?: NonNullable<FiledRecord['forwarded']>;
  readonly call?: NonNullable<FiledRecord['call']>;
}

export interface AttachmentItem {
  readonly n?: number;
  readonly name: string;
  readonly presence: Presence;
  readonly absence?: Absence;
  readonly mediaType?: string;
  readonly size?: number;
  readonly sha256?: string;
}

export function messageIdOf(bundleId: string, n: number, ordinal: number): string {
  return `${bundleId}.${n}.${ordinal}`;
}

export function toMessageItem(bundleId: string, n: number, ordinal: number, record: FiledRecord): MessageItem {
  const { kind, sender, local, instant, certainty, text, attachments = [], replyTo } = record;
  return {
    id: messageIdOf(bundleId, n, ordinal),
    ordinal,
    kind,
    sender,
    sentAt: { local, ...(instant === undefined ? {} : { instant, zone: exactZone }), certainty },
    text,
    ...given(record),
    attachments: attachments.map((attachment) => ({
      ...(attachment.n === undefined ? {} : { n: attachment.n }),
      name: attachment.name,
      presence: attachment.presence,
      ...(attachment.absence === undefined ? {} : { absence: attachment.absence }),
    })),
    ...(replyTo?.ordinal === undefined ? {} : { replyTo: messageIdOf(bundleId, n, replyTo.ordinal) }),
    ...(replyTo === undefined || (replyTo.text ?? replyTo.sender) === undefined ? {} : { quoted: quotedOf(replyTo) }),
  };
}

/** What stands in the answer as it stands in the record. */
const givenFields = ['edited', 'revisions', 'deleted', 'system', 'direction', 'status', 'reactions', 'forwarded', 'call'] as const;

function given(record: FiledRecord): Pick<FiledRecord, (typeof givenFields)[number]> {
  return Object.fromEntries(givenFields.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]])));
}

function quotedOf({ text, sender }: ReplyTo): { readonly text?: string; readonly sender?: string } {
  return { ...(text === undefined ? {} : { text }), ...(sender === undefined ? {} : { sender }) };
}
