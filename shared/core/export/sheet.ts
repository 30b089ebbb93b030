// Sheets of a workbook as values: what an xlsx or csv is written from, and nothing else. A text is a text whatever it begins with.

export type SheetCell = string | number | null | { readonly date: string };

export interface Sheet {
  /** At most 31 characters, none of : \ / ? * [ ] */
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** Characters. */
  readonly widths: readonly number[];
}
