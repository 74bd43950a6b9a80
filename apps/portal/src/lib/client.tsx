import { type Client, createClient } from '@posthorn/client'
import type { AppPortalCapability } from '@posthorn/contracts'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { currentSession } from './session-store.ts'
import type { Session } from './session.ts'

interface Connection {
  readonly client: Client
  readonly session: Session
}

const ConnectionContext = createContext<Connection | null>(null)

export interface ConnectionProps {
  readonly session: Session
  readonly children: ReactNode
}

export function ConnectionProvider({ session, children }: ConnectionProps) {
  const { appId } = session
  const client = useMemo(
    () => createClient({ baseUrl: '', appId, token: () => currentSession()?.token ?? '' }),
    [appId],
  )
  const connection = useMemo(() => ({ client, session }), [client, session])
  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

function useConnection(): Connection {
  const connection = use(ConnectionContext)
  if (connection === null) throw new Error('There is no ConnectionProvider above.')
  return connection
}

export function useClient(): Client {
  return useConnection().client
}

/** What isn't granted isn't offered; the server refuses it all the same. */
export function useMay(capability: AppPortalCapability): boolean {
  return useConnection().session.capabilities.has(capability)
}
