// Parts of an office file: the text of one, and what it points to (ISO 29500-2, relationships).
import { walkXml } from './xml-walk.ts';

export type Parts = ReadonlyMap<string, Uint8Array>;

/** Text with a line for each paragraph. `t` holds text in Word and PowerPoint; `delText` is what was struck with tracked changes: it is there. */
export function paragraphText(bytes: Uint8Array): string {
  let text = '';
  let inText = 0;
  walkXml(bytes, {
    open: (name) => {
      if (name === 't' || name === 'delText') inText++;
      else if (name === 'tab') text += '\t';
      else if (name === 'br' || name === 'cr') text += '\n';
      else if (name === 'noBreakHyphen') text += '-';
    },
    close: (name) => {
      if (name === 't' || name === 'delText') inText--;
      else if (name === 'p') text += '\n';
      else if (name === 'tc') text += '\t';
    },
    text: (piece) => {
      if (inText > 0) text += piece;
    },
  });
  return text;
}

/** Relations of a part: id → name of the part in the archive. */
export function relationsOf(parts: Parts, part: string): ReadonlyMap<string, { readonly target: string; readonly type: string }> {
  const slash = part.lastIndexOf('/') + 1;
  const bytes = parts.get(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`);
  const found = new Map<string, { target: string; type: string }>();
  if (bytes === undefined) return found;
  walkXml(bytes, {
    open: (name, { Id = '', Target = '', Type = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      found.set(Id, { target: resolvePart(part.slice(0, slash), Target), type: Type.slice(Type.lastIndexOf('/') + 1) });
    },
  });
  return found;
}

function resolvePart(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = folder.split('/').filter((one) => one !== '');
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}
