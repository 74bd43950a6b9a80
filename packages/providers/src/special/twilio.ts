import { parse, stringify } from 'node:querystring'
import { sameText, sha256 } from '../encoded-bytes.ts'
import type { Evidence } from '../evidence.ts'
import { type Proof, refuse } from '../verification.ts'
import { isForm, sortedForm } from './form-content.ts'
import { proveHmac } from './hmac-matches.ts'
import { singleHeader } from './single-header.ts'

/** Twilio signs the URL and the sorted form; of any other body only the hash in the URL is signed. */
export function proveTwilio({ webhook, secrets }: Evidence): Proof {
  const signature = singleHeader(webhook, 'X-Twilio-Signature')
  if (typeof signature !== 'string') return signature
  const form = isForm(webhook) && webhook.method !== 'GET'
  if (!form && webhook.body.length > 0) {
    const hash = webhook.query().get('bodySHA256')
    if (hash === null) return refuse('malformed_body', 'Neither a form nor bodySHA256 in the URL.')
    if (!sameText(hash.toLowerCase(), sha256(webhook.body).toString('hex'))) {
      return refuse('wrong_signature', 'bodySHA256 in the URL is not the hash of the body.')
    }
  }
  const params = form ? sortedForm(webhook) : ''
  const contents = urlSpellings(webhook.url).map((url) => url + params)
  return proveHmac({ algorithm: 'sha1', encoding: 'base64', signature, keys: secrets, contents })
}

/** The URL as Twilio may have signed it: with and without its port, with other escapes in the query. */
function urlSpellings(url: string): string[] {
  const parts = /^(https?:)\/\/([^/?#]*)(.*)$/is.exec(url)
  if (parts === null) return [url]
  const [, protocol = '', authority = '', rest = ''] = parts
  const bare = authority.replace(/:\d+$/, '')
  const defaultPort = protocol.toLowerCase() === 'https:' ? ':443' : ':80'
  const authorities = new Set([authority, bare, bare + defaultPort])
  const normal = URL.parse(url)
  const normalRest = normal === null ? rest : normal.pathname + normal.search
  const rests = new Set([rest, normalRest, escapedAnew(normalRest)])
  return [...authorities].flatMap((one) => [...rests].map((path) => `${protocol}//${one}${path}`))
}

function escapedAnew(rest: string): string {
  const start = rest.indexOf('?')
  return start < 0 ? rest : `${rest.slice(0, start)}?${stringify(parse(rest.slice(start + 1)))}`
}
