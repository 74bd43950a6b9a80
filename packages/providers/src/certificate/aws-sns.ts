import { setting } from '../config.ts'
import type { Evidence } from '../evidence.ts'
import { fetchKey } from '../fetch-key.ts'
import { isRecord } from '../place.ts'
import { checkAge, parseTimestamp } from '../signed/timestamp.ts'
import { type Proof, refuse, type Refusal } from '../verification.ts'
import { isValidAt, readCertificates } from './certificate-chain.ts'
import type { CertificateScheme } from './certificate-scheme.ts'
import { signedBy } from './signed-by.ts'

const digests: Readonly<Record<string, 'sha1' | 'sha256'>> = { 1: 'sha1', 2: 'sha256' }
// The vendor's own order and choice of fields, by whether it is about the subscription itself.
const notificationKeys = [
  'Message',
  'MessageId',
  'Subject',
  'SubscribeURL',
  'Timestamp',
  'TopicArn',
  'Type',
]
const subscriptionKeys = [
  'Message',
  'MessageId',
  'Subject',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
]
// SNS retries an HTTPS endpoint for at most an hour, with the first time's signature.
const toleranceSeconds = 3600 + 300
const futureSeconds = 300

/** AWS signs chosen fields of the JSON, each as `name\nvalue\n`; not the bytes of the body. */
export async function proveAwsSns(scheme: CertificateScheme, evidence: Evidence): Promise<Proof> {
  const message = snsMessage(evidence)
  if (!(message instanceof Map)) return message
  const wrong = checkTopic(message, evidence) ?? checkTime(message, evidence.now)
  if (wrong) return wrong
  const digest = digests[message.get('SignatureVersion') ?? '']
  if (digest === undefined) return refuse('malformed_signature', 'Unknown SignatureVersion.')
  const pem = await fetchKey({ ...scheme, url: message.get('SigningCertURL') ?? '' }, evidence)
  if (typeof pem !== 'string') return pem
  const [certificate] = readCertificates(pem)
  if (certificate === undefined || !isValidAt(certificate, evidence.now)) {
    return refuse('untrusted_key', 'The signing certificate is unreadable or not valid now.')
  }
  const content = Buffer.from(canonical(message))
  return signedBy(certificate, { digest, content, signature: message.get('Signature') ?? '' })
}

/** A map, because a stranger chooses the names. */
type SnsMessage = Map<string, string>

function snsMessage({ webhook }: Evidence): SnsMessage | Refusal {
  const json = webhook.json()
  if (!isRecord(json)) return refuse('malformed_body', 'The body is no JSON object.')
  const message: SnsMessage = new Map(Object.entries(json).filter(isText))
  for (const name of ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type', 'Signature']) {
    if (!message.has(name)) return refuse('missing_signature', `${name} is missing.`)
  }
  return message
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string'
}

function checkTopic(message: SnsMessage, { config }: Evidence): Refusal | undefined {
  const topic = setting(config, 'topicArn')
  // Any AWS customer can make SNS sign a message, so without the topic nothing is proven.
  if (topic === undefined) return refuse('bad_configuration', 'topicArn is not set.')
  if (message.get('TopicArn') === topic) return undefined
  return refuse('wrong_recipient', 'The message is from another topic.')
}

function checkTime(message: SnsMessage, now: Date): Refusal | undefined {
  const atMs = parseTimestamp(message.get('Timestamp') ?? '', 'iso')
  if (atMs === undefined) return refuse('malformed_timestamp', 'Timestamp is not ISO 8601.')
  const tolerance = atMs > now.getTime() ? futureSeconds : toleranceSeconds
  return checkAge(atMs, now, tolerance)
}

function canonical(message: SnsMessage): string {
  const names = message.get('Type') === 'Notification' ? notificationKeys : subscriptionKeys
  return names
    .filter((name) => message.has(name))
    .map((name) => `${name}\n${message.get(name)}\n`)
    .join('')
}
