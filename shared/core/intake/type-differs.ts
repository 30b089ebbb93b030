// Does a file hold what its name says? By kinds that belong together: a photo saved as another kind of photo is no reason for doubt.
import { baseName } from './entry-name.ts';

const families: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'png', 'webp', 'gif', 'heic', 'heif', 'avif', 'bmp', 'tif', 'tiff', 'apng'],
  ['mp4', 'm4v', 'mov', '3gp', '3g2', 'avi', 'mkv', 'webm', 'mpg', 'mpeg', 'gif', 'm4a'],
  ['mp3', 'm4a', 'aac', 'amr', 'wav', 'ogg', 'oga', 'opus', 'flac', 'weba', 'mp4', 'caf'],
  ['pdf'],
  ['doc', 'xls', 'ppt', 'msg', 'pub', 'vsd', 'cfb'],
  ['docx', 'docm', 'dotx', 'xlsx', 'xlsm', 'xltx', 'pptx', 'pptm', 'potx', 'odt', 'ods', 'odp', 'vsdx', 'zip', 'epub', 'pages', 'numbers', 'key', 'apk'],
  ['zip'],
  ['7z'],
  ['rar'],
  ['gz', 'tgz'],
  ['rtf'],
];
/** Files without a mark of their own. */
const unmarked: ReadonlySet<string> = new Set([
  'txt',
  'csv',
  'vcf',
  'ics',
  'json',
  'xml',
  'html',
  'htm',
  'svg',
  'eml',
  'md',
  'log',
  'kml',
  'gpx',
  'rtf',
  'ps',
  'eps',
]);
const known: ReadonlySet<string> = new Set(families.flat());

/** `sniffed`: the extension that the first bytes stand for, or null. A name without a known extension promises nothing. */
export function typeDiffers(name: string, sniffed: string | null): boolean {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(baseName(name))?.[1]?.toLowerCase();
  if (extension === undefined || extension === sniffed) return false;
  if (unmarked.has(extension)) return sniffed !== null && !unmarked.has(sniffed);
  if (!known.has(extension)) return false;
  return sniffed === null || !families.some((family) => family.includes(extension) && family.includes(sniffed));
}
