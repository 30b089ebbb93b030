// A route as data: its action, its schemas, its answer, its work. The app, OpenAPI and the access test are all made from this.
// A route without an action does not compile.
import type * as z from 'zod';
import type { Acting } from '#core/audit/audited.ts';
import type { Action, Grant } from '#core/model/access.ts';
import type { AuditEvent } from '#core/model/audit-event.ts';
import type { FaultCode } from '#core/model/fault.ts';
import { ok, type Result } from '#core/model/result.ts';
import type { Services } from '#runtime/services.ts';
import type { Caller } from './caller.ts';
import type { CursorOf, Mark } from './cursor.ts';
import type { TextBody } from './request-body.ts';

export interface Call<P, Q, B> {
  readonly services: Services;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  readonly grant: Grant;
  readonly acting: Acting;
  readonly cursor: CursorOf;
  readonly header: (name: string) => string | undefined;
  /** Written before the answer goes out; awaited by the route. */
  readonly audit: (object: string, facts?: AuditEvent['facts'], result?: AuditEvent['result']) => Promise<void>;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface RouteHead {
  /** operationId */
  readonly id: string;
  readonly method: Method;
  /** Below `/v1`, as OpenAPI writes it: `/bundles/{id}/parts`. */
  readonly path: `/${string}`;
  readonly action: Action;
  readonly tag: string;
  readonly summary: string;
  /** Faults of its own, beside those that every route has. */
  readonly faults?: readonly FaultCode[];
}

type Inputs<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The body may also come as text of this kind. */
  readonly textBody?: TextBody;
  /** Bytes; 256 KiB unless told. */
  readonly bodyLimit?: number;
  /** PUT that makes what is not there: a name that cannot exist is invalid input rather than not found. */
  readonly makesPath?: boolean;
};

type CallOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Call<z.output<P>, z.output<Q>, z.output<B>>;

export interface Answered {
  readonly status: number;
  readonly description: string;
  readonly schema: z.ZodType | null;
  readonly media: string;
}

/** What OpenAPI says of a route. */
export interface DescribedRoute extends Omit<RouteHead, 'action'> {
  readonly action: Action | 'public';
  readonly params: z.ZodType | null;
  readonly query: z.ZodType | null;
  readonly body: z.ZodType | null;
  readonly answers: readonly Answered[];
  readonly again: object | null;
  readonly textBody?: TextBody | null;
}

export interface Route extends DescribedRoute {
  readonly action: Action;
  readonly bodyLimit: number;
  readonly textBody: TextBody | null;
  readonly makesPath: boolean;
  readonly run: (call: Call<unknown, unknown, unknown>) => Promise<Result<unknown>>;
  /** Answers a repeated POST: the object that the first one led to, and how to read it again. */
  readonly again: {
    readonly objectOf: (answer: unknown) => string;
    readonly read: (call: Call<unknown, unknown, unknown>, object: string) => Promise<Result<unknown>>;
  } | null;
}

const defaultBodyLimit = 256 * 1024;

export function jsonRoute<A extends z.ZodType, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: RouteHead &
    Inputs<P, Q, B> & {
      readonly status?: 200 | 201 | 202;
      readonly answer: A;
      readonly handle: (call: CallOf<P, Q, B>) => Promise<Result<z.input<A>>>;
      readonly again?: {
        readonly objectOf: (answer: z.input<A>) => string;
        readonly read: (call: CallOf<P, Q, B>, object: string) => Promise<Result<z.input<A>>>;
      };
    },
): Route {
  const { params, query, body, bodyLimit, textBody, makesPath, status = 200, answer, handle, again, ...head } = spec;
  return {
    ...head,
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    bodyLimit: bodyLimit ?? defaultBodyLimit,
    textBody: textBody ?? null,
    makesPath: makesPath ?? false,
    answers: [{ status, description: answer.meta()?.description ?? head.summary, schema: answer, media: 'application/json' }],
    run: (call) => handle(call as CallOf<P, Q, B>),
    again:
      again === undefined
        ? null
        : { objectOf: (value) => again.objectOf(value as z.input<A>), read: (call, object) => again.read(call as CallOf<P, Q, B>, object) },
  };
}

/** A list in pages: the cursor is read before `handle` gets the mark in it, and the mark that `handle` gives becomes the cursor of the next page. */
export function pageRoute<
  A extends z.ZodType<unknown, { readonly next: string | null }>,
  P extends z.ZodType,
  Q extends z.ZodType<{ readonly next?: string | undefined }>,
>(
  spec: RouteHead & {
    readonly params?: P;
    readonly query: Q;
    readonly answer: A;
    readonly handle: (call: CallOf<P, Q, z.ZodType>, mark: Mark | null) => Promise<Result<Omit<z.input<A>, 'next'> & { readonly next: Mark | null }>>;
  },
): Route {
  const { handle, faults = [], ...head } = spec;
  return jsonRoute({
    ...head,
    faults: [...faults, 'cursor.invalid'],
    handle: async (call) => {
      const mark = call.cursor.read(call.query.next);
      if (!mark.ok) return mark;
      const page = await handle(call, mark.value);
      return page.ok ? ok({ ...page.value, next: call.cursor.write(page.value.next) } as z.input<A>) : page;
    },
  });
}

/** A route that answers with bytes of its own: `handle` makes the whole Response. */
export function bytesRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: RouteHead &
    Omit<Inputs<P, Q, B>, 'textBody'> & {
      readonly answers: readonly Answered[];
      readonly handle: (call: CallOf<P, Q, B>) => Promise<Result<Response>>;
    },
): Route {
  const { params, query, body, bodyLimit, makesPath, handle, ...head } = spec;
  return {
    ...head,
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    bodyLimit: body === undefined ? 0 : (bodyLimit ?? defaultBodyLimit),
    textBody: null,
    makesPath: makesPath ?? false,
    run: (call) => handle(call as CallOf<P, Q, B>),
    again: null,
  };
}

/** Hono's way of writing a path: `/bundles/:id`. */
export function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
