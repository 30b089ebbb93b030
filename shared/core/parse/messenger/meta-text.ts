// Meta writes the bytes of UTF-8 each as a character of its own: `é` becomes `\u00c3\u00a9`. What is repaired is certain: every character
// must be a byte and all bytes together valid UTF-8; a text that holds one character which is no byte was not written that way.
import { makeStrictDecoder } from '../whatsapp/text-encoding.ts';

export interface MetaText {
  readonly text: string;
  /** repaired: it was written as bytes · kept: it holds characters beyond ASCII and was not written as bytes · plain: nothing to repair */
  readonly found: 'repaired' | 'kept' | 'plain';
}

const decoder = makeStrictDecoder();

export function readMetaText(written: string): MetaText {
  let beyond = false;
  for (let i = 0; i < written.length; i++) {
    const code = written.charCodeAt(i);
    if (code > 0xff) return { text: written, found: 'kept' };
    beyond ||= code > 0x7f;
  }
  if (!beyond) return { text: written, found: 'plain' };
  const bytes = new Uint8Array(written.length);
  for (let i = 0; i < written.length; i++) bytes[i] = written.charCodeAt(i);
  const text = decoder.decode(bytes);
  return text === null ? { text: written, found: 'kept' } : { text, found: 'repaired' };
}
