import type { LedgerPage } from './ledger.ts'

/** What an endpoint of the receiver does with a request. A failing or hanging one keeps no ledger. */
export type Behaviour = 'accept' | 'fail' | 'hang'

export type ReceiverCalls = {
  /** At so many loopback addresses, at one port: which. */
  listen(input: { hosts: number }): Promise<number>
  behave(input: { endpoint: number; behaviour: Behaviour }): Promise<void>
  /** Entries in the ledger since the last taking. */
  count(): Promise<number>
  take(): Promise<LedgerPage>
  /** Requests that failing and hanging endpoints got since the start. */
  unanswered(): Promise<number>
}
