import { ApiError, createTransport, type Transport } from '@posthorn/client'
import type {
  StaffMembershipOut,
  StaffProfileOut,
  StaffRole,
  StaffSignedInOut,
} from '@posthorn/contracts'
import { fetchByServerClock } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useMemo } from 'react'

const OWN_HOST = { baseUrl: '', fetch: fetchByServerClock }

/** For what is about no organisation: sign-in, one's own profile. */
export const ownTransport = createTransport({ ...OWN_HOST, organisation: () => null })

export const ME = ['me'] as const

/** Who is signed in; an error for which `isSignedOut` holds while nobody is, so that what was known stays. */
export function useMe() {
  return useQuery({
    queryKey: ME,
    queryFn: askWhoIsSignedIn,
    // Whoever comes back to a half-filled sign-in form finds it so.
    refetchOnWindowFocus: ({ state }) => state.data !== undefined,
  })
}

async function askWhoIsSignedIn({ signal }: { signal: AbortSignal }): Promise<StaffProfileOut> {
  const { user } = await ownTransport.json<StaffSignedInOut>({ path: '/staff/session', signal })
  if (user === null) throw new NobodySignedInError()
  return user
}

class NobodySignedInError extends Error {
  override name = 'NobodySignedInError'
}

export function isSignedOut(error: Error | null): boolean {
  return error instanceof NobodySignedInError || (error instanceof ApiError && error.status === 401)
}

export function isForbidden(error: Error): boolean {
  return error instanceof ApiError && error.status === 403
}

export interface Session {
  readonly me: StaffProfileOut
  readonly orgId: string
  readonly role: StaffRole
  /** The only ones that they may see in it; null: all. */
  readonly applications: StaffMembershipOut['applications']
  /** The public API, in the organisation that is open. */
  readonly transport: Transport
}

const SessionContext = createContext<Session | null>(null)

export interface SessionProps {
  readonly me: StaffProfileOut
  /** In the organisation that is open. */
  readonly membership: StaffMembershipOut
  readonly children: ReactNode
}

export function SessionProvider({ me, membership, children }: SessionProps) {
  const { orgId, role, applications } = membership
  const transport = useMemo(
    () => createTransport({ ...OWN_HOST, organisation: () => orgId }),
    [orgId],
  )
  const session = useMemo(
    () => ({ me, orgId, role, applications, transport }),
    [me, orgId, role, applications, transport],
  )
  return <SessionContext value={session}>{children}</SessionContext>
}

export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new Error('There is no SessionProvider above.')
  return session
}

export function useTransport(): Transport {
  return useSession().transport
}

const ROLES: readonly StaffRole[] = ['viewer', 'support', 'admin', 'owner']

export function isAtLeast(role: StaffRole, least: StaffRole): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least)
}

/** What a role may not do isn't offered; the server refuses it all the same. */
export function useMayAs(least: StaffRole): boolean {
  return isAtLeast(useSession().role, least)
}
