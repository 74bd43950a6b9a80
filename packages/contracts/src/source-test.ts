import * as z from 'zod'
import { isJson } from './is-json.ts'

const MAX_PATH_CHARS = 2_000
const MAX_BODY_CHARS = 262_144

export const SOURCE_TEST_METHODS = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
] as const

/** A call of the receiving URL, as anybody could make it. */
export const SourceTestIn = z
  .object({
    method: z.enum(SOURCE_TEST_METHODS).default('POST'),
    path: z
      .string()
      .max(MAX_PATH_CHARS)
      .regex(/^(?:[/?][^\s#\\]*)?$/, 'Must begin with / or ?, without spaces')
      .default('')
      .describe('What follows the URL, with a query'),
    body: z
      .string()
      .max(MAX_BODY_CHARS)
      .refine(isJson, 'Must be valid JSON')
      .nullable()
      .default(null)
      .describe('JSON text, sent as it is; not with GET and HEAD'),
  })
  .meta({ id: 'SourceTestIn' })
export type SourceTestIn = z.output<typeof SourceTestIn>

export const SourceTestOut = z
  .object({
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    body: z.string().describe('As text, the first 64 kB'),
    durationMs: z.number(),
  })
  .meta({ id: 'SourceTestOut' })
export type SourceTestOut = z.infer<typeof SourceTestOut>
