// The environment of the command line: read here and nowhere else.
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Environment {
  readonly server: string | undefined;
  readonly client: string | undefined;
  readonly secret: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly scope: string | undefined;
  /** Where unfinished uploads are remembered. */
  readonly stateFolder: string;
}

function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

export function readEnvironment(): Environment {
  const { env } = process;
  const state = filled(env['XDG_STATE_HOME']) ?? filled(env['LOCALAPPDATA']) ?? join(homedir(), '.local', 'state');
  return {
    server: filled(env['WOORDSPOOR_SERVER']),
    client: filled(env['WOORDSPOOR_CLIENT']),
    secret: filled(env['WOORDSPOOR_SECRET']),
    tokenUrl: filled(env['WOORDSPOOR_TOKEN_URL']),
    scope: filled(env['WOORDSPOOR_SCOPE']),
    stateFolder: join(state, 'woordspoor'),
  };
}
