import { PathName, type OpenApiRoute } from '@posthorn/contracts'
import type { AppScope, Capability, OrgScope, Principal } from '@posthorn/core'
import * as z from 'zod'
import type { ApiContext } from '../context.ts'
import type { ForLimited } from '../http/access.ts'
import type { AnsweredFile } from '../http/file-answer.ts'

/** What a portal token must be granted, or that only the organisation itself may call. */
export type EndpointAccess =
  | { readonly of: 'application'; readonly capability: Capability | null }
  | ({ readonly of: 'organisation' } & ForLimited)
  | { readonly of: 'administration' }
  /** Whoever is authenticated, for itself. */
  | { readonly of: 'principal' }
  /** The organisation, or a portal token for what is its application's. */
  | ({ readonly of: 'either'; readonly capability: Capability } & ForLimited)
  /** The organisation, by a key with any of these scopes instead of ours. */
  | { readonly of: 'losant'; readonly scopes: readonly string[] }

interface Scopes {
  readonly application: AppScope
  readonly organisation: OrgScope
  readonly administration: OrgScope
  readonly principal: OrgScope
  readonly either: OrgScope & { readonly appId?: string }
  readonly losant: OrgScope
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined

/** The names after `:` in a path. */
type PathParams<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & PathParams<Rest>
  : P extends `${string}:${infer Name}`
    ? { readonly [K in Name]: string }
    : unknown

export interface Answer {
  readonly status: number
  /** An object, or JSON text; absent: an answer without a body. */
  readonly body?: object | string
  /** Instead: bytes to save. */
  readonly file?: AnsweredFile
}

interface RouteInput<P extends string, A extends EndpointAccess, Q, B> {
  readonly scope: Scopes[A['of']]
  readonly principal: Principal
  readonly origin: string
  readonly params: PathParams<P>
  readonly query: Parsed<Q>
  readonly body: Parsed<B>
}

interface Row<P extends string, A extends EndpointAccess, Q, B> extends Pick<
  OpenApiRoute,
  'method' | 'operationId' | 'summary' | 'tags' | 'response'
> {
  readonly path: P
  readonly access: A
  readonly query?: Q
  readonly body?: B
  handle(ctx: ApiContext, input: RouteInput<P, A, Q, B>): Promise<Answer>
}

/** A row whose input is typed by its path, access and schemas. Every parameter of a path is an id or a uid. */
export function endpointRoute<
  const P extends string,
  A extends EndpointAccess,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(row: Row<P, A, Q, B>): Row<P, A, Q, B> & { readonly params: z.ZodType } {
  return { ...row, params: pathSchema(row.path) }
}

function pathSchema(path: string): z.ZodType {
  const names = [...path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => name)
  return z.object(Object.fromEntries(names.map((name) => [name, PathName])))
}

export function ok(body: object): Answer {
  return { status: 200, body }
}

export function created(body: object): Answer {
  return { status: 201, body }
}

export function accepted(body: object | string): Answer {
  return { status: 202, body }
}

/** Answers of an operation that gives nothing back. */
export async function noContent(done: Promise<void>): Promise<Answer> {
  await done
  return { status: 204 }
}
