import { isNotFound } from '@posthorn/client'
import type { QuarantinedRequestDetailOut } from '@posthorn/contracts/ingest'
import { Button, Notice, Time } from '@posthorn/ui'
import { useRelease } from '../api/source-actions.ts'
import { useQuarantinedRequest } from '../api/source-queries.ts'
import { Failure } from '../parts/failure.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

export interface QuarantinedRequestProps {
  readonly sourceId: string
  readonly id: string
}

/** The way out for a request that wasn't proven. */
export function QuarantinedRequest({ sourceId, id }: QuarantinedRequestProps) {
  const { QueryView, may } = useHost()
  const query = useQuarantinedRequest(sourceId, id)
  const isGone = isNotFound(query.error)
  if (isGone) return <Notice tone="idle" title={t('quarantine.gone')} />
  return (
    <QueryView query={query}>
      {(kept) => {
        if (kept.releasedAt !== null)
          return <Released sourceId={sourceId} kept={kept} releasedAt={kept.releasedAt} />
        return may.release ? <Release sourceId={sourceId} id={id} /> : null
      }}
    </QueryView>
  )
}

function Release({ sourceId, id }: QuarantinedRequestProps) {
  const { Link, may } = useHost()
  const release = useRelease(sourceId)
  return (
    <Notice tone="warn" title={t('quarantine.waits')}>
      <p>{t('quarantine.waits.text')}</p>
      <Failure error={release.error} />
      <div className="row">
        <Button kind="primary" disabled={release.isPending} onClick={() => release.mutate(id)}>
          {t('release')}
        </Button>
        {may.manage && <Link to={`/sources/${sourceId}?tab=settings`}>{t('quarantine.mend')}</Link>}
      </div>
    </Notice>
  )
}

interface ReleasedProps {
  readonly sourceId: string
  readonly kept: QuarantinedRequestDetailOut
  readonly releasedAt: string
}

function Released({ sourceId, kept, releasedAt }: ReleasedProps) {
  const { Link } = useHost()
  return (
    <Notice tone="good" title={t('quarantine.released')}>
      <div className="row">
        <Time at={releasedAt} />
        <span className="mono">{kept.messageId}</span>
        <Link to={`/sources/${sourceId}?tab=requests&outcome=accepted`}>
          {t('quarantine.released.open')}
        </Link>
      </div>
    </Notice>
  )
}
