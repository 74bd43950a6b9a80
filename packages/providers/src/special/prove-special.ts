import type { Evidence } from '../evidence.ts'
import { type Proof, refuse } from '../verification.ts'
import { proveAdyenPayments } from './adyen-payments.ts'
import { proveBraintree } from './braintree.ts'
import { proveContentful } from './contentful.ts'
import { proveDropboxSign } from './dropbox-sign.ts'
import { proveMailgun } from './mailgun.ts'
import { proveMandrill } from './mandrill.ts'
import { provePlivo } from './plivo.ts'
import type { SpecialProvider, SpecialScheme } from './special-scheme.ts'
import { proveTwilio } from './twilio.ts'

/** Secrets reach these already without blank ones, and at least one is left. */
const provers: Record<SpecialProvider, (evidence: Evidence) => Proof> = {
  'adyen-payments': proveAdyenPayments,
  braintree: proveBraintree,
  contentful: proveContentful,
  'dropbox-sign': proveDropboxSign,
  mailgun: proveMailgun,
  mandrill: proveMandrill,
  plivo: provePlivo,
  twilio: proveTwilio,
}

export function proveSpecial({ provider }: SpecialScheme, evidence: Evidence): Proof {
  const secrets = evidence.secrets.filter((secret) => secret !== '')
  if (secrets.length === 0) return refuse('no_secret', 'No secret is configured.')
  return provers[provider]({ ...evidence, secrets })
}
