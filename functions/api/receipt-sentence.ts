// The sentence of a receipt, by the state the bundle is in. Counts and dates only.
import { refusalSentence } from '#core/intake/refusal-text.nl.ts';
import type { Bundle } from '#core/model/bundle.ts';

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

export function receiptSentence(bundle: Pick<Bundle, 'state' | 'counts' | 'problem' | 'caseIds'>): string {
  const { counts, caseIds } = bundle;
  switch (bundle.state) {
    case 'awaiting-upload':
      return 'Het bestand is aangemeld, maar nog niet aangekomen.';
    case 'received':
    case 'ingesting':
      return 'Het bestand is aangekomen en wordt gelezen.';
    case 'needs-answer':
      return 'Het bestand is aangekomen. U moet nog een vraag beantwoorden voordat het wordt opgenomen.';
    case 'refused':
      return `Het bestand is niet opgenomen. ${bundle.problem === null ? '' : refusalSentence(bundle.problem)}`.trim();
    case 'destroying':
      return 'De bundel wordt vernietigd.';
    case 'destroyed':
      return 'De bundel is vernietigd. De verklaring van vernietiging blijft bewaard.';
    case 'indexed': {
      const read = counts === null ? '' : ` ${count(counts.messages, 'bericht', 'berichten')} in ${count(counts.conversations, 'gesprek', 'gesprekken')}.`;
      const filed = caseIds.length === 0 ? ' Er hoort nog geen zaak bij.' : ` Bij ${count(caseIds.length, 'zaak', 'zaken')}: ${caseIds.join(', ')}.`;
      return `Het bestand is volledig opgenomen in het archief.${read}${filed}`;
    }
  }
}
