// Cursors of lists: opaque, bound to the list and the filters they came from, and checked before the store sees them.
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { no, ok, type Result } from '#core/model/result.ts';

/** A key of the store, or whatever a flow needs to go on from. */
export type Mark = Readonly<Record<string, unknown>>;

export interface CursorOf {
  readonly read: (next: string | null | undefined) => Result<Mark | null>;
  readonly write: (mark: Mark | null) => string | null;
}

const MarkShape = z.record(z.string().max(40), z.json());

/** `scope` names the list: route, filters, caller. A cursor of another list is refused. */
export function makeCursor(scope: string): CursorOf {
  const seal = (payload: string) => createHash('sha256').update(`${scope}\n${payload}`).digest('base64url').slice(0, 16);
  return {
    write: (mark) => {
      if (mark === null) return null;
      const payload = Buffer.from(JSON.stringify(mark)).toString('base64url');
      return `${seal(payload)}${payload}`;
    },
    read: (next) => {
      if (next === null || next === undefined) return ok(null);
      const payload = next.slice(16);
      const wrong = no('cursor.invalid', { errors: [{ field: 'next' }] });
      if (seal(payload) !== next.slice(0, 16)) return wrong;
      const mark = MarkShape.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
      return mark.success ? ok(mark.data) : wrong;
    },
  };
}
