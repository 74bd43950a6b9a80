import type { Evidence } from '../evidence.ts'
import type { Proof } from '../verification.ts'
import { proveAlexa } from './alexa.ts'
import { proveAwsSns } from './aws-sns.ts'
import type { CertificateScheme } from './certificate-scheme.ts'
import { provePaypal } from './paypal.ts'

const provers = { 'aws-sns': proveAwsSns, alexa: proveAlexa, paypal: provePaypal }

export function proveCertificate(scheme: CertificateScheme, evidence: Evidence): Promise<Proof> {
  return provers[scheme.provider](scheme, evidence)
}
