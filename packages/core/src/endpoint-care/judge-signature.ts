import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseSecret, verifyWebhook } from '@posthorn/signing'
import { bodiesThatDifferInSpace, bodiesThatPrintTheSame } from './other-bodies.ts'

/**
 * What is wrong with a signature, by trying which mistake would have made it:
 *
 *  | verdict              | the signature is that of                                        |
 *  | matches              | these three parts                                               |
 *  | signature_form       | these, but is written otherwise than `v1,` and base64           |
 *  | body_space           | the body with other white space at its end, or other line ends  |
 *  | body_reprinted       | a body that says the same in other bytes                        |
 *  | body_changed         | another body, the one that was sent                             |
 *  | content_incomplete   | the body without the id, or without id and timestamp            |
 *  | secret_not_decoded   | the secret taken as text                                        |
 *  | ended_secret         | these, made with a secret that signs no more                    |
 *  | wrong_secret         | none of that, though the body that was sent is known            |
 *  | no_match             | none of that: whether body or secret is wrong isn't known       |
 */
export type SignatureVerdict =
  | 'matches'
  | 'signature_form'
  | 'body_space'
  | 'body_reprinted'
  | 'body_changed'
  | 'content_incomplete'
  | 'secret_not_decoded'
  | 'ended_secret'
  | 'wrong_secret'
  | 'no_match'
  | 'bad_timestamp'

export interface SignatureParts {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

export interface CandidateSecret {
  readonly text: string
  readonly isLive: boolean
}

interface Judged<S> {
  readonly verdict: SignatureVerdict
  /** Those that made it, one for each signature of the header that fits. */
  readonly secrets: readonly S[]
}

export interface SignatureCase<S extends CandidateSecret> {
  readonly parts: SignatureParts
  readonly secrets: readonly S[]
  /** What was sent under that id; null: not known any more, or never was. */
  readonly sent: Buffer | string | null
}

export function judgeSignature<S extends CandidateSecret>(asked: SignatureCase<S>): Judged<S> {
  const { secrets, sent, parts } = asked
  if (!/^[1-9]\d{0,11}$/.test(parts.timestamp)) return { verdict: 'bad_timestamp', secrets: [] }
  const live = secrets.filter(({ isLive }) => isLive)
  for (const { verdict, isBy } of mistakes(parts, sent)) {
    const by = live.filter(({ text }) => isBy(text))
    if (by.length > 0) return { verdict, secrets: by }
  }
  const ended = secrets.filter(({ isLive, text }) => !isLive && isSigned(parts, text))
  if (ended.length > 0) return { verdict: 'ended_secret', secrets: ended }
  return { verdict: sent === null ? 'no_match' : 'wrong_secret', secrets: [] }
}

interface Mistake {
  readonly verdict: SignatureVerdict
  readonly isBy: (secret: string) => boolean
}

/** From the most to the least likely, so that each is tried only when those before it don't fit. */
function* mistakes(parts: SignatureParts, sent: Buffer | string | null): Generator<Mistake> {
  const { id, timestamp, body } = parts
  const signature = inForm(parts.signature)
  const withBody = (other: Buffer | string) => (secret: string) =>
    isSigned({ ...parts, signature, body: other }, secret)
  yield { verdict: 'matches', isBy: (secret) => isSigned(parts, secret) }
  yield { verdict: 'signature_form', isBy: withBody(body) }
  for (const other of bodiesThatDifferInSpace(body))
    yield { verdict: 'body_space', isBy: withBody(other) }
  for (const other of bodiesThatPrintTheSame(body, sent))
    yield { verdict: 'body_reprinted', isBy: withBody(other) }
  if (sent !== null) yield { verdict: 'body_changed', isBy: withBody(sent) }
  for (const content of [body, `${timestamp}.${body}`, `${id}.${body}`])
    yield {
      verdict: 'content_incomplete',
      isBy: (secret) => isHmac(signature, bytesOf(secret), content),
    }
  const content = `${id}.${timestamp}.${body}`
  yield {
    verdict: 'secret_not_decoded',
    isBy: (secret) =>
      [secret, secret.replace(PREFIX, '')].some((text) =>
        isHmac(signature, Buffer.from(text), content),
      ),
  }
}

const PREFIX = /^whsec_/

function bytesOf(secret: string): Buffer {
  return Buffer.from(secret.replace(PREFIX, ''), 'base64')
}

function isSigned(
  parts: Omit<SignatureParts, 'body'> & { readonly body: Buffer | string },
  secret: string,
): boolean {
  const nowSeconds = Number(parts.timestamp)
  return verifyWebhook({ ...parts, keys: [parseSecret(secret)], nowSeconds }).valid
}

function isHmac(signature: string, key: Buffer, content: string): boolean {
  const expected = createHmac('sha256', key).update(content).digest()
  return signature.split(' ').some((one) => {
    const given = Buffer.from(one.slice('v1,'.length), 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

const HEX = /^[0-9a-f]{64}$/i

/** As a header has it, whatever stands before each signature and however it is encoded. */
function inForm(signature: string): string {
  return signature
    .split(/[\s;]+/)
    .map((one) => {
      const [, version = 'v1', value = ''] = /^(?:(v1a?|sha256)[,=:])?(.*)$/i.exec(one) ?? []
      const base64 = HEX.test(value)
        ? Buffer.from(value, 'hex').toString('base64')
        : value.replaceAll('-', '+').replaceAll('_', '/')
      return `${version.toLowerCase() === 'v1a' ? 'v1a' : 'v1'},${base64}`
    })
    .join(' ')
}
