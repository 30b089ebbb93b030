// Who came and went stands in RSMF as a type with a participant, often without a word: here it becomes a sentence that can be read and found.

export const eventOf: Readonly<Record<string, string>> = {
  disclaimer: 'disclaimer',
  join: 'member-joined',
  leave: 'member-left',
  history: 'history',
};

export function eventText(type: string, who: string | null): string {
  const name = who ?? 'Iemand';
  if (type === 'join') return `${name} kwam bij het gesprek`;
  if (type === 'leave') return `${name} heeft het gesprek verlaten`;
  return who === null ? type : `${who} · ${type}`;
}
