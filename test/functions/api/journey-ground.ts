// Where the journeys through the API begin: a case, and an employee's chat with a picture that goes to it.
import { expect } from 'vitest';
import type { BundleAnswer } from '#contract/bundle.ts';
import { type FullGround, type Person, startFullGround, zipOf } from './full-ground.ts';

const chat = [
  '13-05-2022 16:08 - Berichten en oproepen zijn end-to-end versleuteld.',
  '13-05-2022 16:08 - Aafke: Is de kapvergunning al klaar?',
  '13-05-2022 16:09 - Bram: Ja, de vergunning ligt klaar 👍',
  '13-05-2022 16:10 - Aafke: IMG-20220513-WA0001.jpg (bestand bijgevoegd)',
  'de beuk op de foto',
  '14-05-2022 09:00 - Bram: Dank, tot maandag',
].join('\n');
export const picture = new Uint8Array(Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300080606070605', 'hex'));
export const zip = await zipOf({ 'WhatsApp-chat met Bram.txt': chat, 'IMG-20220513-WA0001.jpg': picture });

export async function startJourney() {
  const ground = await startFullGround();
  return {
    ground,
    get: (who: Person, path: string) => ground.call(who, 'GET', path),
    post: (who: Person, path: string, body: unknown = {}) => ground.call(who, 'POST', path, body),
    putCase: () => ground.call('records-manager', 'PUT', '/v1/cases/ZAAK-2022-0042', { title: 'Kap beuk', state: 'open', selection: '6.1' }),
    handInChat: (): Promise<BundleAnswer> =>
      ground.handIn('employee', 'WhatsApp-chat met Bram.zip', zip, {
        caseIds: ['ZAAK-2022-0042'],
        keepDecision: { formal: true, reasons: ['municipal-task'], recordedElsewhere: false },
      }),
    handInOther: () => ground.handIn('employee-2', 'WhatsApp-chat met Carla.txt', '15-05-2022 10:00 - Carla: Goedemorgen allemaal\n'),
  };
}

/** No accident on the way, and no word of a chat in the log. */
export function expectQuietLog({ logged }: FullGround): void {
  expect(logged.filter((line) => /api\.(failed|unavailable)/.test(line))).toEqual([]);
  expect(logged.join('\n')).not.toMatch(/kapvergunning|Aafke|Bram/);
}
