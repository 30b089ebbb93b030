// What reading one attachment may cost, in one place. Beyond a limit nothing of it is read and a doubt says so: never half a text.

export interface AttachmentLimits {
  /** Bytes of a document that is read whole. */
  readonly documentBytes: number;
  /** Bytes and pixels of a picture that is looked at: 40 megapixels are 160 MB when unpacked. */
  readonly pictureBytes: number;
  readonly picturePixels: number;
  /** Bytes of all parts of an office file together, inflated. */
  readonly inflatedBytes: number;
  /** Pages, slides, sheets. */
  readonly pages: number;
  /** UTF-16 units of all its text. */
  readonly textUnits: number;
  /** UTF-16 units of one piece: a longer page is filed in pieces, cut at a line or a space. */
  readonly pieceUnits: number;
  /** Pictures on one page of a scanned document, and the pixels below which one is an ornament. */
  readonly scansOnPage: number;
  readonly scanPixels: number;
  /** An e-mail within an e-mail within an e-mail. */
  readonly depth: number;
  /** Milliseconds after which a reader is stopped. */
  readonly documentMs: number;
  readonly pictureMs: number;
}

export const attachmentLimits: AttachmentLimits = {
  documentBytes: 64 * 2 ** 20,
  pictureBytes: 24 * 2 ** 20,
  picturePixels: 40_000_000,
  inflatedBytes: 192 * 2 ** 20,
  pages: 5_000,
  textUnits: 8_000_000,
  pieceUnits: 20_000,
  scansOnPage: 50,
  scanPixels: 20_000,
  depth: 3,
  documentMs: 240_000,
  pictureMs: 60_000,
};
