// The certificate's content: per category with dates and counts, ground, manner, approvers, proof; and nothing that it may not hold.
import { describe, expect, it } from 'vitest';
import { certificateBlocks } from '#core/export/certificate-blocks.ts';
import type { CaseId } from '#core/model/id.ts';
import type { LocalTime } from '#core/model/time.ts';
import { certificate, facts, item } from './certificate-facts.ts';

const proof = item(1).proof;
const period = (first: string, last: string) => ({ first: first as LocalTime, last: last as LocalTime });

describe('buildCertificate', () => {
  it('adds up per category, with the dates of the records', () => {
    const made = certificate([
      item(1),
      item(2, { ...(proof === undefined ? {} : { proof: { ...proof, period: period('2023-01-01T00:00', '2025-05-03T10:00') } }) }),
      item(3, { selection: null }),
    ]);
    expect(made.categories).toEqual([
      {
        selection: '6.1',
        description: 'Ingewilligd',
        bundles: 2,
        conversations: 2,
        records: 156,
        messages: 138,
        attachments: 8,
        dates: period('2023-01-01T00:00', '2025-06-02T09:35'),
        due: { first: '2031-03-01', last: '2031-03-01' },
      },
      expect.objectContaining({ selection: null, description: null, bundles: 1, records: 78 }),
    ]);
    expect(made.ground).toEqual({ selectionList: facts([]).selectionList, selections: ['6.1'], ownPeriods: true });
    expect(made.executed).toEqual({ first: '2031-04-25T02:00:13.000Z', last: '2031-04-25T02:00:13.000Z' });
  });

  it('counts as destroyed only what carries a proof', () => {
    const { proof: _proof, ...unproved } = item(2);
    const made = certificate([item(1), unproved, item(3, { outcome: 'already-absent' }), item(4, { outcome: 'left-out', reason: 'held' })]);
    expect(made.destroyed.map(({ bundleId }) => bundleId)).toEqual([item(1).bundleId]);
    expect(made.alreadyAbsent.map(({ bundleId }) => bundleId)).toEqual([item(3).bundleId]);
    expect(made.leftOut).toEqual([{ bundleId: item(4).bundleId, reason: 'held' }]);
    expect(made.categories[0]?.bundles).toBe(1);
  });

  it('names steps, roles and pseudonyms; never what a person wrote', () => {
    const made = certificate([item(1, { keep: null })]);
    expect(made.authorisation.steps.map(({ action, role, by }) => `${action} ${role} ${by}`)).toEqual([
      'submit records-manager sub-anna',
      'review records-manager sub-bert',
      'authorise archivist sub-carla',
      'confirm records-manager sub-anna',
      'by-itself system system',
    ]);
    expect(JSON.stringify(made)).not.toContain('Jan de Vries');
  });

  it('names what left the list before and at the execution', () => {
    const given = facts([item(1)]);
    const excluded = [{ bundleId: item(9).bundleId, reason: 'held' as const }];
    expect(certificate([item(1), item(2, { outcome: 'left-out', reason: 'kept' })], { list: { ...given.list, excluded } }).leftOut).toEqual([
      excluded[0],
      { bundleId: item(2).bundleId, reason: 'kept' },
    ]);
  });

  it('has no ground it does not need', () => {
    expect(certificate([item(1, { selection: null })]).ground).toEqual({ selectionList: null, selections: [], ownPeriods: true });
    expect(certificate([item(1)]).ground.ownPeriods).toBe(false);
    expect(certificate([item(1, { outcome: 'already-absent' })])).toMatchObject({ categories: [], destroyed: [], executed: null });
  });
});

describe('certificateBlocks', () => {
  const text = (...given: Parameters<typeof certificate>) =>
    certificateBlocks(certificate(...given))
      .map((block) => (block.kind === 'facts' ? block.facts.map((pair) => pair.join(': ')).join('\n') : block.text))
      .join('\n');

  it('say in Dutch what the law asks: specification, ground, manner, dates, approvers, proof, backups, for good', () => {
    const words = text([item(1, { caseIds: ['ZAAK-2025-0001', 'ZAAK-2025-0002'] as CaseId[] })]);
    for (const part of [
      'Verklaring van vernietiging',
      'Nummer: V-2031-0007',
      'Opgemaakt op: 25-04-2031',
      'Archiefbesluit 1995, artikel 8',
      'Selectielijst gemeenten en intergemeentelijke organen 2020, versie 2020: 6.1',
      '17-04-2031 10:00:00 UTC: gemachtigd: archivaris, sub-carla',
      'Resultaat: 6.1 Ingewilligd',
      'Berichten: 78',
      'Datering: 02-05-2025 tot en met 02-06-2025',
      'Zaken: ZAAK-2025-0001, ZAAK-2025-0002',
      'Aangetroffen: 5 objectversies en 1 deel van de index',
      '25-04-2031 02:00:13 UTC: niets meer gevonden in opslag, index en catalogus',
      'reservekopieën tot en met 30-05-2031',
      'Deze verklaring wordt blijvend bewaard.',
    ]) {
      expect(words).toContain(part);
    }
    expect(words).not.toContain('Al afwezig');
    expect(words).not.toContain('Van de lijst gegaan');
  });

  it('name no standing authorisation on a list that people authorised: the last step is the execution', () => {
    const words = text([item(1)]);
    expect(words).toContain('uitvoering begonnen: systeem, system');
    expect(words).not.toContain('doorlopende machtiging');
  });

  it('name the standing authorisation, what was absent already and what left the list', () => {
    const given = facts([]);
    const words = text([item(1), item(2, { outcome: 'already-absent' }), item(3, { outcome: 'left-out', reason: 'date-differs' })], {
      list: {
        ...given.list,
        authorisation: 'standing',
        decisionReference: 'B-2026-17',
        steps: [{ to: 'cooling-off', by: 'system', role: 'system', at: given.madeAt, remark: null }, ...given.list.steps.slice(-1)],
      },
      actions: ['by-itself', 'by-itself'],
    });
    expect(words).toContain('doorlopende machtiging, besluit B-2026-17');
    expect(words).toContain('volgens doorlopende machtiging: systeem, system');
    expect(words).toContain('uitvoering begonnen: systeem, system');
    expect(words).toContain(`Al afwezig`);
    expect(words).toContain(`${item(3).bundleId}: de vernietigingsdatum is gewijzigd`);
  });

  it('say so when nothing was found at the start', () => {
    const { inventory: _inventory, ...bare } = item(1);
    expect(text([bare])).toContain('geen objecten meer aangetroffen');
    expect(text([item(1, { inventory: { segments: 0, versions: 0, cases: 0 } })])).toContain('geen objecten meer aangetroffen');
  });
});
