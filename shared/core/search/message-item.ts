// A record as the API shows it.
import type { Presence, RecordKind, TimeCertainty } from '#core/model/chat.ts';
import type { LocalTime } from '#core/model/time.ts';
import type { FiledRecord } from './segment.ts';

export interface MessageItem {
  readonly id: string;
  readonly ordinal: number;
  readonly kind: RecordKind;
  readonly sender: string | null;
  readonly sentAt: { readonly local: LocalTime; readonly certainty: TimeCertainty };
  readonly text: string;
  readonly edited?: true;
  readonly deleted?: NonNullable<FiledRecord['deleted']>;
  readonly attachments: readonly AttachmentItem[];
  readonly system?: NonNullable<FiledRecord['system']>;
}

export interface AttachmentItem {
  readonly n?: number;
  readonly name: string;
  readonly presence: Presence;
  readonly mediaType?: string;
  readonly size?: number;
  readonly sha256?: string;
}

export function messageIdOf(bundleId: string, n: number, ordinal: number): string {
  return `${bundleId}.${n}.${ordinal}`;
}

export function toMessageItem(bundleId: string, n: number, ordinal: number, record: FiledRecord): MessageItem {
  const { kind, sender, local, certainty, text, edited, deleted, attachments = [], system } = record;
  return {
    id: messageIdOf(bundleId, n, ordinal),
    ordinal,
    kind,
    sender,
    sentAt: { local, certainty },
    text,
    ...(edited === undefined ? {} : { edited }),
    ...(deleted === undefined ? {} : { deleted }),
    attachments: attachments.map((attachment) => ({
      ...(attachment.n === undefined ? {} : { n: attachment.n }),
      name: attachment.name,
      presence: attachment.presence,
    })),
    ...(system === undefined ? {} : { system }),
  };
}
