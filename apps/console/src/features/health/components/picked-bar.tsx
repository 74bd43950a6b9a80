import { Button } from '@posthorn/ui'
import { useState } from 'react'
import { formatCount } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { recoverLink } from '../recover-link.ts'
import { EnableDialog } from './enable-dialog.tsx'
import type { Picking } from './use-picking.ts'

/** What can be done with the endpoints that are picked; nothing while none is. */
export function PickedBar({ picking }: { readonly picking: Picking }) {
  const [isEnabling, setIsEnabling] = useState(false)
  const { picked } = picking
  if (picked.length === 0 && !isEnabling) return null
  const disabled = picked.filter(({ disabledAt }) => disabledAt !== null)
  const ids = picked.map(({ endpointId }) => endpointId)
  return (
    <div className="card row row-between picked" role="region" aria-label={t('health.picked')}>
      <span role="status">{t('health.picked.count', { n: formatCount(picked.length) })}</span>
      <div className="row">
        {disabled.length > 0 && (
          <Button onClick={() => setIsEnabling(true)}>
            {t('enable.action', { n: formatCount(disabled.length) })}
          </Button>
        )}
        <Link className="button" to={recoverLink({ endpoints: ids.join(',') }, sinceOf(picking))}>
          {t('recover.open')}
        </Link>
        <Button onClick={() => picking.pick(picked, false)}>{t('health.pickNone')}</Button>
      </div>
      {isEnabling && (
        <EnableDialog
          count={disabled.length}
          selection={{ endpointIds: disabled.map(({ endpointId }) => endpointId) }}
          recover={recoverLink({ endpoints: ids.join(',') }, sinceOf(picking))}
          onClose={() => setIsEnabling(false)}
        />
      )}
    </div>
  )
}

function sinceOf({ picked }: Picking): string | null {
  return picked.flatMap(({ failingSince }) => failingSince ?? []).toSorted()[0] ?? null
}
