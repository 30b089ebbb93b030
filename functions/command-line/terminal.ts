// What a person sees: results on standard output, everything else on standard error; a line of progress only where somebody is looking.

export interface Terminal {
  readonly say: (line: string) => void;
  readonly note: (line: string) => void;
  readonly write: (pieces: string) => Promise<void>;
  /** Stands on the last line until the next one; nothing where no terminal is. */
  readonly progress: (line: string | null) => void;
}

const clearLine = '\r\u001b[K';

/** Names and messages come from elsewhere: no control codes, nothing that turns the direction of a line around. */
export function plain(value: string): string {
  return value.replaceAll(/[\r\n\u2028\u2029]+/gu, ' ⏎ ').replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

const segments = new Intl.Segmenter('nl', { granularity: 'grapheme' });
const wide = /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\ufe0f/u;

/** Columns that a line takes on a terminal. */
export function widthOf(line: string): number {
  let width = 0;
  for (const { segment } of segments.segment(line)) width += wide.test(segment) ? 2 : 1;
  return width;
}

export function makeTerminal(output: NodeJS.WriteStream, errors: NodeJS.WriteStream): Terminal {
  let standing = false;
  const clear = () => {
    if (standing) errors.write(clearLine);
    standing = false;
  };
  return {
    say: (line) => {
      clear();
      output.write(`${line}\n`);
    },
    note: (line) => {
      clear();
      errors.write(`${line}\n`);
    },
    write: (pieces) => new Promise((resolve, reject) => output.write(pieces, (error) => (error === null || error === undefined ? resolve() : reject(error)))),
    progress: (line) => {
      clear();
      if (line === null || !errors.isTTY) return;
      errors.write(`${clearLine}${line.slice(0, Math.max(20, errors.columns - 1))}`);
      standing = true;
    },
  };
}
