// multipart/form-data of a browser's form upload, as a stream: the small fields first, then the file, whatever its size.
import { S3Fault } from './s3-fault.ts';

export interface Form {
  /** Names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly fileType: string | undefined;
  readonly file: AsyncIterable<Buffer>;
}

const largestField = 64 * 1024;
const mostFields = 100;

const malformed = () => new S3Fault('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');

export async function readForm(source: AsyncIterable<Buffer>, contentType: string | undefined): Promise<Form> {
  const boundary = /^multipart\/form-data;.*?boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType ?? '');
  if (boundary === null) throw malformed();
  const mark = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const iterator = source[Symbol.asyncIterator]();
  // The first boundary has no line end before it; with one put there all boundaries look alike.
  let held = Buffer.from('\r\n') as Buffer;
  const more = async () => {
    const next = await iterator.next();
    if (next.done === true) throw malformed();
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
  };
  const upTo = async (delimiter: Buffer | string): Promise<Buffer> => {
    for (;;) {
      const at = held.indexOf(delimiter);
      if (at !== -1) {
        const piece = held.subarray(0, at);
        held = held.subarray(at + delimiter.length);
        return piece;
      }
      if (held.length > largestField) throw malformed();
      await more();
    }
  };
  async function* file(): AsyncGenerator<Buffer> {
    for (;;) {
      const at = held.indexOf(mark);
      const safe = at === -1 ? held.length - mark.length : at;
      if (safe > 0) {
        yield held.subarray(0, safe);
        held = held.subarray(safe);
      }
      if (at !== -1) return;
      await more();
    }
  }
  const fields = new Map<string, string>();
  await upTo(mark);
  while (fields.size < mostFields) {
    if ((await upTo('\r\n')).length > 0) throw malformed();
    const headers = (await upTo('\r\n\r\n')).toString('utf8');
    const name = /content-disposition:[^\r\n]*?\bname="([^"]*)"/i.exec(headers)?.[1]?.toLowerCase();
    if (name === undefined) throw malformed();
    if (name === 'file') {
      const fileName = /content-disposition:[^\r\n]*?\bfilename="([^"]*)"/i.exec(headers)?.[1] ?? '';
      return { fields, fileName, fileType: /^content-type:\s*(\S[^\r\n]*)$/im.exec(headers)?.[1], file: file() };
    }
    fields.set(name, (await upTo(mark)).toString('utf8'));
  }
  throw malformed();
}
