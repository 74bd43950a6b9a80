import * as z from 'zod'
import { TimestampOut } from './timestamp.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const DEFAULT_GRACE_SECONDS = 86_400
const MAX_GRACE_SECONDS = 604_800

/** `whsec_` with 24–75 bytes (HMAC-SHA256), or `whsk_` with the 64 bytes of an ed25519 key, in base64. */
export const SecretKey = z
  .string()
  .max(128)
  .refine(
    isSecretKey,
    'Must be whsec_ and base64 of 24 to 75 bytes, or whsk_ and base64 of 64 bytes',
  )

function isSecretKey(key: string): boolean {
  if (key.startsWith('whsec_')) return isBase64Of(key.slice(6), 24, 75)
  return key.startsWith('whsk_') && isBase64Of(key.slice(5), 64, 64)
}

function isBase64Of(text: string, minBytes: number, maxBytes: number): boolean {
  if (!BASE64.test(text)) return false
  const padding = text.length - text.replace(/=+$/, '').length
  const bytes = (text.length / 4) * 3 - padding
  return bytes >= minBytes && bytes <= maxBytes
}

/** `key: null` lets us make one. */
export const EndpointSecretRotateIn = z
  .object({
    key: SecretKey.nullish(),
    gracePeriodSeconds: z.int().min(0).max(MAX_GRACE_SECONDS).nullish(),
  })
  .transform(({ key, gracePeriodSeconds }) => ({
    key: key ?? null,
    gracePeriodSeconds: gracePeriodSeconds ?? DEFAULT_GRACE_SECONDS,
  }))
  .meta({ id: 'EndpointSecretRotateIn' })
export type EndpointSecretRotateIn = z.output<typeof EndpointSecretRotateIn>

/** The secrets that sign now, without their values. */
export const EndpointSecretListOut = z
  .object({
    data: z.array(
      z
        .object({
          id: z.string(),
          fingerprint: z.string().describe('The beginning of the SHA-256 of its written form'),
          createdAt: TimestampOut,
          expiresAt: TimestampOut.nullable().describe('Null: the current one'),
        })
        .meta({ id: 'EndpointSecretLive' }),
    ),
    now: TimestampOut.describe("The server's clock, for what counts down"),
  })
  .meta({ id: 'EndpointSecretListOut' })
export type EndpointSecretListOut = z.infer<typeof EndpointSecretListOut>

export const EndpointSecretOut = z.object({ key: z.string() }).meta({ id: 'EndpointSecretOut' })
export type EndpointSecretOut = z.infer<typeof EndpointSecretOut>
