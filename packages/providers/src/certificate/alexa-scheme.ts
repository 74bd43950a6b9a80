import type { CertificateScheme } from './certificate-scheme.ts'

export const alexaScheme: CertificateScheme = {
  kind: 'certificate',
  provider: 'alexa',
  describe: 'Signature-256, RSA-SHA256 over {body} by the certificate at SignatureCertChainUrl',
  hosts: [/^s3\.amazonaws\.com$/],
  path: /^\/echo\.api\//,
  signs: ['json request.requestId', 'json request.type', 'hash body'],
}
