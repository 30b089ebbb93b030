// From the name that a message mentions to the file that came along. Rules as the readers have them: letters compared composed,
// and a name whose extension Android left off ("DOC-20220502-WA0006.") goes by its stem.

export interface NumberedFile {
  readonly n: number;
  /** Without folders. */
  readonly name: string;
}

export function makeAttachmentFinder(files: readonly NumberedFile[]): (name: string) => number | undefined {
  const byName = new Map<string, number>();
  const byStem = new Map<string, number>();
  for (const { n, name } of files) {
    const plain = name.normalize('NFC');
    const stem = plain.replace(/\.[^.]*$/, '');
    if (!byName.has(plain)) byName.set(plain, n);
    if (!byStem.has(stem)) byStem.set(stem, n);
  }
  return (name) => {
    const plain = name.normalize('NFC').trim();
    const found = byName.get(plain);
    if (found !== undefined || !plain.endsWith('.')) return found;
    const stem = plain.slice(0, -1);
    return byName.get(stem) ?? byStem.get(stem);
  };
}
