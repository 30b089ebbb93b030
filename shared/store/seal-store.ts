// The seals of the audit log in the ledger: one a day, and the pages of leaves that tell which event differs when its root does.
import { hash } from 'node:crypto';
import type { Sha256 } from '#core/audit/merkle-tree.ts';
import { CalendarDate } from '#core/model/time.ts';
import type { Ledger } from './ledger.ts';
import { ledgerKey } from './table.ts';

export type SealStore = ReturnType<typeof makeSealStore>;

export const sha256: Sha256 = (content) => hash('sha256', content, 'buffer');

export function makeSealStore(ledger: Ledger) {
  const textAt = async (key: string) => {
    const entry = await ledger.get(key);
    return entry === null ? null : Buffer.from(entry.bytes).toString('utf8');
  };

  async function sealedDays(): Promise<readonly CalendarDate[]> {
    const days: CalendarDate[] = [];
    for await (const key of ledger.keys(ledgerKey.seals)) {
      const day = CalendarDate.safeParse(/^seals\/(\d{4}-\d{2}-\d{2})\.json$/.exec(key)?.[1]);
      if (day.success) days.push(day.data);
    }
    return days;
  }

  /** The seal that stands afterwards: this one, or the one that was there first. */
  async function put(day: string, text: string): Promise<string> {
    const { bytes } = await ledger.putOnce(ledgerKey.seal(day), Buffer.from(text), 'application/json');
    return Buffer.from(bytes).toString('utf8');
  }

  /** The hash by which the page is found again. */
  async function putPage(day: string, text: string): Promise<string> {
    const name = Buffer.from(sha256(text)).toString('hex');
    await ledger.putOnce(ledgerKey.sealPage(day, name), Buffer.from(text), 'text/plain; charset=utf-8');
    return name;
  }

  return {
    sealedDays,
    seal: (day: string) => textAt(ledgerKey.seal(day)),
    leafPage: (day: string, name: string) => textAt(ledgerKey.sealPage(day, name)),
    put,
    putPage,
  };
}
