// A key person with what is known of the uploads: handed in under the own account, or by others in this person's name.
import type { Bundle, BundleState } from '#core/model/bundle.ts';
import type { Custodian } from '#core/model/custodian.ts';
import type { BundleId } from '#core/model/id.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';
import { type UploadStanding, uploadStanding } from '#core/retention/upload-rhythm.ts';
import type { BundleStore } from '#store/bundle-store.ts';
import type { Item, Page } from '#store/catalogue.ts';
import type { CustodianStore } from '#store/custodian-store.ts';
import type { SettingsStore } from '#store/settings-store.ts';
import type { NeedsClock } from './needs.ts';

export interface NeedsReadCustodian extends NeedsClock {
  readonly bundles: Pick<BundleStore, 'getMany' | 'listByUploader'>;
  readonly custodians: Pick<CustodianStore, 'linksOf'>;
  readonly settings: Pick<SettingsStore, 'get'>;
}

export interface LastUpload {
  readonly bundleId: BundleId;
  readonly at: Instant;
  /** Day in the zone of the organisation. */
  readonly on: CalendarDate;
  readonly period: Bundle['period'];
}

export interface CustodianView {
  readonly custodian: Custodian;
  readonly lastUpload: LastUpload | null;
  readonly standing: UploadStanding;
}

/** Announced only, or not to be read: nothing has come in. */
const notHandedIn: readonly BundleState[] = ['awaiting-upload', 'refused'];
const looked = 20;

async function newest(step: (next: Item | null) => Promise<Page<Bundle>>, counts: (bundle: Bundle) => boolean): Promise<Bundle | null> {
  for (let next: Item | null = null; ; ) {
    const page: Page<Bundle> = await step(next);
    const found = page.items.find((bundle) => !notHandedIn.includes(bundle.state) && counts(bundle));
    if (found !== undefined || page.next === null) return found ?? null;
    next = page.next;
  }
}

async function lastBundle(needs: NeedsReadCustodian, { id, subject }: Custodian): Promise<Bundle | null> {
  const own = (bundle: Bundle) => (bundle.custodianId ?? id) === id;
  const [byAccount, byName] = await Promise.all([
    subject === null ? null : newest((next) => needs.bundles.listByUploader(subject, looked, next), own),
    newest(async (next) => {
      const links = await needs.custodians.linksOf(id, looked, next);
      const heads = new Map((await needs.bundles.getMany(links.items)).map((bundle) => [bundle.id, bundle]));
      return { items: links.items.flatMap((bundleId) => heads.get(bundleId) ?? []), next: links.next };
    }, own),
  ]);
  if (byAccount === null || byName === null) return byAccount ?? byName;
  return byAccount.createdAt > byName.createdAt ? byAccount : byName;
}

export async function readCustodians(needs: NeedsReadCustodian, custodians: readonly Custodian[]): Promise<CustodianView[]> {
  const { settings } = await needs.settings.get();
  const days = new Intl.DateTimeFormat('en-CA', { timeZone: settings.zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const today = needs.clock.today();
  return Promise.all(
    custodians.map(async (custodian): Promise<CustodianView> => {
      const bundle = await lastBundle(needs, custodian);
      const lastUpload =
        bundle === null
          ? null
          : { bundleId: bundle.id, at: bundle.createdAt, on: days.format(new Date(bundle.createdAt)) as CalendarDate, period: bundle.period };
      return { custodian, lastUpload, standing: uploadStanding(custodian, lastUpload?.on ?? null, today) };
    }),
  );
}
