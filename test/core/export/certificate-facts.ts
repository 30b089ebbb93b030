// A certificate's facts of our own fiction, for the tests of its parts.
import type { Certificate, CertificateFacts } from '#core/export/certificate.ts';
import { buildCertificate } from '#core/export/certificate.ts';
import type { ListItem } from '#core/model/destruction-list.ts';
import type { BundleId, CaseId, CertificateId, ListId } from '#core/model/id.ts';
import type { CalendarDate, Instant, LocalTime } from '#core/model/time.ts';

const listId = 'list_01J0000000000000000000000A' as ListId;
const at = (time: string) => `2031-04-${time}.000Z` as Instant;

export function item(n: number, given: Partial<ListItem> = {}): ListItem {
  return {
    listId,
    bundleId: `bundle_01J00000000000000000000${String(n).padStart(3, '0')}` as BundleId,
    caseIds: ['ZAAK-2025-0001' as CaseId],
    selection: '6.1',
    actionDate: '2031-03-01' as CalendarDate,
    counts: { conversations: 1, records: 78, messages: 69, systemMessages: 9, attachments: { present: 4, missing: 1, omitted: 0 } },
    keep: null,
    outcome: 'destroyed',
    reason: null,
    inventory: { segments: 1, versions: 5, cases: 1 },
    proof: {
      sha256: String(n).repeat(64).slice(0, 64),
      period: { first: '2025-05-02T16:08' as LocalTime, last: '2025-06-02T09:35' as LocalTime },
      verifiedAt: at('25T02:00:13'),
      left: { index: 0, vault: 0, intake: 0, catalogue: 0 },
    },
    ...given,
  };
}

export function facts(items: readonly ListItem[], given: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    id: 'certificate_01J0000000000000000000000A' as CertificateId,
    number: 'V-2031-0007',
    organisation: 'Gemeente Voorbeeld',
    madeAt: at('25T02:01:00'),
    madeOn: '2031-04-25' as CalendarDate,
    list: {
      id: listId,
      rev: 9,
      name: 'Vernietigingslijst 6.1 van 17-04-2031',
      state: 'executing',
      authorisation: 'per-list',
      decisionReference: null,
      selection: '6.1',
      createdOn: '2031-04-17' as CalendarDate,
      items: items.length,
      excluded: [],
      steps: [
        { to: 'in-review', by: 'sub-anna', role: 'records-manager', at: at('17T08:00:00'), remark: 'Overleg gehad met Jan de Vries' },
        { to: 'with-archivist', by: 'sub-bert', role: 'records-manager', at: at('17T09:00:00'), remark: null },
        { to: 'authorised', by: 'sub-carla', role: 'archivist', at: at('17T10:00:00'), remark: null },
        { to: 'cooling-off', by: 'sub-anna', role: 'records-manager', at: at('18T08:00:00'), remark: null },
        { to: 'executing', by: 'system', role: 'system', at: at('25T02:00:00'), remark: null },
      ],
      executeFrom: '2031-04-25' as CalendarDate,
      certificateId: null,
    },
    items,
    actions: ['submit', 'review', 'authorise', 'confirm', 'by-itself'],
    selectionList: { name: 'Selectielijst gemeenten en intergemeentelijke organen 2020', version: '2020' },
    describe: (selection) => (selection === '6.1' ? 'Ingewilligd' : null),
    backupsUntil: '2031-05-30' as CalendarDate,
    ...given,
  };
}

export function certificate(items: readonly ListItem[], given: Partial<CertificateFacts> = {}): Certificate {
  return buildCertificate(facts(items, given));
}
