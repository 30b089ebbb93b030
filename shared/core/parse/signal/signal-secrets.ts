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
const secret = new RegExp(`"(${secretFields.join('|')})"(\\s*:\\s*)"(?!(?:…|\\u00e2\\u0080\\u00a6)")(?:[^"\\\\]|\\\\.)+\\\\?("|$)`, 'g');

export interface WithoutSecrets {
  readonly text: string;
  readonly removed: number;
  /** Keys of files, each of which opens that file alone: not among the others. */
  readonly fileKeys: number;
}

const fileKey = 'localKey';

/**
 * `text`: JSON as it stands in the file, whole or in part; its characters, or its bytes as one character each. `keepFileKeys`: a file that
 * came along is named after its key.
 */
export function withoutSignalSecrets(text: string, keepFileKeys = false): WithoutSecrets {
  let removed = 0;
  let fileKeys = 0;
  const clean = text.replace(secret, (found, field: string, colon: string, end: string) => {
    if (field !== fileKey) removed++;
    else if (keepFileKeys) return found;
    else fileKeys++;
    return `"${field}"${colon}"…${end}`;
  });
  return { text: clean, removed, fileKeys };
}
