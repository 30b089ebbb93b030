// A table with a caption; numbers to the right; scrolls sideways inside its own frame, reachable by keyboard.
import { type ReactNode, useId } from 'react';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: true;
  /** The cell that names the row. */
  readonly head?: true;
}

interface TableProps<Row> {
  readonly caption: string;
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

export function Table<Row>({ caption, captionHidden = false, columns, rows, rowKey }: TableProps<Row>) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="table-frame" aria-labelledby={id} tabIndex={0}>
      <table className="utrecht-table">
        <caption id={id} className={captionHidden ? 'visually-hidden' : 'utrecht-table__caption'}>
          {caption}
        </caption>
        <thead className="utrecht-table__header">
          <tr className="utrecht-table__row">
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={column.numeric ? 'utrecht-table__header-cell utrecht-table__header-cell--numeric-column' : 'utrecht-table__header-cell'}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="utrecht-table__body">
          {rows.map((row) => (
            <tr key={rowKey(row)} className="utrecht-table__row">
              {columns.map((column) => {
                const className = column.numeric ? 'utrecht-table__cell utrecht-table__cell--numeric-column number' : 'utrecht-table__cell';
                return column.head ? (
                  <th key={column.title} scope="row" className={className}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.title} className={className}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
