// Who takes part in a conversation, counted as they appear.

export interface Participants {
  /** One more record of this person. */
  readonly spoke: (label: string) => void;
  /** Takes part, whether or not anything was said. */
  readonly known: (label: string) => void;
  readonly list: () => readonly { readonly label: string; readonly records: number }[];
}

export function makeParticipants(): Participants {
  const counts = new Map<string, number>();
  return {
    spoke: (label) => counts.set(label, (counts.get(label) ?? 0) + 1),
    known: (label) => {
      if (!counts.has(label)) counts.set(label, 0);
    },
    list: () => [...counts].map(([label, records]) => ({ label, records })),
  };
}
