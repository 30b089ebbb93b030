// What adds up over the records of one conversation: who takes part, what it is called, whether it is a group, what seems to be missing.
import type { ChatRecord, ConversationSummary } from '#core/model/chat.ts';
import type { Doubt } from '#core/model/doubt.ts';
import { mediaCounter } from './attachment.ts';
import type { FileFacts } from './file-facts.ts';
import { nameLayout } from './layout-code.ts';
import { isExporterWord, type SystemEvent } from './system-line.ts';

export interface Participant {
  records: number;
}

interface LayoutCount {
  readonly fromLine: number;
  records: number;
}

export interface ConversationNotes {
  readonly file: number;
  records: number;
  readonly participants: Map<string, Participant>;
  readonly layoutCounts: Map<number, LayoutCount>;
  lastLayout: { readonly layout: number; readonly count: LayoutCount } | null;
  groupEvents: number;
  /** Name before an iOS notice: the group, or the other party. */
  noticeLabel: string | null;
  subject: string | null;
  /** The export begins where the chat began: encryption notice or creation among the first records. */
  startSeen: boolean;
  counterOffset: number;
  missing: number;
  omitted: number;
}

const groupEvents: ReadonlySet<string> = new Set([
  'group-created',
  'member-added',
  'member-removed',
  'member-left',
  'member-joined-by-link',
  'member-joined',
  'admin-granted',
  'admin-revoked',
  'icon-changed',
  'description-changed',
  'subject-changed',
  'settings-changed',
  'link-reset',
]);

export function makeConversationNotes(file: number): ConversationNotes {
  return {
    file,
    records: 0,
    participants: new Map(),
    layoutCounts: new Map(),
    lastLayout: null,
    groupEvents: 0,
    noticeLabel: null,
    subject: null,
    startSeen: false,
    counterOffset: Number.NaN,
    missing: 0,
    omitted: 0,
  };
}

export function noteRecord(notes: ConversationNotes, line: number, layout: number): void {
  notes.records++;
  if (notes.lastLayout?.layout === layout) {
    notes.lastLayout.count.records++;
    return;
  }
  let count = notes.layoutCounts.get(layout);
  if (count === undefined) {
    count = { fromLine: line, records: 0 };
    notes.layoutCounts.set(layout, count);
  }
  count.records++;
  notes.lastLayout = { layout, count };
}

export function participantOf(notes: ConversationNotes, label: string): Participant {
  let participant = notes.participants.get(label);
  if (participant === undefined) {
    participant = { records: 0 };
    notes.participants.set(label, participant);
  }
  return participant;
}

/** One name, not a list of names: "Piet, Jan en 3 anderen" names nobody for sure. */
function isOneName(label: string): boolean {
  return !isExporterWord(label) && label.length <= 80 && !/, | (?:en|and|und|et) /.test(label);
}

export function noteEvent(notes: ConversationNotes, said: SystemEvent, line: number, doubts: Doubt[]): void {
  if (groupEvents.has(said.event)) notes.groupEvents++;
  for (const label of [said.actor, said.target]) {
    if (label !== undefined && isOneName(label)) participantOf(notes, label);
  }
  if (notes.records <= 5 && (said.event === 'encryption' || said.event === 'group-created')) notes.startSeen = true;
  if (said.to !== undefined && (said.event === 'subject-changed' || said.event === 'group-created')) notes.subject = said.to;
  if (said.event === 'timer-on') doubts.push({ code: 'timer.on', severity: 'warning', place: { file: notes.file, line } });
}

/** Missing files are named one by one when files came along; with text alone they are counted. */
export function noteAttachments(notes: ConversationNotes, record: ChatRecord, withFiles: boolean, doubts: Doubt[]): void {
  const line = record.lines[0];
  for (const { name, presence } of record.attachments ?? []) {
    if (presence === 'omitted') notes.omitted++;
    if (presence === 'missing') {
      notes.missing++;
      if (withFiles) doubts.push({ code: 'attachment.missing', severity: 'warning', place: { file: notes.file, line } });
    }
    const counter = mediaCounter(name);
    if (counter < 0) continue;
    const offset = counter - notes.records;
    if (!Number.isNaN(notes.counterOffset) && offset !== notes.counterOffset) {
      doubts.push({
        code: 'media-counter.jumps',
        severity: 'warning',
        place: { file: notes.file, line },
        evidence: { counter, expected: notes.records + notes.counterOffset, records: offset - notes.counterOffset },
      });
    }
    notes.counterOffset = offset;
  }
}

/** WhatsApp keeps the newest 40,000 messages, or 10,000 with media, and says nothing about the rest. */
function isAtLimit(records: number): boolean {
  return Math.abs(records - 40_000) <= 10 || Math.abs(records - 10_000) <= 10;
}

export function endConversation(
  notes: ConversationNotes,
  facts: FileFacts,
  withFiles: boolean,
): { readonly summary: ConversationSummary; readonly doubts: readonly Doubt[] } {
  const doubts: Doubt[] = [];
  const { file } = notes;
  const senders = [...notes.participants].filter(([, { records }]) => records > 0);
  const isGroup = notes.groupEvents > 0 || senders.length > 2;
  const named = facts.named?.title ?? null;
  const other = named ?? notes.noticeLabel;
  const isDirect = !isGroup && senders.length > 0 && other !== null && senders.some(([label]) => label === other);
  const title = named ?? (isDirect ? notes.noticeLabel : (notes.noticeLabel ?? notes.subject));
  if (isGroup && title !== null && (notes.participants.get(title)?.records ?? 0) > 0) {
    doubts.push({ code: 'sender.looks-like-subject', severity: 'warning', place: { file }, count: notes.participants.get(title)?.records ?? 0 });
  }
  if (notes.omitted > 0) doubts.push({ code: 'attachment.omitted', severity: 'note', place: { file }, count: notes.omitted });
  if (notes.missing > 0 && !withFiles) doubts.push({ code: 'attachment.missing', severity: 'warning', place: { file }, count: notes.missing });
  if (!notes.startSeen && isAtLimit(notes.records))
    doubts.push({ code: 'truncation.suspected', severity: 'warning', place: { file }, evidence: { records: notes.records } });
  const finding = facts.plan?.finding ?? { order: 'dmy' as const, certainty: 'ambiguous' as const, evidence: [], readings: [] };
  return {
    doubts,
    summary: {
      platform: 'whatsapp',
      kind: isGroup ? 'group' : isDirect ? 'direct' : 'unknown',
      title,
      participants: [...notes.participants].map(([label, { records }]) => ({ label, records })),
      dateOrder: finding,
      layouts: [...notes.layoutCounts].map(([layout, { fromLine, records }]) => ({ layout: nameLayout(layout), fromLine, records })),
    },
  };
}
