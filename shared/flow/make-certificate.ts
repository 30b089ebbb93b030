// The certificate of an executed list: numbered, JSON and PDF written once into the ledger, their hashes in the catalogue.
// What lies in the ledger already is the truth: a run that broke off is finished from it.
import { buildCertificate, type Certificate } from '#core/export/certificate.ts';
import type { ListItem } from '#core/model/destruction-list.ts';
import type { CertificateId } from '#core/model/id.ts';
import { addDays } from '#core/retention/calendar.ts';
import { actionsTaken } from '#core/retention/list-steps.ts';
import { selectionList2020, selectionResult } from '#core/retention/selection-list.ts';
import type { CertificateStore } from '#store/certificate-store.ts';
import type { Ledger } from '#store/ledger.ts';
import type { ListStore, StoredList } from '#store/list-store.ts';
import type { SettingsStore } from '#store/settings-store.ts';
import { ledgerKey } from '#store/table.ts';
import type { NeedsAudit } from './needs.ts';

export interface NeedsCertificate extends NeedsAudit {
  readonly lists: ListStore;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly certificates: CertificateStore;
  readonly ledger: Ledger;
  readonly renderCertificate: (certificate: Certificate) => Promise<Uint8Array>;
}

/** Point-in-time recovery of the catalogue reaches back so many days. */
const backupDays = 35;

export async function makeCertificate(needs: NeedsCertificate, list: StoredList, items: readonly ListItem[]): Promise<CertificateId> {
  const plan = list.certificatePlan;
  if (plan === undefined) throw new Error('certificate: the execution has no plan');
  const [jsonKey, pdfKey] = [ledgerKey.certificateJson(plan.id), ledgerKey.certificatePdf(plan.id)];
  const json = (await needs.ledger.get(jsonKey)) ?? (await needs.ledger.putOnce(jsonKey, await certificateBytes(needs, list, items, plan), 'application/json'));
  const certificate = parsed(json.bytes);
  const pdf = (await needs.ledger.get(pdfKey)) ?? (await needs.ledger.putOnce(pdfKey, await needs.renderCertificate(certificate), 'application/pdf'));
  await needs.certificates.put({
    id: plan.id,
    number: certificate.number,
    listId: list.id,
    madeAt: certificate.madeAt,
    json: { key: jsonKey, sha256: json.sha256 },
    pdf: { key: pdfKey, sha256: pdf.sha256 },
  });
  return plan.id;
}

async function certificateBytes(
  needs: NeedsCertificate,
  list: StoredList,
  items: readonly ListItem[],
  plan: NonNullable<StoredList['certificatePlan']>,
): Promise<Uint8Array> {
  const { settings } = await needs.settings.get();
  const certificate = buildCertificate({
    id: plan.id,
    number: await needs.certificates.takeNumber(plan.on.slice(0, 4), plan.id),
    organisation: settings.organisation,
    madeAt: needs.clock.now(),
    madeOn: needs.clock.today(),
    list,
    items,
    actions: actionsTaken(list.steps).map(({ action }) => action),
    selectionList: { name: selectionList2020.name, version: selectionList2020.version },
    describe: (selection) => {
      const row = selectionResult(selectionList2020, selection);
      return row === null ? null : [row.result, row.description].filter((words) => words !== '').join(': ');
    },
    backupsUntil: addDays(needs.clock.today(), backupDays),
  });
  return new TextEncoder().encode(`${JSON.stringify(certificate, null, 2)}\n`);
}

function parsed(bytes: Uint8Array): Certificate {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Certificate;
  } catch {
    throw new Error('certificate: what lies in the ledger cannot be read');
  }
}
