// Numbers, sizes and durations in Dutch.
const whole = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('nl-NL', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function toDutchNumber(n: number): string {
  return whole.format(n);
}

/** `412 berichten`, `1 bericht` */
export function toCount(n: number, one: string, many: string): string {
  return `${whole.format(n)} ${n === 1 ? one : many}`;
}

export function toSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${whole.format(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${tenths.format(bytes / 1_000_000)} MB`;
  return `${tenths.format(bytes / 1_000_000_000)} GB`;
}

/** `P5Y` → `5 jaar` */
export function toDutchPeriod(period: string): string {
  const [, years, months, weeks, days] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(period) ?? [];
  const parts = [
    years === undefined ? '' : `${years} jaar`,
    months === undefined ? '' : toCount(Number(months), 'maand', 'maanden'),
    weeks === undefined ? '' : toCount(Number(weeks), 'week', 'weken'),
    days === undefined ? '' : toCount(Number(days), 'dag', 'dagen'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? period : parts.join(' en ');
}

export function toDuration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} u ${Math.round((seconds % 3600) / 60)} min`;
}
