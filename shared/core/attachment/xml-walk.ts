// Walks the XML of office files: names without their prefix, nothing outside the text is fetched, entities of its own are none.
import { SaxesParser } from 'saxes';
import { decodeText } from './read-plain-text.ts';

export interface XmlVisitor {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Attributes go by their full name (`r:id`). Throws on what is no XML. */
export function walkXml(bytes: Uint8Array, visitor: XmlVisitor): void {
  const parser = new SaxesParser({ xmlns: false, fragment: false });
  parser.on('error', () => {
    throw new Error('office: a part is no XML');
  });
  parser.on('opentag', ({ name, attributes }) => visitor.open?.(bare(name), attributes as Readonly<Record<string, string>>));
  parser.on('closetag', ({ name }) => visitor.close?.(bare(name)));
  parser.on('text', (text) => visitor.text?.(text));
  parser.on('cdata', (text) => visitor.text?.(text));
  parser.write(decodeText(bytes)).close();
}
