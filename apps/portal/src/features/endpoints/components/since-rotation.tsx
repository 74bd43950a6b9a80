import { openEnd } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'
import { formatShare } from '../../../lib/format.ts'
import { t } from '../../../lib/text.ts'

export interface SinceRotationProps {
  readonly endpointId: string
  readonly rotatedAt: string
}

const LOOKED_AT = 100
const AGAIN_MS = 10_000

/** Whether the receiver takes what the new secret signs, too: proof before the former one ends. */
export function SinceRotation({ endpointId, rotatedAt }: SinceRotationProps) {
  const client = useClient()
  const query = useQuery({
    queryKey: ['endpoint', endpointId, 'since-rotation', rotatedAt],
    queryFn: ({ signal }) => {
      const asked = { after: rotatedAt, limit: LOOKED_AT, with_content: false }
      const newest = { ...asked, ...openEnd(asked, undefined) }
      return client.attempts.listByEndpoint(endpointId, newest, { signal })
    },
    refetchInterval: AGAIN_MS,
  })
  if (query.data === undefined) return null
  const { data, done } = query.data
  if (data.length === 0) return <p className="small">{t('secret.sinceNone')}</p>
  const good = data.filter(({ responseStatusCode: code }) => code >= 200 && code < 300).length
  const values = { share: formatShare(good / data.length), n: data.length }
  return <p className="small">{t(done ? 'secret.since' : 'secret.sinceNewest', values)}</p>
}
