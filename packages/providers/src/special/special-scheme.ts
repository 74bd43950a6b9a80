import type { Place } from '../place.ts'

/** A scheme of one provider that no table describes. */
export interface SpecialScheme {
  kind: 'special'
  provider: SpecialProvider
  /** For people: the header, and what is signed. */
  describe: string
  /** Whether the whole body is covered, alone or with the URL, or which places only. */
  signs: 'body' | 'url and body' | readonly Place[]
}

export type SpecialProvider =
  | 'adyen-payments'
  | 'braintree'
  | 'contentful'
  | 'dropbox-sign'
  | 'mailgun'
  | 'mandrill'
  | 'plivo'
  | 'twilio'
