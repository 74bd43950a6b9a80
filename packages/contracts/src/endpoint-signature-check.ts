import * as z from 'zod'
import { TimestampOut } from './timestamp.ts'

const MAX_BODY_LENGTH = 262_144

/** A value as its header has it, or the whole line that was copied. */
function headerValue(name: string, maxLength: number) {
  const line = new RegExp(`^(?:webhook|svix)-${name}\\s*:\\s*`, 'i')
  return z
    .string()
    .max(maxLength)
    .transform((text) => text.trim().replace(line, '').trim())
    .pipe(z.string().min(1))
}

export const EndpointSignatureCheckIn = z
  .object({
    id: headerValue('id', 512).describe('`webhook-id`, as it came'),
    timestamp: headerValue('timestamp', 512).describe('`webhook-timestamp`, as it came'),
    signature: headerValue('signature', 4_096).describe('`webhook-signature`, as it came'),
    body: z
      .string()
      .max(MAX_BODY_LENGTH)
      .describe('The raw body, or what the receiver took for it'),
  })
  .meta({ id: 'EndpointSignatureCheckIn' })
export type EndpointSignatureCheckIn = z.output<typeof EndpointSignatureCheckIn>

export const SignatureVerdict = z
  .enum([
    'matches',
    'signature_form',
    'body_space',
    'body_reprinted',
    'body_changed',
    'content_incomplete',
    'secret_not_decoded',
    'ended_secret',
    'wrong_secret',
    'no_match',
    'bad_timestamp',
  ])
  .meta({ id: 'SignatureVerdict' })
export type SignatureVerdict = z.infer<typeof SignatureVerdict>

export const EndpointSignatureCheckOut = z
  .object({
    verdict: SignatureVerdict.describe('Whether it fits, or which mistake makes it fit'),
    secrets: z
      .array(
        z
          .object({
            fingerprint: z.string().describe('The beginning of the SHA-256 of its written form'),
            expiresAt: TimestampOut.nullable().describe('Null: the current one'),
          })
          .meta({ id: 'SigningSecret' }),
      )
      .describe('Those that signed; never a value'),
    clock: z
      .object({
        ageSeconds: z.int().describe('How long before the present by our clock; negative: after'),
        verdict: z
          .enum(['in_time', 'too_old', 'too_new'])
          .describe('Whether a receiver that allows five minutes takes it now'),
      })
      .nullable(),
  })
  .meta({ id: 'EndpointSignatureCheckOut' })
export type EndpointSignatureCheckOut = z.infer<typeof EndpointSignatureCheckOut>
