// Whose bundles the caller may see, as a search asks it.
import type { SearchScope } from '#core/search/question.ts';
import type { Call } from './route.ts';

export function scopeOf({ grant, caller }: Pick<Call<unknown, unknown, unknown>, 'grant' | 'caller'>): SearchScope {
  return grant.reach === 'own' ? { kind: 'uploader', subject: caller.actor.subject } : { kind: 'all' };
}
