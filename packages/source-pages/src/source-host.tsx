import type { Transport } from '@posthorn/client'
import type { QueryViewProps } from '@posthorn/ui'
import { type ComponentType, createContext, type ReactNode, use } from 'react'

export interface SourceLinkProps {
  readonly to: string
  readonly className?: string
  readonly 'aria-current'?: 'page' | undefined
  readonly children: ReactNode
}

/** What the app that shows these pages lends them. */
export interface SourceHost {
  /** Of the public API, as the one who looks. */
  readonly transport: Transport
  /** What isn't granted isn't offered; the server refuses it all the same. */
  readonly may: {
    readonly manage: boolean
    readonly release: boolean
    readonly try: boolean
    /** The endpoints that a source triggers go along with it. */
    readonly deleteTriggered: boolean
    /** Headers and bodies of single requests. */
    readonly readContent: boolean
  }
  /** False: sources are made in the one application that there is. */
  readonly choosesApplication: boolean
  /** The page of a message. */
  readonly messagePath: (messageId: string, appId: string) => string
  readonly navigate: (path: string, options?: { readonly replace?: boolean }) => void
  /** What the URL holds under a name, and how to change it. */
  readonly useSearchValue: (name: string) => [string, (value: string) => void]
  readonly describeError: (err: unknown) => string
  readonly Link: ComponentType<SourceLinkProps>
  readonly QueryView: <T>(props: QueryViewProps<T>) => ReactNode
  /** In place of a page whose deeds `may` doesn't have. */
  readonly Forbidden: ComponentType
  readonly CopyButton: ComponentType<{ readonly what: string; readonly text: () => string }>
}

export const SourceHostContext = createContext<SourceHost | null>(null)

export function useHost(): SourceHost {
  const host = use(SourceHostContext)
  if (host === null) throw new Error('There is no SourcePages above.')
  return host
}
