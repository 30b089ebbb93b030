// Names inside an archive. They are never used as a path here, yet a name that tries to leave its folder marks a hostile archive.

export type EntryName = { readonly ok: true; readonly name: string; readonly cleaned: boolean } | { readonly ok: false };

/** UTF-16 units, folders and all: no disk takes a longer path. An archive of nothing but long names must not fill the memory either. */
const longestName = 1_024;

/** Backslashes of old Windows tools become slashes (and are told of); absolute, climbing, control-marked and endless names are refused. */
export function cleanEntryName(raw: string): EntryName {
  if (raw.length > longestName) return { ok: false };
  const name = raw.replaceAll('\\', '/');
  const climbs = name.split('/').includes('..');
  const absolute = name.startsWith('/') || /^[A-Za-z]:/.test(name);
  if (name === '' || name.includes('\u0000') || climbs || absolute) return { ok: false };
  return { ok: true, name, cleaned: name !== raw };
}

/** Name without its folders. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
