import { type Client, createClient } from '@posthorn/client'
import { createContext, type ReactNode, use, useMemo } from 'react'

const ClientContext = createContext<Client | null>(null)

export interface PosthornProviderProps {
  /** Of the api, as `https://hooks.example.com`. */
  readonly baseUrl: string
  readonly appId: string
  /** A portal token. A function is asked before each request, so that a renewed one is taken at once. */
  readonly token: string | (() => string)
  readonly children: ReactNode
}

/** Gives the hooks below it one application to work on. */
export function PosthornProvider({ baseUrl, appId, token, children }: PosthornProviderProps) {
  const client = useMemo(
    () =>
      createClient({
        baseUrl: baseUrl.replace(/\/+$/, ''),
        appId,
        token: typeof token === 'string' ? () => token : token,
      }),
    [baseUrl, appId, token],
  )
  return <ClientContext value={client}>{children}</ClientContext>
}

/** The typed client itself, for what has no hook. */
export function usePosthorn(): Client {
  const client = use(ClientContext)
  if (client === null) throw new Error('There is no <PosthornProvider> above.')
  return client
}
