// One row of separated values → its fields. `""` within quotes is one quote; the line end belongs to none.

/** The fields of one row, without their quotes. */
export function splitRow(raw: string, delimiter: string): readonly string[] {
  const row = raw.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let from = at;
    while (row[from] === ' ') from++;
    let cell = '';
    if (row[from] === '"') {
      let end = from + 1;
      for (;;) {
        const quote = row.indexOf('"', end);
        if (quote < 0) {
          cell += row.slice(end);
          end = row.length;
          break;
        }
        cell += row.slice(end, quote);
        end = quote + 1;
        if (row[end] !== '"') break;
        cell += '"';
        end++;
      }
      const next = row.indexOf(delimiter, end);
      cell += row.slice(end, next < 0 ? row.length : next).trimEnd();
      at = next < 0 ? row.length + 1 : next + 1;
    } else {
      const next = row.indexOf(delimiter, at);
      cell = row.slice(at, next < 0 ? row.length : next);
      at = next < 0 ? row.length + 1 : next + 1;
    }
    cells.push(cell);
    if (at > row.length) return cells;
  }
}
