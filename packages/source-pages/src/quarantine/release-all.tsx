import type { QuarantinedRequestOut } from '@posthorn/contracts/ingest'
import { Button, Dialog } from '@posthorn/ui'
import { useState } from 'react'
import { type ReleaseProgress, useReleaseAll } from '../api/source-actions.ts'
import { Failure } from '../parts/failure.tsx'
import { reasonText } from '../parts/outcome.tsx'
import { t } from '../text.ts'

export interface ReleaseAllProps {
  readonly sourceId: string
  /** Those of them that were loaded. */
  readonly waiting: readonly QuarantinedRequestOut[]
}

/** One button a reason: what was refused for one thing is mended by one thing. */
export function ReleaseAll({ sourceId, waiting }: ReleaseAllProps) {
  const [reason, setReason] = useState<string | null>(null)
  const reasons = [...new Set(waiting.map((request) => request.reason))]
  return (
    <div className="row">
      {reasons.map((one) => (
        <Button key={one} onClick={() => setReason(one)}>
          {t('releaseAll', { reason: reasonText(one) })}
        </Button>
      ))}
      {reason !== null && (
        <ReleaseDialog sourceId={sourceId} reason={reason} onClose={() => setReason(null)} />
      )}
    </div>
  )
}

interface DialogProps {
  readonly sourceId: string
  readonly reason: string
  readonly onClose: () => void
}

function ReleaseDialog({ sourceId, reason, onClose }: DialogProps) {
  const [so, setSo] = useState<ReleaseProgress | null>(null)
  const release = useReleaseAll(sourceId, setSo)
  return (
    <Dialog title={t('releaseAll', { reason: reasonText(reason) })} onClose={onClose}>
      <p>{t('releaseAll.text')}</p>
      <div role="status">
        {so !== null && (
          <p>
            {t('releaseAll.progress', { released: so.released, refused: so.stillRefused })}
            {release.isSuccess && ` ${t('releaseAll.done')}`}
          </p>
        )}
      </div>
      <Failure error={release.error} />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t(release.isSuccess ? 'close' : 'cancel')}</Button>
        {!release.isSuccess && (
          <Button
            kind="primary"
            disabled={release.isPending}
            onClick={() => release.mutate(reason)}
          >
            {t('release')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
