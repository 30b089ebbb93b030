// Token for one call of a ZGW API: HS256 over the organisation's own client id and secret, made anew each time (valid for an hour there).
import { createHmac } from 'node:crypto';

export interface ZgwKey {
  readonly clientId: string;
  readonly secret: string;
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function zgwToken({ clientId, secret }: ZgwKey, epochMs: number): string {
  const head = encoded({ typ: 'JWT', alg: 'HS256' });
  // A second back: clocks differ, and a token of the future is refused.
  const claims = { iss: clientId, iat: Math.floor(epochMs / 1000) - 1, client_id: clientId, user_id: 'woordspoor', user_representation: 'Woordspoor' };
  const signed = `${head}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
