// The way to the archive: client credentials, one try after another where that makes sense, and refusals with their code.
// The token goes to the archive itself and nowhere else: not to a link of the store, not along a redirect.
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { Refusal, Token } from './answers.ts';

export type Archive = ReturnType<typeof makeArchive>;

export interface Way {
  /** Without a slash at the end. */
  readonly server: string;
  readonly tokenUrl: string;
  readonly client: string;
  readonly secret: string;
  readonly scope: string | undefined;
  readonly retries: number;
  readonly signal: AbortSignal;
  /** Told before each new try. */
  readonly onRetry: (seconds: number) => void;
}

/** The archive said no, or something that is no answer. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;
  readonly problem: z.infer<typeof Refusal> | null;
  constructor(status: number, code: string, problem: z.infer<typeof Refusal> | null = null) {
    super(code);
    this.status = status;
    this.code = code;
    this.problem = problem;
  }
}

/** Nobody answered, also not after trying again. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  /** E.g. `ECONNREFUSED`. */
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The identity provider does not know this client with this secret. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}

const answerMs = 120_000;
const partMs = 30 * 60_000;
/** A token is renewed when it has less than this to live. */
const marginMs = 60_000;
const longestWait = 120;

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return error instanceof Error && error.name === 'TimeoutError' ? 'ETIMEDOUT' : 'EUNKNOWN';
}

async function drop(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

async function jsonOf<T extends z.ZodType>(schema: T, response: Response): Promise<z.infer<T>> {
  const body: unknown = await response.json().catch(() => undefined);
  const read = schema.safeParse(body);
  if (!read.success) throw new Refused(response.status, 'answer.unreadable');
  return read.data;
}

async function refusalOf(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => undefined);
  const read = Refusal.safeParse(body);
  return read.success ? new Refused(response.status, read.data.code, read.data) : new Refused(response.status, 'answer.unreadable');
}

export function makeArchive(way: Way) {
  const { server, signal, retries } = way;
  let held: Promise<{ readonly token: string; readonly ends: number }> | undefined;

  /** Busy, broken or out of reach: again after 0.5, 1, 2, 4 … seconds, or when the answer says so. Anything else is the answer. */
  async function stubborn(ask: () => Promise<Response>, again = (status: number) => status === 429 || status >= 500): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      let seconds = Math.min(30, 0.5 * 2 ** attempt) * (0.75 + Math.random() / 2);
      try {
        const response = await ask();
        if (!again(response.status) || attempt >= retries) return response;
        const named = Number(response.headers.get('retry-after') ?? Number.NaN);
        if (named >= 0) seconds = Math.min(longestWait, Math.max(seconds, named));
        await drop(response);
      } catch (error) {
        if (signal.aborted || error instanceof Refused || error instanceof SignInRefused || error instanceof Unreachable) throw error;
        if (attempt >= retries) throw new Unreachable(codeOf(error));
      }
      way.onRetry(seconds);
      await sleep(seconds * 1000, undefined, { signal });
    }
  }

  const within = (ms: number) => AbortSignal.any([signal, AbortSignal.timeout(ms)]);

  async function newToken() {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: way.client, client_secret: way.secret });
    if (way.scope !== undefined) body.set('scope', way.scope);
    const response = await stubborn(() =>
      fetch(way.tokenUrl, { method: 'POST', body, redirect: 'manual', signal: within(answerMs), headers: { accept: 'application/json' } }),
    );
    if (response.status === 400 || response.status === 401) {
      await drop(response);
      throw new SignInRefused();
    }
    if (!response.ok) {
      await drop(response);
      throw new Refused(response.status, 'token.unreadable');
    }
    const { access_token: token, expires_in: seconds = 300 } = await jsonOf(Token, response);
    // One that lives shorter than the margin is used for some seconds all the same.
    return { token, ends: performance.now() + Math.max(seconds * 1000, marginMs + 5000) };
  }

  async function token(): Promise<string> {
    const seen = held;
    const standing = await seen?.catch(() => undefined);
    if (standing !== undefined && standing.ends - performance.now() > marginMs) return standing.token;
    // Somebody else was first to ask for a new one.
    if (held !== seen) return token();
    held = newToken();
    return (await held).token;
  }

  async function request(method: 'GET' | 'POST', path: string, body?: unknown, accept = 'application/json', ms = answerMs): Promise<Response> {
    for (let signedIn = 0; ; signedIn++) {
      const response = await stubborn(async () =>
        fetch(`${server}${path}`, {
          method,
          redirect: 'manual',
          signal: within(ms),
          headers: {
            authorization: `Bearer ${await token()}`,
            accept,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? null : JSON.stringify(body),
        }),
      );
      // It ended sooner than was told, or the key was changed.
      if (response.status !== 401 || signedIn > 0) return response;
      await drop(response);
      held = undefined;
    }
  }

  async function answered<T extends z.ZodType>(schema: T, asked: Promise<Response>): Promise<z.infer<T>> {
    const response = await asked;
    if (!response.ok) throw await refusalOf(response);
    return jsonOf(schema, response);
  }

  return {
    server,
    signal,
    stubborn,
    get: <T extends z.ZodType>(schema: T, path: string) => answered(schema, request('GET', path)),
    /** null: the archive has no such thing, or not for this client. */
    find: async <T extends z.ZodType>(schema: T, path: string): Promise<z.infer<T> | null> => {
      try {
        return await answered(schema, request('GET', path));
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return null;
        throw error;
      }
    },
    post: <T extends z.ZodType>(schema: T, path: string, body: unknown = {}) => answered(schema, request('POST', path, body)),

    /** Bytes of a file, however long that takes; a link to the store is followed without the token. */
    open: async (path: string): Promise<Response> => {
      const response = await request('GET', path, undefined, '*/*', partMs);
      const link = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && link !== null) {
        await drop(response);
        return stubborn(() => fetch(new URL(link, server), { redirect: 'error', signal: within(partMs) }));
      }
      if (!response.ok) throw await refusalOf(response);
      return response;
    },

    /** One PUT to a link of the store; every try asks for a new link, because a link does not live long. */
    put: (
      link: () => Promise<{ readonly url: string; readonly headers: Readonly<Record<string, string>> }>,
      bytes: Uint8Array<ArrayBuffer>,
    ): Promise<Response> =>
      stubborn(
        async () => {
          const { url, headers } = await link();
          const sent = Object.entries(headers).filter(([name]) => !/^(host|content-length)$/i.test(name));
          return fetch(url, { method: 'PUT', headers: Object.fromEntries(sent), body: bytes, redirect: 'error', signal: within(partMs) });
        },
        (status) => status === 403 || status === 408 || status === 429 || status >= 500,
      ),
  };
}

/** `/v1/bundles` + `{ state: 'refused' }` → `/v1/bundles?state=refused`; what is absent is left out. */
export function address(path: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) parameters.set(name, String(value));
  const tail = parameters.toString();
  return tail === '' ? path : `${path}?${tail}`;
}
