// What the identity provider remembers (its own sessions, grants, codes), in one SQLite file: a restart signs nobody out.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterPayload } from 'oidc-provider';

const schema = `
CREATE TABLE IF NOT EXISTS records (
  model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, expires INTEGER, consumed INTEGER, grantId TEXT, uid TEXT, userCode TEXT,
  PRIMARY KEY (model, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS byGrant ON records (grantId) WHERE grantId IS NOT NULL;
CREATE INDEX IF NOT EXISTS byUid ON records (model, uid) WHERE uid IS NOT NULL;
`;

interface Row {
  readonly payload: string;
  readonly consumed: number | null;
}

export interface IdentityStore {
  readonly adapter: (model: string) => Adapter;
  readonly close: () => void;
}

export function openIdentityStore(file: string): IdentityStore {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec(schema);
  const nowSeconds = () => Math.floor(Date.now() / 1000);
  db.prepare('DELETE FROM records WHERE expires < ?').run(nowSeconds());
  const insert = db.prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const byId = db.prepare('SELECT payload, consumed FROM records WHERE model = ? AND id = ? AND (expires IS NULL OR expires >= ?)');
  const byUid = db.prepare('SELECT payload, consumed FROM records WHERE model = ? AND uid = ? AND (expires IS NULL OR expires >= ?)');
  const byCode = db.prepare('SELECT payload, consumed FROM records WHERE model = ? AND userCode = ? AND (expires IS NULL OR expires >= ?)');
  const consume = db.prepare('UPDATE records SET consumed = ? WHERE model = ? AND id = ?');
  const remove = db.prepare('DELETE FROM records WHERE model = ? AND id = ?');
  const revoke = db.prepare('DELETE FROM records WHERE grantId = ?');
  const read = (row: unknown): AdapterPayload | undefined => {
    if (row === undefined) return undefined;
    const { payload, consumed } = row as Row;
    return { ...(JSON.parse(payload) as AdapterPayload), ...(consumed === null ? {} : { consumed }) };
  };
  return {
    adapter: (model) => ({
      upsert: async (id, payload, expiresIn) => {
        insert.run(
          model,
          id,
          JSON.stringify(payload),
          expiresIn ? nowSeconds() + expiresIn : null,
          null,
          payload.grantId ?? null,
          payload.uid ?? null,
          payload.userCode ?? null,
        );
      },
      find: async (id) => read(byId.get(model, id, nowSeconds())),
      findByUid: async (uid) => read(byUid.get(model, uid, nowSeconds())),
      findByUserCode: async (code) => read(byCode.get(model, code, nowSeconds())),
      consume: async (id) => {
        consume.run(nowSeconds(), model, id);
      },
      destroy: async (id) => {
        remove.run(model, id);
      },
      revokeByGrantId: async (grantId) => {
        revoke.run(grantId);
      },
    }),
    close: () => db.close(),
  };
}
