import { hash } from 'node:crypto'

/** For the record, which outlasts the address: `a…@example.com`. */
export function maskedEmail(email: string): string {
  return email.replace(/^(.).*@/u, '$1…@')
}

/** Whose mailbox it is, as far as that can be told: what stands behind a `+` sorts the mail of one. */
export function mailboxKey(email: string): string {
  return hash('sha256', email.replace(/\+[^@]*@/, '@'))
}
