// A growing row of numbers (places in files, hashes): eight bytes each, whatever the number of records.
export interface NumberColumn {
  readonly push: (value: number) => void;
  readonly at: (index: number) => number;
  readonly count: () => number;
}

export function makeNumberColumn(): NumberColumn {
  let values = new Float64Array(1024);
  let length = 0;
  return {
    push: (value) => {
      if (length === values.length) {
        const wider = new Float64Array(length * 2);
        wider.set(values);
        values = wider;
      }
      values[length++] = value;
    },
    at: (index) => values[index] ?? Number.NaN,
    count: () => length,
  };
}
