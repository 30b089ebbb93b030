// Where each certificate lies in the ledger, with its hashes; and the numbers of a year, each taken once.
import type { CertificateId, ListId } from '#core/model/id.ts';
import type { Instant } from '#core/model/time.ts';
import type { Catalogue, Item } from './catalogue.ts';
import { catalogueKey } from './table.ts';

export type CertificateStore = ReturnType<typeof makeCertificateStore>;

export interface CertificateHead {
  readonly id: CertificateId;
  readonly number: string;
  readonly listId: ListId;
  readonly madeAt: Instant;
  readonly json: { readonly key: string; readonly sha256: string };
  readonly pdf: { readonly key: string; readonly sha256: string };
}

function toHead(item: Item): CertificateHead {
  const { pk: _pk, sk: _sk, ...head } = item;
  return head as unknown as CertificateHead;
}

export function makeCertificateStore(catalogue: Catalogue) {
  async function get(id: string): Promise<CertificateHead | null> {
    const item = await catalogue.get(catalogueKey.certificate(id));
    return item === null ? null : toHead(item);
  }

  async function put(head: CertificateHead): Promise<void> {
    await catalogue.put({ ...catalogueKey.certificate(head.id), ...head });
  }

  /** `V-2031-0007`: the number this certificate took before, or the next one of the year. No gaps, no doubles. */
  async function takeNumber(year: string, id: CertificateId): Promise<string> {
    for (;;) {
      let last = 0;
      for await (const item of catalogue.each({ partition: ['pk', catalogueKey.certificateNumber(year, 0).pk], descending: true })) {
        const n = Number(item['sk']);
        last = Math.max(last, n);
        if (item['certificateId'] === id) return numbered(year, n);
      }
      if (await catalogue.putNew({ ...catalogueKey.certificateNumber(year, last + 1), certificateId: id })) return numbered(year, last + 1);
    }
  }

  return { get, put, takeNumber };
}

function numbered(year: string, n: number): string {
  return `V-${year}-${String(n).padStart(4, '0')}`;
}
