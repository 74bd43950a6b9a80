import { looseQuery } from '@posthorn/conversion'
import { type Acceptance, secretPlaces } from '@posthorn/providers'
import type { IncomingRequest } from './receive.ts'
import type { ReceivingSource } from './receiving-source.ts'

interface Asked {
  readonly source: Pick<ReceivingSource, 'provider' | 'config'>
  readonly request: Pick<IncomingRequest, 'path' | 'body'>
  readonly verdict: Pick<Acceptance, 'outcome' | 'bodySigned' | 'querySigned'>
}

/**
 * What a request without a body says in its query, as JSON, but for secrets. Null: nothing, or what a signature
 * over the empty body leaves to whoever replays it.
 */
export function queryPayload({ source, request, verdict }: Asked): string | null {
  const { outcome, bodySigned, querySigned } = verdict
  if (request.body.byteLength > 0) return null
  if (outcome === 'verified' && bodySigned && !querySigned) return null
  const start = request.path.indexOf('?')
  if (start < 0) return null
  const secret: ReadonlySet<string> = new Set(secretPlaces(source.provider, source.config))
  const said = Object.entries(looseQuery(request.path.slice(start + 1))).filter(
    ([name]) => !secret.has(`query ${name}`),
  )
  return said.length === 0 ? null : JSON.stringify(Object.fromEntries(said))
}
