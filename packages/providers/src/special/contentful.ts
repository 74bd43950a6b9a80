import { escape } from 'node:querystring'
import type { Evidence } from '../evidence.ts'
import type { WebhookReader } from '../received-webhook.ts'
import { checkAge, parseTimestamp, toleranceOf } from '../signed/timestamp.ts'
import { type Proof, refuse } from '../verification.ts'
import { byCodeUnit } from './form-content.ts'
import { proveHmac } from './hmac-matches.ts'
import { singleHeader } from './single-header.ts'

const rule = { unit: 'ms', toleranceSeconds: 30 } as const
const mustBeSigned = ['x-contentful-signed-headers', 'x-contentful-timestamp']

/** Contentful signs method, path, the headers it names, and the body, a line each. */
export function proveContentful({ webhook, secrets, now, config }: Evidence): Proof {
  const signature = singleHeader(webhook, 'X-Contentful-Signature')
  if (typeof signature !== 'string') return signature
  const timestamp = webhook.header('X-Contentful-Timestamp') ?? ''
  const atMs = parseTimestamp(timestamp, rule.unit)
  if (atMs === undefined) {
    return refuse('malformed_timestamp', 'X-Contentful-Timestamp is not in milliseconds.')
  }
  const names = (webhook.header('X-Contentful-Signed-Headers') ?? '').split(',').slice(0, 100)
  if (!mustBeSigned.every((name) => names.includes(name))) {
    return refuse('malformed_signature', 'The timestamp is not among the signed headers.')
  }
  const contents = [canonical(webhook, names)]
  const proof = proveHmac({
    algorithm: 'sha256',
    encoding: 'hex',
    signature,
    keys: secrets,
    contents,
  })
  if (proof.outcome === 'refused') return proof
  return checkAge(atMs, now, toleranceOf(rule, config)) ?? proof
}

function canonical(webhook: WebhookReader, names: string[]): Buffer {
  const headers = [...new Set(names)]
    .sort(byCodeUnit)
    .flatMap((name) => {
      const value = webhook.header(name)
      return value === undefined ? [] : [`${name}:${value.trim()}`]
    })
    .join(';')
  const head = [webhook.method, signedPath(webhook.url), headers, ''].join('\n')
  return Buffer.concat([Buffer.from(head), webhook.body])
}

// The vendor escapes the query as a whole, and then the result once more.
function signedPath(url: string): string {
  const [path = '', search = ''] = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split('?')
  try {
    return encodeURI(search === '' ? path : `${path}?${escape(search)}`)
  } catch {
    return path
  }
}
