// Names inside an archive. They are never used as a path here, yet a name that tries to leave its folder marks a hostile archive.

export type EntryName = { readonly ok: true; readonly name: string; readonly cleaned: boolean } | { readonly ok: false };

/** Backslashes of old Windows tools become slashes (and are told of); absolute, climbing and control-marked names are refused. */
export function cleanEntryName(raw: string): EntryName {
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
