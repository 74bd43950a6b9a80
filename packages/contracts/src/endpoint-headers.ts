import * as z from 'zod'
import {
  HEADER_NAME,
  HEADER_VALUE,
  isForbiddenHeader,
  MAX_HEADER_VALUE_BYTES,
} from './header-rule.ts'
import { mapOf } from './metadata.ts'
import { TimestampOut } from './timestamp.ts'

const HeaderName = z
  .string()
  .min(1)
  .max(256)
  .regex(HEADER_NAME, 'Not a valid header name')
  .refine((name) => !isForbiddenHeader(name), 'This header cannot be set')

const HeaderValue = z
  .string()
  .max(MAX_HEADER_VALUE_BYTES)
  .regex(HEADER_VALUE, 'Must be printable ASCII')

function refuseTwins(headers: Record<string, unknown>, ctx: z.core.$RefinementCtx): void {
  const names = Object.keys(headers)
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name.toLowerCase())) refuse(ctx, [name], 'Differs from another name only by case')
    seen.add(name.toLowerCase())
  }
}

function refuse(ctx: z.core.$RefinementCtx, path: string[], message: string): void {
  ctx.issues.push({ code: 'custom', path, message, input: undefined })
}

/**
 * Custom headers: names as the customer wrote them, no two that differ only by case. How many is judged
 * where they are merged.
 */
export const HeaderMap = mapOf(HeaderName, HeaderValue).superRefine(refuseTwins)

export const EndpointHeadersIn = z.object({ headers: HeaderMap }).meta({ id: 'EndpointHeadersIn' })
export type EndpointHeadersIn = z.output<typeof EndpointHeadersIn>

/** PATCH merges: a value of null, or a name in `deleteHeaders`, removes. Both come out as null. */
export const EndpointHeadersPatchIn = z
  .object({
    headers: mapOf(HeaderName, HeaderValue.nullable()).superRefine(refuseTwins).default({}),
    deleteHeaders: z.array(HeaderName).default([]),
  })
  .superRefine(({ headers, deleteHeaders }, ctx) => {
    const set = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
    deleteHeaders.forEach((name, index) => {
      const path = ['deleteHeaders', index]
      if (!set.has(name.toLowerCase())) return
      ctx.addIssue({ code: 'custom', path, message: 'Is also in headers' })
    })
  })
  .transform(({ headers, deleteHeaders }) => ({
    headers: { ...headers, ...Object.fromEntries(deleteHeaders.map((name) => [name, null])) },
  }))
  .meta({ id: 'EndpointHeadersPatchIn' })
export type EndpointHeadersPatchIn = z.output<typeof EndpointHeadersPatchIn>

/** Values of sensitive headers are withheld; `sensitive` holds their names. */
export const EndpointHeadersOut = z
  .object({ headers: z.record(z.string(), z.string()), sensitive: z.array(z.string()) })
  .meta({ id: 'EndpointHeadersOut' })
export type EndpointHeadersOut = z.infer<typeof EndpointHeadersOut>

/** Also one that can't be set any more. */
export const EndpointHeaderRemoveIn = z
  .object({ name: z.string().min(1).max(256).meta({ description: 'Whatever its case' }) })
  .meta({ id: 'EndpointHeaderRemoveIn' })

export const EndpointHeaderRemovedOut = z
  .object({
    undo: z.string().meta({ description: 'What undoes it; the value in it is sealed' }),
    undoUntil: TimestampOut,
  })
  .meta({ id: 'EndpointHeaderRemovedOut' })
export type EndpointHeaderRemovedOut = z.infer<typeof EndpointHeaderRemovedOut>

// The longest value, sealed, has 12,000 characters at most.
export const EndpointHeaderUndoIn = z
  .object({ undo: z.string().min(1).max(16_384) })
  .meta({ id: 'EndpointHeaderUndoIn' })
