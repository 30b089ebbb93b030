// GET on the ZGW APIs: a token a request, only to addresses of the organisation's own case system, answers remembered by their ETag.
import { type AnswerSchema, PageAnswer } from '#core/zgw/answers.ts';
import { type ZgwKey, zgwToken } from './zgw-token.ts';

export interface ZgwAccess extends ZgwKey {
  /** Addresses of the APIs, e.g. `https://zaken.voorbeeld.example/zaken/api/v1`. */
  readonly zaken: string;
  readonly catalogi: string;
  readonly besluiten?: string | undefined;
  /** Public API of the selection list: asked without a token. */
  readonly selectielijst?: string | undefined;
}

export const zgwTroubles = ['zgw-unreachable', 'zgw-denied', 'zgw-not-found', 'zgw-not-understood', 'zgw-ambiguous'] as const;
export type ZgwTroubleCode = (typeof zgwTroubles)[number];

/** What went wrong on the way; never what was said. */
export class ZgwTrouble extends Error {
  readonly code: ZgwTroubleCode;
  constructor(code: ZgwTroubleCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'ZgwTrouble';
    this.code = code;
  }
}

interface Remembered {
  readonly etag: string;
  readonly body: unknown;
}

const mostRemembered = 1000;
const mostBytes = 5 * 2 ** 20;
const mostPages = 1000;
const timeoutMs = 10_000;
const attempts = 3;

function under(base: string | undefined, url: string): boolean {
  if (base === undefined) return false;
  const [wanted, given] = [URL.parse(`${base.replace(/\/+$/, '')}/`), URL.parse(url)];
  return wanted !== null && given !== null && wanted.origin === given.origin && given.pathname.startsWith(wanted.pathname);
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new ZgwTrouble('zgw-not-understood');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ZgwTrouble('zgw-not-understood');
  }
}

/** Seconds of `Retry-After`, five at most: whoever needs longer is asked again at night. */
function restMs(response: Response, attempt: number): number {
  const asked = Number(response.headers.get('retry-after'));
  return Math.min(Number.isFinite(asked) && asked > 0 ? asked * 1000 : 200 * 2 ** attempt, 5000);
}

export type ZgwHttp = ReturnType<typeof makeZgwHttp>;

export function makeZgwHttp(access: ZgwAccess, epochMs: () => number) {
  const remembered = new Map<string, Remembered>();
  const bases = [access.zaken, access.catalogi, access.besluiten];

  /** Whether an address belongs to the case system, so that the key may be shown there. */
  const isOurs = (url: string) => bases.some((base) => under(base, url));
  const isSelectionList = (url: string) => under(access.selectielijst, url);

  async function once(url: string): Promise<Response | null> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (isOurs(url)) headers['authorization'] = `Bearer ${zgwToken(access, epochMs())}`;
    if (under(access.zaken, url)) Object.assign(headers, { 'accept-crs': 'EPSG:4326', 'content-crs': 'EPSG:4326' });
    const held = remembered.get(url);
    if (held !== undefined) headers['if-none-match'] = held.etag;
    try {
      return await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    } catch {
      return null;
    }
  }

  async function get<T>(url: string, schema: AnswerSchema<T>): Promise<T> {
    if (!isOurs(url) && !isSelectionList(url)) throw new ZgwTrouble('zgw-not-understood');
    for (let attempt = 1; ; attempt++) {
      const response = await once(url);
      const again = response === null || response.status === 429 || response.status >= 500;
      if (again) {
        await response?.body?.cancel();
        if (attempt >= attempts) throw new ZgwTrouble('zgw-unreachable');
        await new Promise((resolve) => setTimeout(resolve, response === null ? 200 * 2 ** attempt : restMs(response, attempt)));
        continue;
      }
      return understood(schema, await bodyOf(url, response));
    }
  }

  async function bodyOf(url: string, response: Response): Promise<unknown> {
    const held = remembered.get(url);
    if (response.status === 304 && held !== undefined) return held.body;
    if (response.status !== 200) {
      await response.body?.cancel();
      if (response.status === 401 || response.status === 403) throw new ZgwTrouble('zgw-denied');
      throw new ZgwTrouble(response.status === 404 || response.status === 410 ? 'zgw-not-found' : 'zgw-not-understood');
    }
    const text = await textOf(response).catch((cause: unknown) => {
      throw cause instanceof ZgwTrouble ? cause : new ZgwTrouble(cause instanceof TypeError ? 'zgw-not-understood' : 'zgw-unreachable');
    });
    const body = parseJson(text);
    const etag = response.headers.get('etag');
    if (etag !== null) {
      if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value ?? '');
      remembered.delete(url);
      remembered.set(url, { etag, body });
    }
    return body;
  }

  /** Every page, or trouble: a list is never cut. */
  async function* getAll<T>(url: string, schema: AnswerSchema<T>): AsyncGenerator<T> {
    let next: string | null = url;
    for (let page = 0; next !== null; page++) {
      if (page >= mostPages) throw new ZgwTrouble('zgw-not-understood');
      const answer: PageAnswer = await get(next, PageAnswer);
      for (const one of answer.results) yield understood(schema, one);
      next = answer.next;
    }
  }

  return { get, getAll, isOurs, isSelectionList };
}

function understood<T>(schema: AnswerSchema<T>, body: unknown): T {
  const outcome = schema.safeParse(body);
  if (!outcome.success) throw new ZgwTrouble('zgw-not-understood');
  return outcome.data;
}
