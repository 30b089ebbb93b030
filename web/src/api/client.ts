// One way to the API: same origin, session cookie, CSRF header on writes. A refusal becomes an ApiProblem with its code.
import type { Problem } from '#contract/problem.ts';
import { text } from '../text.nl.ts';

export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

let csrf: string | null = null;

/** Set once `GET /v1/me` has answered. */
export function setCsrf(token: string | null): void {
  csrf = token;
}

function ownProblem(code: string, status: number, title: string, detail: string): ApiProblem {
  return new ApiProblem({ type: 'about:blank', status, code, title, detail });
}

async function toProblem(response: Response): Promise<ApiProblem> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json') === true;
  const body: unknown = isProblem ? await response.json().catch(() => null) : null;
  if (typeof body === 'object' && body !== null && 'code' in body) return new ApiProblem(body as Problem);
  return ownProblem('answer.unreadable', response.status, text.errors.unreadable.title, text.errors.unreadable.detail);
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function send(method: Method, path: string, body: unknown, signal: AbortSignal | undefined, accept: string): Promise<Response> {
  const headers: Record<string, string> = { accept };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrf !== null) headers['x-csrf'] = csrf;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      credentials: 'same-origin',
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw ownProblem('network.unreachable', 0, text.errors.unreachable.title, text.errors.unreachable.detail);
  }
  if (!response.ok) throw await toProblem(response);
  return response;
}

export async function request<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, body, signal, 'application/json');
  return (await response.json()) as T;
}

/** Bytes that are made for a question, with the name that they are given. */
export async function postForFile(path: string, body: unknown, accept: string): Promise<{ readonly bytes: Blob; readonly name: string | undefined }> {
  const response = await send('POST', path, body, undefined, accept);
  return { bytes: await response.blob(), name: /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] };
}

export const get = <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, undefined, signal);
export const post = <T>(path: string, body: unknown = {}, signal?: AbortSignal) => request<T>('POST', path, body, signal);
export const put = <T>(path: string, body: unknown) => request<T>('PUT', path, body);
export const remove = <T>(path: string) => request<T>('DELETE', path);
export const patch = <T>(path: string, body: unknown) => request<T>('PATCH', path, body);

/** `/v1/cases` + `{ state: 'open' }` → `/v1/cases?state=open`; absent values are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  const tail = parameters.toString();
  return tail === '' ? path : `${path}?${tail}`;
}
