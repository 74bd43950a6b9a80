import { ApiError, type Client } from '@posthorn/client'
import type { EndpointProbeOut, MessageAttemptOut } from '@posthorn/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { Button } from './button.tsx'
import { Cause } from './cause.tsx'
import { Notice } from './notice.tsx'
import { useAction } from './use-action.ts'
import { useNow } from './use-now.ts'
import { t } from './words.ts'

const LOOK_MS = 1_000
const DELIVERED = 0

export interface Probe {
  readonly ask: () => void
  readonly isAsking: boolean
  readonly error: Error | null
  readonly askedAtMs: number
  readonly made: EndpointProbeOut | undefined
  /** What came of it; null: not known yet. */
  readonly attempt: MessageAttemptOut | null
}

/** Kept beside what offers it, which may go away with what comes of it. */
export function useProbe(
  client: Pick<Client, 'attempts' | 'endpoints'>,
  endpointId: string,
): Probe {
  const queries = useQueryClient()
  const ask = useAction({ mutationFn: () => client.endpoints.probe(endpointId) })
  const made = ask.data
  const { data: attempt = null } = useQuery({
    queryKey: ['probe', endpointId, made],
    queryFn: ({ signal }) => findOutcome(client, { endpointId, made, signal }),
    enabled: made !== undefined,
    refetchInterval: ({ state }) => (state.data == null ? LOOK_MS : false),
  })
  const isKnown = attempt !== null
  // It may have ended the endpoint's trouble.
  useEffect(() => {
    if (isKnown) void queries.invalidateQueries({ queryKey: ['endpoint'] })
  }, [isKnown, queries])
  return {
    ask: () => ask.mutate(),
    isAsking: ask.isPending || (made !== undefined && !isKnown),
    error: ask.error,
    askedAtMs: ask.submittedAt,
    made,
    attempt,
  }
}

interface Asked {
  readonly endpointId: string
  readonly made: EndpointProbeOut | undefined
  readonly signal: AbortSignal
}

/** The first attempt of that message there that was not known when the probe was asked for. */
async function findOutcome(
  client: Pick<Client, 'attempts'>,
  { endpointId, made, signal }: Asked,
): Promise<MessageAttemptOut | null> {
  if (made === undefined) return null
  const query = { endpoint_id: endpointId, limit: 1, with_content: false }
  const { data } = await client.attempts.listByMessage(made.messageId, query, { signal })
  const [newest = null] = data
  return newest?.id === made.lastAttemptId ? null : newest
}

export interface ProbeNowProps {
  readonly probe: Probe
  /** Not once nothing is held any more: then only what came of it is told. */
  readonly isOffered: boolean
  /** Leads to the page of that message. */
  readonly see: (messageId: string, text: string) => ReactNode
}

/** The part of an app that has an endpoint probed, in that app's words for what is refused. */
export function createProbeNow(texts: { readonly describeError: (err: unknown) => string }) {
  function ProbeNow({ probe, isOffered, see }: ProbeNowProps) {
    const restSeconds = useRest(probe)
    const isRefused = probe.error !== null && !isLimit(probe.error)
    return (
      <div className="stack stack-small">
        {isOffered && (
          <div>
            <Button disabled={probe.isAsking || restSeconds > 0} onClick={probe.ask}>
              {t('probe')}
            </Button>
          </div>
        )}
        <div role="status" className="stack stack-small">
          {restSeconds > 0 && <p className="small">{t('probe.limited', { n: restSeconds })}</p>}
          {probe.made !== undefined && <Outcome probe={probe} made={probe.made} see={see} />}
        </div>
        {isRefused && (
          <Notice tone="bad" isAlert>
            <p>{texts.describeError(probe.error)}</p>
          </Notice>
        )}
      </div>
    )
  }

  return { ProbeNow }
}

interface OutcomeProps extends Pick<ProbeNowProps, 'probe' | 'see'> {
  readonly made: EndpointProbeOut
}

function Outcome({ probe: { attempt }, made, see }: OutcomeProps) {
  if (attempt === null) return <p className="small">{t('probe.waiting')}</p>
  if (attempt.status === DELIVERED) return <p>{t('probe.arrived')}</p>
  return (
    <>
      <p>
        <strong>{t('probe.failed')}</strong> {see(made.messageId, t('probe.see'))}
      </p>
      <Cause attempt={attempt} />
    </>
  )
}

/** Seconds until it may be asked for again; 0: now. */
function useRest({ error, askedAtMs }: Probe): number {
  const nowMs = useNow(1_000)
  if (error === null || !isLimit(error)) return 0
  const endsAtMs = askedAtMs + (error.retryAfterSeconds ?? 1) * 1_000
  return Math.max(0, Math.ceil((endsAtMs - nowMs) / 1_000))
}

function isLimit(error: Error): error is ApiError {
  return error instanceof ApiError && error.status === 429
}
