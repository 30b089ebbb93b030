// The words of an HTML file or of an e-mail's HTML body. Nothing of it is ever run or loaded: tags are left out, that is all.
import { htmlPieces } from '#core/text/html-pieces.ts';

const blocks: ReadonlySet<string> = new Set(['p', 'div', 'br', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'blockquote', 'title', 'pre', 'hr']);
const cells: ReadonlySet<string> = new Set(['td', 'th']);

export function htmlText(html: string): string {
  let text = '';
  for (const piece of htmlPieces(html)) {
    if (piece.type === 'text') text += piece.text.replaceAll(/[\t\r\n ]+/g, ' ');
    else if (piece.type !== 'aside' && blocks.has(piece.name)) text += '\n';
    else if (piece.type === 'close' && cells.has(piece.name)) text += '\t';
  }
  return text.replaceAll(/[ \t]*\n\s*/g, '\n').trim();
}
