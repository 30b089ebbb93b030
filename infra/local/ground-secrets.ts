// Secrets of one data folder, made by chance on its first start: nothing is shared between two installations.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Secrets = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  webClientSecret: z.string(),
  cookieKeys: z.array(z.string()).min(1),
  /** Private signing key of the identity provider, as JWK. */
  signingKey: z.record(z.string(), z.string()),
});
export type GroundSecrets = z.infer<typeof Secrets>;

function makeSecrets(): GroundSecrets {
  const chance = (bytes: number) => randomBytes(bytes).toString('base64url');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  return {
    accessKeyId: `WS${randomBytes(9).toString('hex').toUpperCase()}`,
    secretAccessKey: chance(30),
    webClientSecret: chance(32),
    cookieKeys: [chance(32)],
    signingKey: { ...(jwk as Record<string, string>), use: 'sig', alg: 'RS256', kid: chance(12) },
  };
}

export function groundSecrets(folder: string): GroundSecrets {
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) {
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new Error(`${file} is not readable as JSON`);
    }
    const parsed = Secrets.safeParse(content);
    if (!parsed.success) throw new Error(`${file} does not hold the secrets of an archive`);
    return parsed.data;
  }
  mkdirSync(folder, { recursive: true });
  const secrets = makeSecrets();
  writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return secrets;
}
