import { createContext, type ReactNode, use, useMemo, useState } from 'react'

interface MadeSecrets {
  /** What was given to a source in this tab: the API shows no secret again. */
  readonly of: (sourceId: string) => string | null
  readonly remember: (sourceId: string, secret: string) => void
}

const MadeSecretsContext = createContext<MadeSecrets | null>(null)

/** Held in memory only, so that a secret just made can still be entered at the provider. */
export function MadeSecretsProvider({ children }: { readonly children: ReactNode }) {
  const [secrets, setSecrets] = useState<ReadonlyMap<string, string>>(new Map())
  const made = useMemo(
    () => ({
      of: (sourceId: string) => secrets.get(sourceId) ?? null,
      remember: (sourceId: string, secret: string) =>
        setSecrets((old) => new Map(old).set(sourceId, secret)),
    }),
    [secrets],
  )
  return <MadeSecretsContext value={made}>{children}</MadeSecretsContext>
}

export function useMadeSecrets(): MadeSecrets {
  const made = use(MadeSecretsContext)
  if (made === null) throw new Error('There is no MadeSecretsProvider above.')
  return made
}

const SECRET_BYTES = 32

/** Unguessable, and of characters that every form takes. */
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
