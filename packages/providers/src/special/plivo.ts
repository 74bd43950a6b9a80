import type { Evidence } from '../evidence.ts'
import type { WebhookReader } from '../received-webhook.ts'
import { type Proof, proven, refuse } from '../verification.ts'
import { byCodeUnit } from './form-content.ts'
import { proveHmac } from './hmac-matches.ts'
import { singleHeader } from './single-header.ts'

const maxSignatures = 10

/** Plivo V3: URL with its query sorted, a dot, the sorted form, a dot and the nonce. */
export function provePlivo({ webhook, secrets }: Evidence): Proof {
  const list = singleHeader(webhook, 'X-Plivo-Signature-V3')
  if (typeof list !== 'string') return list
  const nonce = singleHeader(webhook, 'X-Plivo-Signature-V3-Nonce')
  if (typeof nonce !== 'string') return refuse('missing_header', 'The nonce is missing.')
  const contents = [`${signedUrl(webhook)}.${nonce}`]
  const proofs = list
    .split(',')
    .slice(0, maxSignatures)
    .map((signature) => signature.trim())
    .map((signature) => {
      return proveHmac({
        algorithm: 'sha256',
        encoding: 'base64',
        signature,
        keys: secrets,
        contents,
      })
    })
  const failed = refuse('wrong_signature', 'No live secret makes this signature.')
  return proofs.some(({ outcome }) => outcome === 'proven') ? proven : (proofs[0] ?? failed)
}

function signedUrl(webhook: WebhookReader): string {
  const base = webhook.url.split('?')[0] ?? ''
  const query = sortedPairs(webhook.query(), '=').join('&')
  const form = webhook.method === 'GET' ? [] : sortedPairs(webhook.form(), '')
  const mark = query !== '' || form.length > 0 ? '?' : ''
  const dot = query !== '' && form.length > 0 ? '.' : ''
  return base + mark + query + dot + form.join('')
}

function sortedPairs(params: URLSearchParams, between: string): string[] {
  return [...new Set(params.keys())].sort(byCodeUnit).flatMap((name) =>
    params
      .getAll(name)
      .sort(byCodeUnit)
      .map((value) => name + between + value),
  )
}
