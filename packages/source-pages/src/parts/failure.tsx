import { ApiError } from '@posthorn/client'
import { Notice } from '@posthorn/ui'
import { useHost } from '../source-host.tsx'

/** Why something was not done; nothing while it wasn't tried. */
export function Failure({ error }: { readonly error: Error | null }) {
  const { describeError } = useHost()
  if (error === null) return null
  return (
    <Notice tone="bad" isAlert>
      <p>{describeError(error)}</p>
    </Notice>
  )
}

/** What the api says of one field, by its name in the request. */
export function faultAt(error: Error | null, ...path: readonly string[]): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const wanted = ['body', ...path].join('.')
  return error.faults.find(({ loc }) => loc.join('.') === wanted)?.msg
}
