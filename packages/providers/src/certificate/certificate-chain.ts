import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { type Refusal, refuse } from '../verification.ts'

const maxChain = 6
const pemBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/** The certificates of a PEM text, leaf first; empty when it has none or they can't be read. */
export function readCertificates(pem: string): X509Certificate[] {
  const blocks = pem.match(pemBlock) ?? []
  if (blocks.length > maxChain) return []
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch {
    return []
  }
}

interface ChainRules {
  now: Date
  /** A DNS name that the leaf must be for. */
  host?: string
  trustedRoots?: readonly string[] | undefined
}

/**
 * The leaf if the chain is valid now and reaches a trusted root. What comes after that is passed over:
 * vendors append cross-signed certificates for older clients, which may have expired.
 */
export function trustedLeaf(
  chain: readonly X509Certificate[],
  { now, host, trustedRoots }: ChainRules,
): X509Certificate | Refusal {
  const [leaf] = chain
  if (leaf === undefined) return refuse('untrusted_key', 'No certificate could be read.')
  if (host !== undefined && leaf.checkHost(host, { subject: 'never' }) === undefined) {
    return refuse('untrusted_key', `The certificate is not for ${host}.`)
  }
  const roots = readRoots(trustedRoots ?? rootCertificates).filter((root) => isValidAt(root, now))
  for (const [index, certificate] of chain.entries()) {
    if (!isValidAt(certificate, now)) {
      return refuse('untrusted_key', 'A certificate of the chain is not valid at this time.')
    }
    if (roots.some((root) => isIssuedBy(certificate, root))) return leaf
    const issuer = chain[index + 1]
    if (issuer === undefined || !isIssuedBy(certificate, issuer)) break
  }
  return refuse('untrusted_key', 'The chain does not reach a trusted root.')
}

export function isValidAt(certificate: X509Certificate, now: Date): boolean {
  return certificate.validFromDate <= now && now <= certificate.validToDate
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

const readRootsOnce = new WeakMap<readonly string[], X509Certificate[]>()

function readRoots(pems: readonly string[]): X509Certificate[] {
  const kept = readRootsOnce.get(pems)
  if (kept) return kept
  const roots = pems.flatMap((pem) => readCertificates(pem))
  readRootsOnce.set(pems, roots)
  return roots
}
