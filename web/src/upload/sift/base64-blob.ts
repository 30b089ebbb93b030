// Base64 of a picked file as bytes, and bytes as base64, piece by piece: the zip in an e-mail may be large.
import { streamOf } from './blob-bytes.ts';

const lineBytes = 57;

/** Throws on other characters. */
export async function* decoded(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let rest = '';
  for await (const chunk of streamOf(blob)) {
    const text = rest + narrow(chunk).replace(/[\r\n\t ]+/g, '');
    const whole = text.length - (text.length % 4);
    rest = text.slice(whole);
    if (whole > 0) yield bytesOf(atob(text.slice(0, whole)));
  }
  if (rest !== '') yield bytesOf(atob(rest));
}

export async function* encoded(bytes: AsyncIterable<Uint8Array>, lineEnd: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let rest = '';
  for await (const chunk of bytes) {
    const text = rest + narrow(chunk);
    const whole = text.length - (text.length % lineBytes);
    rest = text.slice(whole);
    if (whole > 0) yield bytesOf(lines(btoa(text.slice(0, whole)), lineEnd));
  }
  if (rest !== '') yield bytesOf(lines(btoa(rest), lineEnd));
}

function lines(text: string, lineEnd: string): string {
  return text.replace(/.{1,76}/g, `$&${lineEnd}`);
}

/** One character for each byte, and back. */
export function narrow(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
