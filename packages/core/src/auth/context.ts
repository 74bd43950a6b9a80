import type { CoreContext } from '../context.ts'
import type { Tokens } from './tokens.ts'

export interface AuthContext extends CoreContext {
  readonly tokens: Tokens
}
