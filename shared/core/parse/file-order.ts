// Does a file run from old to new or from new to old? Told by its steps in time, never by sorting.

export interface FileOrder {
  readonly step: (local: string) => void;
  readonly isNewestFirst: () => boolean;
}

export function makeFileOrder(): FileOrder {
  let last = '';
  let back = 0;
  let on = 0;
  return {
    step: (local) => {
      if (last > local) back++;
      else if (last !== '' && last < local) on++;
      last = local;
    },
    isNewestFirst: () => back > on,
  };
}
