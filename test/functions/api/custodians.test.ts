// Key persons and the keep help through the API: who sees whom, who is behind, what is refused, and the receipt that tells of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultKeepHelp } from '#core/model/keep-help.ts';
import { type FullGround, startFullGround } from './full-ground.ts';

let ground: FullGround;
beforeAll(async () => {
  ground = await startFullGround({ config: { calendarStandsAt: '2026-03-02' } });
});
afterAll(() => ground.stop());

const chat = (word: string) => `13-02-2024 09:00 - Noor de Wit: ${word}\n`;
const add = async (body: object) => (await ground.call('records-manager', 'POST', '/v1/custodians', body)).json;

describe('the register', () => {
  it('shows who keeps it everybody, and an employee the own entry only', async () => {
    const [own, other] = [
      await add({ name: 'Wim Zilverschoon', function: 'wethouder', subject: 'employee-1', rhythm: 'P1M', from: '2026-01-15' }),
      await add({ name: 'Bea Kwint', function: 'griffier' }),
    ];
    expect(own).toMatchObject({ state: 'active', lastUpload: null, standing: { punctuality: 'behind', dueOn: '2026-02-15', daysBehind: 15 } });
    expect(other).toMatchObject({ subject: null, rhythm: null, from: '2026-03-02', standing: { punctuality: 'no-rhythm', dueOn: null } });
    for (const who of ['records-manager', 'administrator', 'woo-coordinator'] as const) {
      const { json } = await ground.call(who, 'GET', '/v1/custodians');
      expect(json.items.map(({ name }: { name: string }) => name).sort()).toEqual(['Bea Kwint', 'Wim Zilverschoon']);
    }
    expect((await ground.call('employee', 'GET', '/v1/custodians')).json.items.map(({ id }: { id: string }) => id)).toEqual([own.id]);
    expect((await ground.call('employee', 'GET', '/v1/custodians?state=left')).json.items).toEqual([]);
    expect((await ground.call('employee-2', 'GET', '/v1/custodians')).json.items).toEqual([]);
    expect((await ground.call('employee', 'GET', `/v1/custodians/${own.id}`)).status).toBe(200);
    expect((await ground.call('employee', 'GET', `/v1/custodians/${other.id}`)).json).toMatchObject({ status: 404, code: 'not-found' });
    expect((await ground.call('employee-2', 'GET', `/v1/custodians/${own.id}`)).status).toBe(404);
    await ground.handIn('employee', 'a.txt', chat('eigen'));
    expect((await ground.call('employee', 'GET', `/v1/custodians/${own.id}`)).json).toMatchObject({ lastUpload: { period: { first: '2024-02-13T09:00' } } });
  });

  it('goes page by page', async () => {
    const first = (await ground.call('woo-coordinator', 'GET', '/v1/custodians?limit=1')).json;
    const second = (await ground.call('woo-coordinator', 'GET', `/v1/custodians?limit=1&next=${encodeURIComponent(first.next)}`)).json;
    expect([first.items.length, second.items.length]).toEqual([1, 1]);
    expect(first.items[0].id).not.toBe(second.items[0].id);
  });

  it('goes through leaving, reminding and removing; the bundle stays and names nobody', async () => {
    const { id } = await add({ name: 'Gert Vosmaer', function: 'secretaris', reminder: 'Graag inleveren.' });
    const post = (path: string, body?: object) => ground.call('records-manager', 'POST', `/v1/custodians/${id}/${path}`, body);
    expect((await post('_step', { step: 'told', state: 'done' })).json.code).toBe('custodian.wrong-state');
    const leaving = await ground.call('administrator', 'PATCH', `/v1/custodians/${id}`, { leavingOn: '2026-03-31' });
    expect(leaving.json).toMatchObject({ state: 'leaving', standing: { dueOn: '2026-03-31' } });
    expect((await post('_step', { step: 'told', state: 'not-needed' })).json).toMatchObject({ code: 'input.invalid', errors: [{ field: 'remark' }] });
    for (const { step } of leaving.json.steps) expect((await post('_step', { step, state: 'done' })).status).toBe(200);
    await post('_step', { step: 'groups', state: 'open' });
    expect((await post('_close')).json).toMatchObject({ code: 'custodian.steps-open', errors: [{ field: 'groups' }] });
    await post('_step', { step: 'groups', state: 'not-needed', remark: 'geen groepen' });
    expect((await post('_remind')).json.lastReminder).toMatchObject({ by: 'manager-1' });
    expect((await post('_close')).json).toMatchObject({ state: 'left', standing: { punctuality: 'left' } });

    const bundle = await ground.handIn('records-manager', 'b.txt', chat('ander'), { custodianId: id });
    expect(bundle.custodianId).toBe(id);
    expect((await ground.call('administrator', 'DELETE', `/v1/custodians/${id}`)).json).toEqual({ id });
    expect((await ground.call('administrator', 'DELETE', `/v1/custodians/${id}`)).status).toBe(404);
    expect((await ground.call('records-manager', 'GET', `/v1/bundles/${bundle.id}`)).json).toMatchObject({ state: 'indexed', custodianId: null });
  });

  it('refuses an account twice, a rhythm of nothing, and a person whom an employee may not name', async () => {
    expect((await ground.call('records-manager', 'POST', '/v1/custodians', { name: 'X', function: 'y', subject: 'employee-1' })).json).toMatchObject({
      status: 409,
      code: 'custodian.account-taken',
    });
    for (const rhythm of ['P0D', 'P', 'P1000D', 'maand']) {
      expect((await ground.call('records-manager', 'POST', '/v1/custodians', { name: 'X', function: 'y', rhythm })).json.errors[0].field).toBe('rhythm');
    }
    const { id } = await add({ name: 'Ada Wit', function: 'raadslid' });
    const body = { fileName: 'c.txt', size: 9, sha256: 'ab'.repeat(32), custodianId: id };
    expect((await ground.call('employee', 'POST', '/v1/bundles', body)).json).toMatchObject({ code: 'input.invalid', errors: [{ field: 'custodianId' }] });
    const own = (await ground.call('employee', 'GET', '/v1/custodians')).json.items[0];
    expect((await ground.call('employee', 'POST', '/v1/bundles', { ...body, custodianId: own.id })).json.bundle.custodianId).toBe(own.id);
  });
});

describe('the keep decision', () => {
  it('is stored with its outcome and ground, shown, and stands on the receipt as JSON and as PDF', async () => {
    const keepDecision = { formal: true, reasons: ['rights-derived'], recordedElsewhere: false, answeredNo: ['municipal-task'] };
    const bundle = await ground.handIn('employee', 'd.txt', chat('toezegging'), { keepDecision });
    expect(bundle.keepDecision).toEqual({
      ...keepDecision,
      outcome: 'keep',
      ground: 'Bewaren: iemand kan er rechten aan ontlenen. De inhoud staat nergens anders vast.',
    });
    const { json } = await ground.call('employee', 'GET', `/v1/bundles/${bundle.id}/receipt`);
    expect(json).toMatchObject({ keepDecision: bundle.keepDecision, doubts: [], sift: null, sha256: bundle.sha256 });
    const pdf = await ground.raw('employee', 'GET', `/v1/bundles/${bundle.id}/receipt.pdf`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 8)
        .toString('latin1'),
    ).toBe('%PDF-1.7');
    expect((await ground.raw('employee-2', 'GET', `/v1/bundles/${bundle.id}/receipt.pdf`)).status).toBe(404);
  });

  it('answers one question with one answer', async () => {
    const body = {
      fileName: 'e.txt',
      size: 9,
      sha256: 'ac'.repeat(32),
      keepDecision: { formal: true, reasons: ['rights-derived'], answeredNo: ['rights-derived'] },
    };
    expect((await ground.call('employee', 'POST', '/v1/bundles', body)).json).toMatchObject({
      code: 'input.invalid',
      errors: [{ field: 'keepDecision.answeredNo' }],
    });
  });
});

describe('the words of the keep help', () => {
  it('are there from the start for everybody, and the administrator alone changes them', async () => {
    expect((await ground.call('employee', 'GET', '/v1/keep-help')).json).toEqual(defaultKeepHelp);
    const keepHelp = { ...defaultKeepHelp, rule: 'Geen formele zaken in chats.', formalExamples: ['u zegt iets toe'] };
    expect((await ground.call('archivist', 'PATCH', '/v1/settings', { keepHelp })).json.code).toBe('access.denied');
    expect((await ground.call('administrator', 'PATCH', '/v1/settings', { keepHelp })).json.keepHelp).toEqual(keepHelp);
    expect((await ground.call('auditor', 'GET', '/v1/keep-help')).json).toEqual(keepHelp);
    expect((await ground.call('administrator', 'PATCH', '/v1/settings', { keepHelp: { ...keepHelp, formalExamples: [''] } })).json.errors[0].field).toBe(
      'keepHelp.formalExamples.0',
    );
  });
});
