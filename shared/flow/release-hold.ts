// A hold is released by a person: active → releasing, and then off every bundle it covered.
import type { Acting } from '#core/audit/audited.ts';
import type { Hold } from '#core/model/hold.ts';
import type { HoldId } from '#core/model/id.ts';
import { no, ok, type Result } from '#core/model/result.ts';
import { acted, settle } from './acted.ts';
import { applyHold, type NeedsApplyHold } from './apply-hold.ts';
import type { NeedsQueue } from './needs.ts';

export interface NeedsReleaseHold extends NeedsApplyHold, NeedsQueue {}

const inline = 20;
const afterSeconds = 60;

export async function releaseHold(needs: NeedsReleaseHold, acting: Acting, id: HoldId): Promise<Result<Hold>> {
  const hold = await needs.holds.get(id);
  if (hold === null) return no('not-found');
  await settle(needs, hold);
  if (hold.state !== 'active' && hold.state !== 'releasing') return no('hold.wrong-state');
  let moved = hold;
  if (hold.state === 'active') {
    const at = needs.clock.now();
    const event = acted(needs, acting, 'hold.release', id, { reason: hold.reason });
    const releasing = await needs.holds.move(id, 'active', 'releasing', at, event, { releasedBy: acting.subject, releasedAt: at });
    if (releasing === null) return no('changed-meanwhile');
    await settle(needs, releasing);
    moved = releasing;
  }
  let covered = 0;
  for await (const _bundle of needs.holds.eachBundle(id)) if (++covered > inline) break;
  await needs.queue.send('apply-hold', { holdId: id }, covered > inline ? 0 : afterSeconds);
  return ok(covered > inline ? moved : ((await applyHold(needs, id)) ?? moved));
}
