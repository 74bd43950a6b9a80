import { crc32 } from 'node:zlib'
import { setting } from '../config.ts'
import type { Evidence } from '../evidence.ts'
import { fetchKey } from '../fetch-key.ts'
import { checkAge, parseTimestamp } from '../signed/timestamp.ts'
import { type Proof, refuse } from '../verification.ts'
import { isValidAt, readCertificates } from './certificate-chain.ts'
import type { CertificateScheme } from './certificate-scheme.ts'
import { signedBy } from './signed-by.ts'

// PayPal retries for three days with the first time's signature.
const pastSeconds = 3 * 24 * 3600 + 3600
const futureSeconds = 300

/** PayPal signs ids, time and the CRC-32 of the body, which somebody with one signature could match. */
export async function provePaypal(scheme: CertificateScheme, evidence: Evidence): Promise<Proof> {
  const { webhook, now } = evidence
  const header = (name: string) => webhook.header(`paypal-${name}`)
  const [id, time, signature] = [
    header('transmission-id'),
    header('transmission-time'),
    header('transmission-sig'),
  ]
  if (id === undefined || time === undefined || signature === undefined) {
    return refuse('missing_signature', 'A paypal-transmission header is missing or repeated.')
  }
  if (header('auth-algo') !== 'SHA256withRSA') {
    return refuse('malformed_signature', 'paypal-auth-algo is not SHA256withRSA.')
  }
  const webhookId = setting(evidence.config, 'webhookId')
  if (webhookId === undefined) return refuse('bad_configuration', 'webhookId is not set.')
  const atMs = parseTimestamp(time, 'iso')
  if (atMs === undefined) return refuse('malformed_timestamp', 'The time is not ISO 8601.')
  const wrong = checkAge(atMs, now, { pastSeconds, futureSeconds })
  if (wrong) return wrong
  const pem = await fetchKey({ ...scheme, url: header('cert-url') ?? '' }, evidence)
  if (typeof pem !== 'string') return pem
  // What proves the certificate is the host it comes from, as in PayPal's own sample.
  const [leaf] = readCertificates(pem)
  if (leaf === undefined || !isValidAt(leaf, now)) {
    return refuse('untrusted_key', 'The signing certificate is unreadable or not valid now.')
  }
  const content = Buffer.from(`${id}|${time}|${webhookId}|${crc32(webhook.body)}`)
  return signedBy(leaf, { digest: 'sha256', content, signature })
}
