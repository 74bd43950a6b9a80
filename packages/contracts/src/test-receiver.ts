import * as z from 'zod'
import { TimestampOut } from './timestamp.ts'

export const TestReceiverAnswer = z
  .object({
    statusCode: z.int().min(200).max(599),
    /** Milliseconds before it answers. */
    delayMs: z.int().min(0).max(60_000),
  })
  .meta({ id: 'TestReceiverAnswer' })
export type TestReceiverAnswer = z.infer<typeof TestReceiverAnswer>

export const TestReceiverQuery = z.object({
  after: z
    .string()
    .max(64)
    .optional()
    .describe('Only what arrived after this one; all, where it is no longer kept'),
})

export const TestReceiverVerdict = z.enum([
  'current_secret',
  'former_secret',
  'no_secret_fits',
  'missing_header',
  'bad_timestamp',
  'clock',
])

const Received = z.object({
  id: z.string(),
  receivedAt: TimestampOut,
  method: z.string(),
  /** In the order of their arrival. */
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Text, or base64 where the bytes are none. */
  body: z.string(),
  isBase64: z.boolean(),
  /** Of all that came; `body` has the first 64,000. */
  bodyBytes: z.int(),
  answeredStatusCode: z.int(),
  verdict: TestReceiverVerdict,
  /** Whose secret it is, and the beginning of its SHA-256. */
  endpointId: z.string().nullable(),
  fingerprint: z.string().nullable(),
})
export type TestReceived = z.infer<typeof Received>

export const TestReceiverOut = z
  .object({
    /** Null: this installation has none. */
    url: z.string().nullable(),
    answer: TestReceiverAnswer.nullable(),
    /** Of this application that lead here. */
    endpointIds: z.array(z.string()),
    /** The newest first. */
    received: z.array(Received),
    /** Of all that are kept, whether they were asked for or not. */
    ids: z.array(z.string()),
  })
  .meta({ id: 'TestReceiverOut' })
export type TestReceiverOut = z.infer<typeof TestReceiverOut>
