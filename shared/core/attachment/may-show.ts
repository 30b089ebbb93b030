// What may be shown in place: a closed list of pictures, sound and moving pictures, by what the first bytes are and never by a name.
// All else (HTML, SVG, PDF, office files, anything unknown) is only ever a download: it could run something.
const shown = {
  image: ['image/png', 'image/apng', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif'],
  audio: [
    'audio/ogg',
    'audio/opus',
    'audio/mpeg',
    'audio/mp4',
    'audio/x-m4a',
    'audio/aac',
    'audio/wav',
    'audio/vnd.wave',
    'audio/webm',
    'audio/amr',
    'audio/flac',
  ],
  video: ['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime', 'video/3gpp', 'video/x-m4v'],
} as const;

export type ShownKind = keyof typeof shown;

/** How it may be shown, or null. Parameters of the type (`audio/ogg; codecs=opus`) make no difference. */
export function mayShow(mediaType: string | null | undefined): ShownKind | null {
  const bare = mediaType?.split(';')[0]?.trim().toLowerCase() ?? '';
  for (const kind of ['image', 'audio', 'video'] as const) if ((shown[kind] as readonly string[]).includes(bare)) return kind;
  return null;
}
