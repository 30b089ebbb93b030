// A calendar date as Dutch people write it: `2031-02-28` → `28-02-2031`.
import type { CalendarDate } from '#core/model/time.ts';

export function toDutchDate(date: CalendarDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}-${month}-${year}`;
}
