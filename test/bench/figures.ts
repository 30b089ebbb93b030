// How figures are shown beside the bars that are set for them.

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function underBar(value: number, bar: number): string {
  return value <= bar ? `≤ ${bar}` : `> ${bar}!`;
}

/** `KIND=prefix npm run bench search`: only the kinds whose name holds that. */
export function isMeasured(name: string): boolean {
  return name.includes(process.env['KIND'] ?? '');
}
