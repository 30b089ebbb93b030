// Certificate of destruction (verklaring van vernietiging, Archiefbesluit 1995 art. 8): specification, ground, manner, dates, approvers, proof.
// No names, titles or content: people are their pseudonymous subjects, chats are hashes and counts.
import type { BundleCounts } from '#core/model/bundle.ts';
import type { DestructionInventory, DestructionList, DestructionProof, LeaveReason, ListItem, ListState } from '#core/model/destruction-list.ts';
import type { BundleId, CaseId, CertificateId, ListId } from '#core/model/id.ts';
import type { CalendarDate, Instant, LocalTime } from '#core/model/time.ts';
import { certificateText } from './text.nl.ts';

export interface CertificateCategory {
  /** Selection-list result; null: own period. */
  readonly selection: string | null;
  readonly description: string | null;
  readonly bundles: number;
  readonly conversations: number;
  readonly records: number;
  readonly messages: number;
  readonly attachments: number;
  readonly dates: { readonly first: LocalTime; readonly last: LocalTime } | null;
  readonly due: { readonly first: CalendarDate; readonly last: CalendarDate };
}

export interface CertificateBundle {
  readonly bundleId: BundleId;
  readonly sha256: string;
  readonly caseIds: readonly CaseId[];
  readonly selection: string | null;
  readonly actionDate: CalendarDate;
  readonly counts: BundleCounts | null;
  readonly period: { readonly first: LocalTime; readonly last: LocalTime } | null;
  readonly found: DestructionInventory | null;
  readonly verifiedAt: Instant;
  readonly left: DestructionProof['left'];
}

export interface Certificate {
  readonly id: CertificateId;
  readonly number: string;
  readonly kind: 'verklaring van vernietiging';
  readonly version: 1;
  readonly legalBasis: string;
  readonly organisation: string;
  readonly madeAt: Instant;
  readonly madeOn: CalendarDate;
  readonly keptPermanently: true;
  readonly list: { readonly id: ListId; readonly name: string; readonly createdOn: CalendarDate };
  readonly ground: {
    readonly selectionList: { readonly name: string; readonly version: string } | null;
    readonly selections: readonly string[];
    readonly ownPeriods: boolean;
  };
  readonly authorisation: {
    readonly kind: DestructionList['authorisation'];
    readonly decisionReference: string | null;
    readonly steps: readonly { readonly action: string; readonly to: ListState; readonly role: string; readonly by: string; readonly at: Instant }[];
  };
  readonly manner: string;
  readonly executed: { readonly first: Instant; readonly last: Instant } | null;
  readonly categories: readonly CertificateCategory[];
  readonly destroyed: readonly CertificateBundle[];
  readonly alreadyAbsent: readonly { readonly bundleId: BundleId; readonly caseIds: readonly CaseId[]; readonly selection: string | null }[];
  readonly leftOut: readonly { readonly bundleId: BundleId; readonly reason: LeaveReason }[];
  readonly backups: { readonly catalogueUntil: CalendarDate; readonly holds: string };
}

export interface CertificateFacts {
  readonly id: CertificateId;
  readonly number: string;
  readonly organisation: string;
  readonly madeAt: Instant;
  readonly madeOn: CalendarDate;
  readonly list: DestructionList;
  readonly items: readonly ListItem[];
  /** What each step on the list was; from the rules of the list. */
  readonly actions: readonly string[];
  readonly selectionList: { readonly name: string; readonly version: string };
  readonly describe: (selection: string) => string | null;
  /** Last day on which a backup of the catalogue can hold ids of these bundles. */
  readonly backupsUntil: CalendarDate;
}

type Destroyed = ListItem & { readonly proof: DestructionProof };

function isDestroyed(item: ListItem): item is Destroyed {
  return item.outcome === 'destroyed' && item.proof !== undefined;
}

function lowest<T extends string>(values: readonly T[]): T | null {
  return values.reduce<T | null>((best, value) => (best === null || value < best ? value : best), null);
}

function highest<T extends string>(values: readonly T[]): T | null {
  return values.reduce<T | null>((best, value) => (best === null || value > best ? value : best), null);
}

function span<T extends string>(firsts: readonly T[], lasts: readonly T[]): { readonly first: T; readonly last: T } | null {
  const [first, last] = [lowest(firsts), highest(lasts)];
  return first === null || last === null ? null : { first, last };
}

function total(items: readonly Destroyed[], count: (counts: BundleCounts) => number): number {
  return items.reduce((sum, { counts }) => sum + (counts === null ? 0 : count(counts)), 0);
}

function categoryOf(selection: string | null, items: readonly Destroyed[], describe: CertificateFacts['describe']): CertificateCategory[] {
  const periods = items.flatMap(({ proof }) => (proof.period === null ? [] : [proof.period]));
  const dates = items.map(({ actionDate }) => actionDate);
  const due = span(dates, dates);
  if (due === null) return [];
  return [
    {
      selection,
      description: selection === null ? null : describe(selection),
      bundles: items.length,
      conversations: total(items, (counts) => counts.conversations),
      records: total(items, (counts) => counts.records),
      messages: total(items, (counts) => counts.messages),
      attachments: total(items, (counts) => counts.attachments.present),
      dates: span(
        periods.map(({ first }) => first),
        periods.map(({ last }) => last),
      ),
      due,
    },
  ];
}

export function buildCertificate(facts: CertificateFacts): Certificate {
  const { list } = facts;
  const items = facts.items.toSorted((a, b) => (a.bundleId < b.bundleId ? -1 : 1));
  const destroyed = items.filter(isDestroyed);
  const selections = [...new Set(destroyed.flatMap(({ selection }) => (selection === null ? [] : [selection])))].sort();
  const ownPeriods = destroyed.some(({ selection }) => selection === null);
  const times = destroyed.map(({ proof }) => proof.verifiedAt);
  return {
    id: facts.id,
    number: facts.number,
    kind: 'verklaring van vernietiging',
    version: 1,
    legalBasis: certificateText.legalBasis,
    organisation: facts.organisation,
    madeAt: facts.madeAt,
    madeOn: facts.madeOn,
    keptPermanently: true,
    list: { id: list.id, name: list.name, createdOn: list.createdOn },
    ground: { selectionList: selections.length === 0 ? null : facts.selectionList, selections, ownPeriods },
    authorisation: {
      kind: list.authorisation,
      decisionReference: list.decisionReference,
      steps: list.steps.map(({ to, role, by, at }, i) => ({ action: facts.actions[i] ?? 'by-itself', to, role, by, at })),
    },
    manner: certificateText.manner,
    executed: span(times, times),
    categories: [
      ...selections.flatMap((selection) =>
        categoryOf(
          selection,
          destroyed.filter((item) => item.selection === selection),
          facts.describe,
        ),
      ),
      ...categoryOf(
        null,
        destroyed.filter((item) => item.selection === null),
        facts.describe,
      ),
    ],
    destroyed: destroyed.map(({ bundleId, caseIds, selection, actionDate, counts, inventory, proof }) => ({
      bundleId,
      sha256: proof.sha256,
      caseIds,
      selection,
      actionDate,
      counts,
      period: proof.period,
      found: inventory ?? null,
      verifiedAt: proof.verifiedAt,
      left: proof.left,
    })),
    alreadyAbsent: items.flatMap(({ outcome, bundleId, caseIds, selection }) => (outcome === 'already-absent' ? [{ bundleId, caseIds, selection }] : [])),
    leftOut: [
      ...list.excluded.map(({ bundleId, reason }) => ({ bundleId, reason })),
      ...items.flatMap(({ outcome, bundleId, reason }) =>
        outcome === 'left-out' && !list.excluded.some((one) => one.bundleId === bundleId) ? [{ bundleId, reason: reason ?? 'wrong-state' }] : [],
      ),
    ],
    backups: { catalogueUntil: facts.backupsUntil, holds: 'kenmerken, aantallen en datums; geen inhoud' },
  };
}
