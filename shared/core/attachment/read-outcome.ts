// What reading an attachment gives: its text, page by page, or why there is none. Never an error.
import type { AttachmentUnit } from '#core/model/attachment-text.ts';
import { attachmentLimits } from './attachment-limits.ts';

export interface ReadPage {
  readonly unit: AttachmentUnit;
  /** From 1. */
  readonly number: number;
  /** Of a sheet, or of a file within an e-mail. */
  readonly name?: string;
  readonly text: string;
  /** Read from a picture: how sure, 0 to 100. */
  readonly confidence?: number;
}

/** The engine that reads words on pictures, where there is one: bytes of a picture → its words. Never throws. */
export type ReadPicture = (bytes: Uint8Array) => Promise<ReadOutcome>;

/** not-read: no reader for this kind · no-text: looked, and found no text (a scanned letter) · stopped: it took too long. */
export type UnreadReason = 'too-large' | 'encrypted' | 'damaged' | 'not-read' | 'no-text' | 'stopped';

export type ReadOutcome = { readonly ok: true; readonly pages: readonly ReadPage[] } | { readonly ok: false; readonly reason: UnreadReason };

export function unread(reason: UnreadReason): ReadOutcome {
  return { ok: false, reason };
}

/** Pages with text, within the limits; long ones in pieces. */
export function toOutcome(pages: readonly ReadPage[]): ReadOutcome {
  if (pages.length > attachmentLimits.pages) return unread('too-large');
  const found: ReadPage[] = [];
  let units = 0;
  for (const page of pages) {
    if (page.text.trim() === '') continue;
    units += page.text.length;
    if (units > attachmentLimits.textUnits) return unread('too-large');
    for (const text of toPieces(page.text.trim())) found.push({ ...page, text });
  }
  return found.length === 0 ? unread('no-text') : { ok: true, pages: found };
}

/** Cuts behind a line end, else behind a space, else between two characters: no word is cut that ends within the piece. */
export function toPieces(text: string, most = attachmentLimits.pieceUnits): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  while (text.length - at > most) {
    const line = text.lastIndexOf('\n', at + most - 1);
    const space = text.lastIndexOf(' ', at + most - 1);
    let end = line > at + most / 2 ? line + 1 : space > at + most / 2 ? space + 1 : at + most;
    const unit = text.charCodeAt(end - 1);
    if (unit >= 0xd800 && unit <= 0xdbff) end--;
    pieces.push(text.slice(at, end));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
}
