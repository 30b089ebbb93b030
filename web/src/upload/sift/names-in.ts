// Files that a record names anywhere, also where the readers do not look (a thumbnail beside a photo): what is struck takes them along.
import type { NumberedFile } from '#core/intake/find-attachment.ts';

/** Formats whose records are JSON: every string of a record may be a path. */
const jsonFormats: ReadonlySet<string> = new Set(['telegram', 'messenger', 'rsmf', 'teams', 'signal', 'signal-export', 'sigtop-json', 'generic-json']);

export function namesIn(format: string, files: readonly NumberedFile[]): (raw: string) => readonly number[] {
  if (!jsonFormats.has(format) || files.length === 0) return () => [];
  const byPath = new Map(files.map(({ n, name, path = name }) => [path.normalize('NFC'), n]));
  return (raw) => {
    const found: number[] = [];
    for (const [quoted] of raw.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"/g)) {
      if (!quoted.includes('.')) continue;
      const n = byPath.get(plain(quoted).normalize('NFC'));
      if (n !== undefined) found.push(n);
    }
    return found;
  };
}

function plain(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return '';
  }
}
