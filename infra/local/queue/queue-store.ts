// Messages of the queues in one SQLite file: sent, lent out for a while, taken back, deleted, or laid aside after too many tries.
//
//   send → visible → receive → invisible until visibleAt → delete
//                 ↖ not deleted in time ↙        ↘ received maxReceiveCount times → the dead-letter queue
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

export interface QueueDefinition {
  readonly name: string;
  readonly visibilitySeconds: number;
  /** After this many receives a message goes to `deadLetterQueue` instead of being handed out again. */
  readonly maxReceiveCount?: number;
  readonly deadLetterQueue?: string;
}

export interface Message {
  readonly id: string;
  readonly queue: string;
  readonly body: string;
  readonly sent: number;
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceived: number | null;
  readonly receipt: string | null;
  readonly deadFrom: string | null;
}

interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface QueueStore {
  readonly send: (queue: string, body: string, delaySeconds: number) => Message;
  readonly receive: (queue: QueueDefinition, most: number, visibilitySeconds: number) => readonly Message[];
  /** false when the receipt is no longer the latest: somebody else has the message, or it is gone. */
  readonly remove: (queue: string, receipt: string) => boolean;
  readonly hideFor: (queue: string, receipt: string, seconds: number) => boolean;
  readonly counts: (queue: string) => QueueCounts;
  /** When the next message becomes visible; undefined when there is none. */
  readonly nextVisible: (queue: string) => number | undefined;
  /** Sends the messages of a dead-letter queue back to where they came from. */
  readonly redrive: (deadLetterQueue: string, fallback: string | undefined) => number;
  readonly purge: (queue: string) => void;
  readonly close: () => void;
}

const schema = `
CREATE TABLE IF NOT EXISTS messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, queue TEXT NOT NULL, body TEXT NOT NULL, sent INTEGER NOT NULL, visibleAt INTEGER NOT NULL,
  receives INTEGER NOT NULL, firstReceived INTEGER, receipt TEXT, deadFrom TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS visible ON messages (queue, visibleAt, seq);
CREATE UNIQUE INDEX IF NOT EXISTS byReceipt ON messages (receipt) WHERE receipt IS NOT NULL;
`;

export function md5Of(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

export function openQueueStore(file: string, epochMs: () => number = Date.now): QueueStore {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  db.exec(schema);
  // Who held a message when the engine stopped is gone: it is free again. Its count of tries stands.
  db.prepare('UPDATE messages SET visibleAt = ?, receipt = NULL WHERE receipt IS NOT NULL').run(epochMs());
  const insert = db.prepare('INSERT INTO messages (id, queue, body, sent, visibleAt, receives) VALUES (?, ?, ?, ?, ?, 0)');
  const due = db.prepare('SELECT * FROM messages WHERE queue = ? AND visibleAt <= ? ORDER BY visibleAt, seq LIMIT ?');
  const lend = db.prepare('UPDATE messages SET visibleAt = ?, receives = ?, firstReceived = ?, receipt = ? WHERE id = ?');
  const layAside = db.prepare('UPDATE messages SET queue = ?, visibleAt = ?, receipt = NULL, receives = 0, deadFrom = ? WHERE id = ?');
  const deleteOne = db.prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?');
  const hide = db.prepare(
    'UPDATE messages SET visibleAt = ?, receipt = CASE WHEN ? THEN NULL ELSE receipt END WHERE queue = ? AND receipt = ? AND visibleAt > ?',
  );
  const count = db.prepare(
    `SELECT count(*) FILTER (WHERE visibleAt <= $now) AS visible, count(*) FILTER (WHERE visibleAt > $now AND receipt IS NOT NULL) AS inFlight,
     count(*) FILTER (WHERE visibleAt > $now AND receipt IS NULL) AS delayed FROM messages WHERE queue = $queue`,
  );
  const soonest = db.prepare('SELECT min(visibleAt) AS at FROM messages WHERE queue = ?');
  const transaction = <T>(work: () => T): T => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    send: (queue, body, delaySeconds) => {
      const [id, sent] = [randomUUID(), epochMs()];
      const visibleAt = sent + delaySeconds * 1000;
      insert.run(id, queue, body, sent, visibleAt);
      return { id, queue, body, sent, visibleAt, receives: 0, firstReceived: null, receipt: null, deadFrom: null };
    },
    receive: (queue, most, visibilitySeconds) => {
      const now = epochMs();
      if ((soonest.get(queue.name) as { at: number | null }).at === null) return [];
      return transaction(() => {
        const handed: Message[] = [];
        while (handed.length < most) {
          const found = due.all(queue.name, now, most - handed.length) as unknown as Message[];
          if (found.length === 0) break;
          for (const message of found) {
            if (queue.deadLetterQueue !== undefined && queue.maxReceiveCount !== undefined && message.receives >= queue.maxReceiveCount) {
              layAside.run(queue.deadLetterQueue, now, queue.name, message.id);
              continue;
            }
            const receipt = randomBytes(24).toString('base64url');
            const lent = { receives: message.receives + 1, firstReceived: message.firstReceived ?? now, visibleAt: now + visibilitySeconds * 1000, receipt };
            lend.run(lent.visibleAt, lent.receives, lent.firstReceived, receipt, message.id);
            handed.push({ ...message, ...lent });
          }
          if (visibilitySeconds === 0) break;
        }
        return handed;
      });
    },
    remove: (queue, receipt) => Number(deleteOne.run(queue, receipt).changes) > 0,
    hideFor: (queue, receipt, seconds) => {
      const now = epochMs();
      return Number(hide.run(now + seconds * 1000, seconds === 0 ? 1 : 0, queue, receipt, now).changes) > 0;
    },
    counts: (queue) => {
      const found = count.get({ now: epochMs(), queue }) as unknown as QueueCounts;
      return { visible: found.visible, inFlight: found.inFlight, delayed: found.delayed };
    },
    nextVisible: (queue) => (soonest.get(queue) as { at: number | null }).at ?? undefined,
    redrive: (deadLetterQueue, fallback) =>
      Number(
        db
          .prepare(
            'UPDATE messages SET queue = coalesce(?, deadFrom), visibleAt = ?, receives = 0, receipt = NULL, deadFrom = NULL WHERE queue = ? AND coalesce(?, deadFrom) IS NOT NULL',
          )
          .run(fallback ?? null, epochMs(), deadLetterQueue, fallback ?? null).changes,
      ),
    purge: (queue) => {
      db.prepare('DELETE FROM messages WHERE queue = ?').run(queue);
    },
    close: () => {
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      db.close();
    },
  };
}
