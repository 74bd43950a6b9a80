import { setting, secondsSetting } from '../config.ts'
import type { Evidence } from '../evidence.ts'
import { fetchKey } from '../fetch-key.ts'
import { readValues } from '../place.ts'
import { checkAge, parseTimestamp } from '../signed/timestamp.ts'
import { type Proof, refuse, type Refusal } from '../verification.ts'
import { readCertificates, trustedLeaf } from './certificate-chain.ts'
import type { CertificateScheme } from './certificate-scheme.ts'
import { signedBy } from './signed-by.ts'

const toleranceSeconds = 150

/** Alexa signs the whole body; its time and the skill it is for are in there. */
export async function proveAlexa(scheme: CertificateScheme, evidence: Evidence): Promise<Proof> {
  const { webhook } = evidence
  const [signature, chainUrl] = [readSignature(evidence), webhook.header('SignatureCertChainUrl')]
  if (signature === undefined || chainUrl === undefined) {
    return refuse(
      'missing_signature',
      'Signature-256 or SignatureCertChainUrl is missing or repeated.',
    )
  }
  const wrong = checkTime(evidence) ?? checkSkill(evidence)
  if (wrong) return wrong
  const pem = await fetchKey({ ...scheme, url: chainUrl }, evidence)
  if (typeof pem !== 'string') return pem
  const { now, trustedRoots } = evidence
  const leaf = trustedLeaf(readCertificates(pem), {
    now,
    host: 'echo-api.amazon.com',
    trustedRoots,
  })
  return 'outcome' in leaf ? leaf : signedBy(leaf, { ...signature, content: webhook.body })
}

function readSignature({ webhook }: Evidence) {
  const strong = webhook.lines('Signature-256')
  if (strong.length > 0) {
    return strong.length === 1
      ? { digest: 'sha256' as const, signature: strong[0] ?? '' }
      : undefined
  }
  const signature = webhook.header('Signature')
  return signature === undefined ? undefined : { digest: 'sha1' as const, signature }
}

function checkTime(evidence: Evidence): Refusal | undefined {
  const [text] = readValues('json request.timestamp', evidence)
  if (text === undefined) return refuse('malformed_body', 'request.timestamp is missing.')
  const atMs = parseTimestamp(text, 'iso')
  if (atMs === undefined) return refuse('malformed_timestamp', 'request.timestamp is not ISO 8601.')
  const tolerance = secondsSetting(evidence.config, 'toleranceSeconds') ?? toleranceSeconds
  return checkAge(atMs, evidence.now, tolerance)
}

function checkSkill(evidence: Evidence): Refusal | undefined {
  const skill = setting(evidence.config, 'applicationId')
  if (skill === undefined) return undefined
  const ids = [
    ...readValues('json context.System.application.applicationId', evidence),
    ...readValues('json session.application.applicationId', evidence),
  ]
  if (ids.length > 0 && ids.every((id) => id === skill)) return undefined
  return refuse('wrong_recipient', 'The request is for another skill.')
}
