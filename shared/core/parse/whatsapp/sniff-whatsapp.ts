// How surely the first bytes of a file are a WhatsApp export: headers among the first lines, with a sender or a notice behind them.
import { makeHeader, mayBeginHeader, parseHeader } from './header.ts';
import { senderEnd } from './label-learning.ts';
import { layoutKind } from './layout-code.ts';
import { readSystemText } from './system-line.ts';
import { encodingOfHead, makeDecoder } from './text-encoding.ts';

/** Lines that are looked at. */
const sniffedLines = 50;

export function sniffWhatsapp(head: Uint8Array, _name: string): number {
  const bytes = head.subarray(0, 65536);
  const text = makeDecoder(encodingOfHead(bytes).encoding).decode(bytes);
  const h = makeHeader();
  let from = 0;
  let headers = 0;
  let sure = 0;
  let seen = 0;
  let firstIsHeader = false;
  for (let n = 0; n < sniffedLines && from < text.length; n++) {
    const feed = text.indexOf('\n', from);
    const end = feed < 0 ? text.length : feed;
    if (end > from && text.charCodeAt(from) !== 13) seen++;
    if (end > from && mayBeginHeader(text.charCodeAt(from)) && parseHeader(text, from, end, h)) {
      headers++;
      const withSender = senderEnd(text, h.body, end) > h.body;
      if (withSender || (layoutKind(h.layout) !== 'plain' && readSystemText(text.slice(h.body, end), 'nl') !== null)) {
        sure++;
        if (seen === 1) firstIsHeader = true;
      }
    }
    from = end + 1;
  }
  if (sure === 0) return headers > 0 && seen === 1 ? 0.3 : 0;
  if (firstIsHeader) return sure >= 2 ? 1 : 0.9;
  return sure >= 2 ? 0.8 : 0.6;
}
