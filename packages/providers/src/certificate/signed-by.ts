import { verify as verifyBytes, type X509Certificate } from 'node:crypto'
import { decodeBytes } from '../encoded-bytes.ts'
import { type Proof, proven, refuse } from '../verification.ts'

interface CertificateSignature {
  digest: 'sha1' | 'sha256'
  content: Uint8Array
  signature: string
}

/** Whether the certificate's RSA key made that base64 signature. */
export function signedBy(
  certificate: X509Certificate,
  { digest, content, signature }: CertificateSignature,
): Proof {
  const bytes = decodeBytes(signature, 'base64')
  if (bytes === undefined) return refuse('malformed_signature', "The signature isn't base64.")
  const { publicKey } = certificate
  if (publicKey.asymmetricKeyType !== 'rsa') return refuse('untrusted_key', 'The key is not RSA.')
  return verifyBytes(digest, content, publicKey, bytes)
    ? proven
    : refuse('wrong_signature', 'The certificate does not make this signature.')
}
