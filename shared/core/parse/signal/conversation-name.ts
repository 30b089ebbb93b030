// The name of a conversation, as tools around Signal Desktop give it to a file or folder: `Sanne Bakker (+31620000003).json`, `Wijkteam (group).txt`.

export interface ConversationName {
  readonly title: string | null;
  readonly kind: 'direct' | 'group' | 'unknown';
}

/** Names that a tool gives to every conversation; then the folder would tell, which is not known here. */
const general = /^(?:data|chat|messages?|main|result|export|index|signal)$/i;

export function conversationNameOf(fileName: string): ConversationName {
  const stem = fileName.replace(/\.(?:txt|json|jsonl|md)$/i, '');
  const match = /^(.+) \(([^()]+)\)$/.exec(stem);
  if (match === null) return { title: general.test(stem) || stem === '' ? null : stem, kind: 'unknown' };
  const [, name = '', detail = ''] = match;
  if (detail === 'group') return { title: name, kind: 'group' };
  return /^\+?\d{6,15}$|^[0-9a-f-]{36}$|^[\w.]+\.\d{2,}$/i.test(detail) ? { title: stem, kind: 'direct' } : { title: stem, kind: 'unknown' };
}
