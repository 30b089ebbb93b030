// The receipt as blocks and as a tagged document, read back.
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { type ReceiptFacts, receiptBlocks } from '#core/export/receipt-blocks.ts';
import { renderReceipt } from '#functions/documents/receipt-pdf.ts';

const squeeze = (text: string) => text.replaceAll(/\s+/g, '');
const receipt: ReceiptFacts = {
  bundleId: 'bundle_01J00000000000000000000001',
  organisation: 'Gemeente Waterhoek',
  fileName: 'WhatsApp-chat met Wijkteam Noord.zip',
  size: 1_009_376,
  sha256: 'ab'.repeat(32),
  kept: null,
  receivedAt: '2026-11-24T12:40:11.123Z',
  indexedAt: '2026-11-24T12:40:15.000Z',
  madeAt: '2026-11-25T08:00:00.000Z',
  uploader: 'person-employee',
  caseIds: ['ZAAK-2026-0042'],
  counts: { conversations: 1, records: 78, messages: 69, systemMessages: 9, attachments: { present: 4, missing: 1, omitted: 2 } },
  period: { first: '2022-05-02T16:08', last: '2022-06-09T16:35:10' },
  doubts: [{ severity: 'warning', detail: 'Een bijlage wordt genoemd, maar zit niet in het bestand.' }],
  retention: { explanation: 'bewaren tot 28-02-2031: zaak afgehandeld 28-02-2026 + 5 jaar' },
  keepDecision: { ground: 'Bewaren: het gaat over een taak van de organisatie. De inhoud staat nergens anders vast.' },
  sift: {
    mode: 'cut',
    originalSha256: 'cd'.repeat(32),
    records: 3,
    reasons: [
      { reason: 'private', records: 2 },
      { reason: 'health', records: 1 },
    ],
    leftOut: [{ reason: 'other-case', conversations: 1, records: 12 }],
    files: 1,
  },
  sentence: 'Het bestand is volledig opgenomen in het archief. 69 berichten in 1 gesprek.',
};
const words = (facts: ReceiptFacts) => receiptBlocks(facts).flatMap((block) => (block.kind === 'facts' ? block.facts.flat() : [block.text]));

describe('receiptBlocks', () => {
  it('names what is kept in place of a file that came with keys, and only then', () => {
    expect(words(receipt).join('\n')).not.toContain('zonder sleutels');
    expect(words({ ...receipt, kept: { sha256: 'ef'.repeat(32) } })).toContain('ef'.repeat(32));
  });

  it('names hash, counts, period, doubts, case, retention, the keep decision and what was left out', () => {
    const said = words(receipt).join('\n');
    for (const part of [
      receipt.sha256,
      '4 bewaard, 1 ontbreken, 2 niet meegegeven',
      '02-05-2022 16:08 tot en met 09-06-2022 16:35',
      'Een bijlage wordt genoemd',
      'ZAAK-2026-0042',
      'bewaren tot 28-02-2031',
      'een taak van de organisatie',
      '3 berichten zijn voor het versturen weggelaten',
      '1 heel gesprek met 12 berichten niet verstuurd',
      'cd'.repeat(32),
      '25-11-2026 08:00:00 UTC',
    ])
      expect(said).toContain(part);
  });

  it('says of a bundle that is not read yet that it is not', () => {
    const said = words({ ...receipt, counts: null, period: null, indexedAt: null, doubts: [], keepDecision: null, sift: null, fileName: null }).join('\n');
    expect(said).toContain('Nog niet gelezen.');
    expect(said).toContain('zijn de vragen over bewaren niet beantwoord');
    expect(said).not.toMatch(/weggelaten|geen twijfels|Opgenomen op/);
  });

  it('tells marked from cut', () => {
    expect(words({ ...receipt, sift: { ...receipt.sift!, mode: 'marked', records: 1, leftOut: [], files: 0 } }).join('\n')).toContain(
      '1 bericht is als privé gemerkt. Het hele bestand is verstuurd.',
    );
  });
});

describe('renderReceipt', () => {
  it('holds the words of every block, is tagged, Dutch and titled', async () => {
    const bytes = await renderReceipt(receipt);
    const pdf = await getDocumentProxy(bytes);
    const { text } = await extractText(pdf, { mergePages: false });
    const whole = squeeze(text.map((page, i) => page.replace(`Bladzijde ${i + 1} van ${text.length}`, '')).join(''));
    for (const one of words(receipt)) expect(whole).toContain(squeeze(one));
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const { info } = await getMeta(pdf);
    expect([info['Language'], info['Title']]).toEqual(['nl-NL', `Ontvangstbewijs ${receipt.bundleId}`]);
  });

  it('draws no glyph that the font lacks: an emoji in a file name becomes a question mark', async () => {
    const pdf = await getDocumentProxy(await renderReceipt({ ...receipt, fileName: 'Zwembad 🏊 Žofie.txt' }));
    const { text } = await extractText(pdf, { mergePages: true });
    expect(text).toContain('Zwembad ? Žofie.txt');
  });
});
