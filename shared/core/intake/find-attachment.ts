// From the name that a message mentions to the file that came along. Rules as the readers have them: letters compared composed,
// and a name whose extension Android left off ("DOC-20220502-WA0006.") goes by its stem. Where the export gives folders as well
// (`photos/photo_1.jpg`, seen from the chat file) these come first: they tell files of the same name apart.

export interface NumberedFile {
  readonly n: number;
  /** Without folders. */
  readonly name: string;
  /** With folders, from the folder of the chat file. */
  readonly path?: string;
}

export function makeAttachmentFinder(files: readonly NumberedFile[]): (name: string, path?: string) => number | undefined {
  const byPath = new Map<string, number>();
  const byName = new Map<string, number>();
  const byStem = new Map<string, number>();
  for (const { n, name, path } of files) {
    const plain = name.normalize('NFC');
    const stem = plain.replace(/\.[^.]*$/, '');
    if (path !== undefined) byPath.set(path.normalize('NFC'), n);
    if (!byName.has(plain)) byName.set(plain, n);
    if (!byStem.has(stem)) byStem.set(stem, n);
  }
  return (name, path) => {
    const exact = path === undefined ? undefined : byPath.get(path.normalize('NFC'));
    if (exact !== undefined) return exact;
    // Moved to another folder; the name that the person gave the file may be another than the one it lies under.
    const base = path === undefined ? undefined : byName.get(path.slice(path.lastIndexOf('/') + 1).normalize('NFC'));
    if (base !== undefined) return base;
    const plain = name.normalize('NFC').trim();
    const found = byName.get(plain);
    if (found !== undefined || !plain.endsWith('.')) return found;
    const stem = plain.slice(0, -1);
    return byName.get(stem) ?? byStem.get(stem);
  };
}
