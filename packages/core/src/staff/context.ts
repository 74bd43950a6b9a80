import type { CoreContext } from '../context.ts'
import type { Passwords } from './passwords.ts'

export interface StaffContext extends CoreContext {
  readonly passwords: Passwords
}

/** Where a request comes from, as sessions show it and as failures are counted. */
export interface Visitor {
  readonly address: string
  /** The address, or the network that one sender has to itself. */
  readonly network: string
  readonly userAgent: string
  /** Of a browser that someone signed in from before. */
  readonly deviceToken: string | null
}
