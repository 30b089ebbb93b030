// The months of a timeline, gaps filled with nothing, and the days a chosen stretch stands for.
export interface MonthCount {
  readonly month: string;
  readonly messages: number;
}

function after(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

export function isMonth(value: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(value);
}

/** From the first to the last month, in order. Values that are no month are left to the table. */
export function fillMonths(counts: readonly { readonly value: string; readonly messages: number }[]): readonly MonthCount[] {
  const known = new Map(counts.filter((count) => isMonth(count.value)).map((count) => [count.value, count.messages]));
  const months = [...known.keys()].sort();
  const first = months[0];
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const filled: MonthCount[] = [];
  for (let month = first; month <= last; month = after(month)) filled.push({ month, messages: known.get(month) ?? 0 });
  return filled;
}

/** `2024-02` … `2024-02` → 2024-02-01 … 2024-02-29 */
export function daysOf(firstMonth: string, lastMonth: string): { readonly from: string; readonly to: string } {
  const [year = 0, month = 0] = lastMonth.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { from: `${firstMonth}-01`, to: `${lastMonth}-${String(lastDay).padStart(2, '0')}` };
}
