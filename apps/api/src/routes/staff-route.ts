import type { OpenApiRoute } from '@posthorn/contracts'
import type { OrgScope } from '@posthorn/core'
import type { SignedIn, Visitor } from '@posthorn/core/staff'
import type * as z from 'zod'
import type { ApiContext } from '../context.ts'
import type { Answer } from './endpoint-route.ts'

type StaffAccess = { readonly of: 'visitor' } | { readonly of: 'anyone' } | { readonly of: 'user' }

interface SignedInBy {
  readonly visitor: null
  readonly anyone: SignedIn | null
  readonly user: SignedIn
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined

interface StaffInput<A extends StaffAccess, B> {
  readonly scope: OrgScope
  readonly visitor: Visitor
  readonly signedIn: SignedInBy[A['of']]
  readonly origin: string
  readonly params: Readonly<Record<string, string>>
  readonly body: Parsed<B>
}

export interface StaffAnswer extends Answer {
  readonly headers?: Readonly<Record<string, string[]>>
}

interface StaffRow<A extends StaffAccess, B> extends Pick<
  OpenApiRoute,
  'method' | 'path' | 'operationId' | 'summary' | 'response'
> {
  readonly access: A
  readonly body?: B
  handle(ctx: ApiContext, input: StaffInput<A, B>): Promise<StaffAnswer>
}

/** A row of what users do for themselves; `signedIn` is there where the row asks for a session. */
export function staffRoute<A extends StaffAccess, B extends z.ZodType | undefined = undefined>(
  row: StaffRow<A, B>,
): StaffRow<A, B> & { readonly tags: string[] } {
  return { ...row, tags: ['Staff'] }
}
