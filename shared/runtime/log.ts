// Logs carry codes, ids and numbers; never content. The type admits nothing else than short facts.
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  readonly info: (code: string, facts?: LogFacts) => void;
  readonly warn: (code: string, facts?: LogFacts) => void;
  /** An accident: name and stack of the error, without its message (a message may quote what it choked on). */
  readonly accident: (code: string, error: unknown, facts?: LogFacts) => void;
}

export function makeLog(door: string, write: (line: string) => void = (line) => process.stdout.write(line)): Log {
  const say = (level: string, code: string, facts: LogFacts = {}) =>
    write(`${JSON.stringify({ level, at: new Date().toISOString(), door, code, ...facts })}\n`);
  return {
    info: (code, facts) => say('info', code, facts),
    warn: (code, facts) => say('warn', code, facts),
    accident: (code, error, facts) => {
      const chain: string[] = [];
      for (let e: unknown = error; e instanceof Error && chain.length < 5; e = e.cause) {
        const frames = (e.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
        chain.push(
          `${e.name} ${frames
            .slice(0, 6)
            .map((f) => f.trim())
            .join(' < ')}`,
        );
      }
      say('error', code, { ...facts, error: chain.join(' || ') || typeof error });
    },
  };
}
