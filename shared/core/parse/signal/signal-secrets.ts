// Keys in what Signal exports: they open an account's backup, profile, groups and files, and are no part of what was said. Decision 0011
// tells what becomes of them: a mark stands in their place wherever text of the file is kept. FORMATS: section 1.3.
//
//   "profileKey":"YQKRq+3DQklInaOa…"   →   "profileKey":"…"

/** Fields of the backup (proto3 JSON), of Signal Desktop's database rows (sigtop) and of signal-export that hold a key or what gives one. */
const secretFields = [
  'mediaRootBackupKey',
  'profileKey',
  'masterKey',
  'entropy',
  'subscriberId',
  'rootKey',
  'adminKey',
  'adminPasskey',
  'packKey',
  'key',
  'localKey',
  'iv',
  'encryptionKey',
  'svrPin',
] as const;

/** Within JSON text a quote in somebody's words is `\"`: what a person wrote about a key never looks like a field. */
const secret = new RegExp(`"(${secretFields.join('|')})"(\\s*:\\s*)"(?:[^"\\\\]|\\\\.)+\\\\?("|$)`, 'g');

export interface WithoutSecrets {
  readonly text: string;
  readonly removed: number;
}

/** `text`: JSON as it stands in the file, whole or in part. */
export function withoutSignalSecrets(text: string): WithoutSecrets {
  let removed = 0;
  const clean = text.replace(secret, (_, field: string, colon: string, end: string) => {
    removed++;
    return `"${field}"${colon}"…${end}`;
  });
  return { text: clean, removed };
}
