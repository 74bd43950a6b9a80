import { BoundedCache } from '@posthorn/runtime'
import { UnauthenticatedError } from '../errors.ts'
import type { AuthContext } from './context.ts'
import type { Principal } from './principal.ts'
import { verifyBearer } from './verify-bearer.ts'

/**
 * Who a request's `Authorization` header says it is. Proved principals are remembered for a few seconds and
 * then found without waiting; whatever ends one is announced (`forget`), and if the announcement is lost the
 * short life bounds how long it is believed.
 */
export interface Authenticator {
  /** A principal at once when it is remembered. @throws {UnauthenticatedError} */
  authenticate(header: string | undefined): Principal | Promise<Principal>
  forget(): void
}

const TTL_MS = 4_000
const MAX_PRINCIPALS = 10_000
const BEARER = /^bearer +([\x21-\x7e]+) *$/i

interface Remembered {
  readonly principal: Principal
  readonly until: number
}

export function createAuthenticator(ctx: AuthContext): Authenticator {
  const remembered = new BoundedCache<string, Remembered>(MAX_PRINCIPALS)
  const underWay = new Map<string, Promise<Principal>>()
  let generation = 0

  function verifyOnce(header: string): Promise<Principal> {
    const known = underWay.get(header)
    if (known !== undefined) return known
    const promise = verify(header).finally(() => {
      if (underWay.get(header) === promise) underWay.delete(header)
    })
    underWay.set(header, promise)
    return promise
  }

  async function verify(header: string): Promise<Principal> {
    const started = generation
    const principal = refuseExpired(await verifyBearer(ctx, bearerText(header)), ctx.clock.nowMs())
    // What was read before an announcement may be what the announcement was about.
    if (started === generation)
      remembered.set(header, { principal, until: performance.now() + TTL_MS })
    return principal
  }

  return {
    authenticate: (header) => {
      if (header === undefined) throw new UnauthenticatedError()
      const known = remembered.get(header)
      if (known === undefined || known.until < performance.now()) return verifyOnce(header)
      return refuseExpired(known.principal, ctx.clock.nowMs())
    },
    forget: () => {
      generation++
      remembered.clear()
      underWay.clear()
    },
  }
}

function bearerText(header: string): string {
  const text = BEARER.exec(header)?.[1]
  if (text === undefined) throw new UnauthenticatedError()
  return text
}

function refuseExpired(principal: Principal, nowMs: number): Principal {
  if (principal.expiresAtMs !== null && principal.expiresAtMs <= nowMs)
    throw new UnauthenticatedError()
  return principal
}
