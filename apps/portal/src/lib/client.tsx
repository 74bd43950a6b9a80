import { type Client, createClient, createTransport, type Transport } from '@posthorn/client'
import type { AppPortalCapability } from '@posthorn/contracts'
import { fetchByServerClock } from '@posthorn/ui'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { currentSession } from './session-store.ts'
import type { Session } from './session.ts'

interface Connection {
  readonly client: Client
  readonly transport: Transport
  readonly session: Session
}

const OPTIONS = {
  baseUrl: '',
  fetch: fetchByServerClock,
  token: () => currentSession()?.token ?? '',
}
const transport = createTransport(OPTIONS)

const ConnectionContext = createContext<Connection | null>(null)

export interface ConnectionProps {
  readonly session: Session
  readonly children: ReactNode
}

export function ConnectionProvider({ session, children }: ConnectionProps) {
  const { appId } = session
  const client = useMemo(() => createClient({ ...OPTIONS, appId }), [appId])
  const connection = useMemo(() => ({ client, transport, session }), [client, session])
  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

function useConnection(): Connection {
  const connection = use(ConnectionContext)
  if (connection === null) throw new Error('There is no ConnectionProvider above.')
  return connection
}

export function useAppId(): string {
  return useConnection().session.appId
}

export function useClient(): Client {
  return useConnection().client
}

/** For what is asked of the public API beside the application's own operations. */
export function useTransport(): Transport {
  return useConnection().transport
}

/** What isn't granted isn't offered; the server refuses it all the same. */
export function useMay(capability: AppPortalCapability): boolean {
  return useConnection().session.capabilities.has(capability)
}
