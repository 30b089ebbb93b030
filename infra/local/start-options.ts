// What `npm start` can be told. Nonsense is refused with a sentence, in Dutch and in English.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CalendarDate } from '#core/model/time.ts';

export interface StartOptions {
  readonly port: number;
  readonly folder: string;
  readonly empty: boolean;
  readonly today: string | null;
}

export type ParsedOptions = { readonly ok: true; readonly options: StartOptions } | { readonly ok: false; readonly problem: string };

const usage = 'npm start -- [--port 8080] [--data .data] [--empty] [--today 2031-04-17]';

function refuse(dutch: string, english: string): ParsedOptions {
  return { ok: false, problem: `${dutch}\n${english}\n\n  ${usage}` };
}

export function parseStartOptions(args: readonly string[]): ParsedOptions {
  let values: { port?: string; data?: string; empty?: boolean; today?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: { port: { type: 'string' }, data: { type: 'string' }, empty: { type: 'boolean' }, today: { type: 'string' } },
    }));
  } catch (error) {
    const what = error instanceof Error ? error.message.split('. ')[0] : '';
    return refuse('Deze opties begrijpen we niet.', `These options are not understood: ${what}`);
  }
  const port = values.port ?? '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    return refuse('--port moet een getal zijn van 0 tot en met 65535.', '--port must be a number from 0 to 65535.');
  if (values.data === '') return refuse('--data moet een map noemen.', '--data must name a folder.');
  const { today } = values;
  if (today !== undefined && !CalendarDate.safeParse(today).success) {
    return refuse('--today moet een bestaande datum zijn, zoals 2031-04-17.', '--today must be a date that exists, such as 2031-04-17.');
  }
  return { ok: true, options: { port: Number(port), folder: resolve(values.data ?? '.data'), empty: values.empty === true, today: today ?? null } };
}
