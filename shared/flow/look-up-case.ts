// What is known of a case number at an upload: here, or in the case system. Nothing is stored: the case is made when the upload is announced.
import type { CaseState } from '#core/model/case.ts';
import type { CaseId } from '#core/model/id.ts';
import { deriveCaseRetention } from '#core/retention/derive-case-retention.ts';
import type { DayIn } from '#core/retention/derive-start.ts';
import { selectionList2020 } from '#core/retention/selection-list.ts';
import { valueZgwCase } from '#core/retention/value-zgw-case.ts';
import type { CaseStore } from '#store/case-store.ts';
import type { ZgwClient } from '#store/zgw/zgw-client.ts';
import type { NeedsClock } from './needs.ts';

export interface NeedsLookUp extends NeedsClock {
  readonly cases: Pick<CaseStore, 'get'>;
  readonly zgw: ZgwClient | null;
  readonly dayIn: DayIn;
}

export interface LookedUp {
  readonly id: CaseId;
  readonly found: 'here' | 'in-case-system' | 'nowhere' | 'not-known';
  readonly title: string | null;
  readonly state: CaseState | null;
  readonly explanation: string | null;
}

export async function lookUpCase(needs: NeedsLookUp, id: CaseId): Promise<LookedUp> {
  const nothing = { id, title: null, state: null, explanation: null };
  const here = await needs.cases.get(id);
  if (here?.verified === true) return { id, found: 'here', title: here.title, state: here.state, explanation: here.retention.explanation };
  const found = needs.zgw === null ? null : await needs.zgw.findCase(id);
  if (found?.ok === true) {
    const valued = valueZgwCase(found.value, selectionList2020, needs.dayIn);
    return {
      id,
      found: 'in-case-system',
      title: valued.title,
      state: valued.state,
      explanation: deriveCaseRetention({ id, ...valued }, selectionList2020).explanation,
    };
  }
  if (here !== null) return { id, found: 'here', title: here.title, state: here.state, explanation: here.retention.explanation };
  return { ...nothing, found: found?.trouble === 'zgw-not-found' ? 'nowhere' : 'not-known' };
}
