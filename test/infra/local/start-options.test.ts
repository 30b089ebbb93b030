import { describe, expect, it } from 'vitest';
import { parseStartOptions } from '#infra/local/start-options.ts';

describe('the options of npm start', () => {
  it('are a port, a folder, an empty archive and a date', () => {
    const parsed = parseStartOptions(['--port', '9000', '--data', '/somewhere', '--empty', '--today', '2031-04-17']);
    expect(parsed).toEqual({ ok: true, options: { port: 9000, folder: '/somewhere', empty: true, today: '2031-04-17' } });
    expect(parseStartOptions([])).toMatchObject({ ok: true, options: { port: 8080, empty: false, today: null } });
  });

  it('are refused with a sentence when they make no sense', () => {
    const nonsense = [
      ['--port', 'abc'],
      ['--port', '70000'],
      ['--port', '-1'],
      ['--data', ''],
      ['--today', '2031-02-30'],
      ['--today', 'morgen'],
      ['--prot', '1'],
      ['extra'],
      ['--empty=yes'],
    ];
    for (const args of nonsense) {
      const parsed = parseStartOptions(args);
      expect(parsed.ok, args.join(' ')).toBe(false);
      expect(parsed.ok ? '' : parsed.problem).toContain('npm start --');
    }
  });
});
