import type { OpenApiRoute } from '@posthorn/contracts'
import type { AppScope, OrgScope, Principal } from '@posthorn/core'
import type { SignedIn, Visitor } from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import type { Access } from './access.ts'
import { type AnsweredFile, toFileAnswer } from './file-answer.ts'
import type { HttpAnswer } from './send.ts'

/** What a handler is given, parsed by its own row's schemas. */
export interface RouteInput {
  readonly scope: OrgScope | AppScope
  readonly principal: Principal | null
  /** Where the request comes from and whose session it has: only for rows of `visitor` and `user`. */
  readonly visitor?: Visitor
  readonly signedIn?: SignedIn | null
  /** The base of this api as the caller addressed it. */
  readonly origin: string
  readonly params: Readonly<Record<string, string>>
  readonly query: unknown
  readonly body: unknown
}

/** A row of the table: the operation as documented, who may call it, and what it does. */
export interface ApiRoute extends Omit<OpenApiRoute, 'security'> {
  readonly access: Access
  handle(ctx: ApiContext, input: RouteInput): Promise<HttpAnswer>
}

/** A row as the resources' files write it. */
interface TypedRow extends Omit<OpenApiRoute, 'security'> {
  readonly access: Access
}

interface ReadingRow extends Omit<OpenApiRoute, 'security' | 'body'> {
  readonly capability: Extract<Access, { of: 'application' }>['capability']
}

interface LooseAnswer {
  readonly status: number
  readonly body?: object | string
  readonly json?: string | null
  readonly file?: AnsweredFile
  readonly headers?: HttpAnswer['headers']
}

/**
 * Rows whose handlers are typed by their own schemas, for a table that has forgotten which belong to
 * which. Sound because `serveRoute` makes each input with the very schemas of its row.
 */
export function toApiRoute(typed: object): ApiRoute {
  const row = typed as TypedRow | ReadingRow
  const access: Access =
    'access' in row ? row.access : { of: 'application', capability: row.capability }
  return {
    ...row,
    access,
    handle: async (ctx, input) => toHttpAnswer(await callHandler(row, ctx, input)),
  }
}

function callHandler(row: object, ctx: ApiContext, input: RouteInput): Promise<LooseAnswer> {
  const { handle } = row as {
    readonly handle: (ctx: ApiContext, input: RouteInput) => Promise<LooseAnswer>
  }
  return handle(ctx, input)
}

function toHttpAnswer({ status, body, json, file, headers }: LooseAnswer): HttpAnswer {
  const beside = headers === undefined ? { status } : { status, headers }
  if (file !== undefined) return toFileAnswer(status, file)
  if (json !== undefined) return { ...beside, json }
  if (body === undefined) return { ...beside, json: null }
  return { ...beside, json: typeof body === 'string' ? body : JSON.stringify(body) }
}
