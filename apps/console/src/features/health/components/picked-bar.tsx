import type { BoardEndpointOut } from '@posthorn/contracts'
import { Button } from '@posthorn/ui'
import { useState } from 'react'
import { formatCount } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { recoverLink } from '../recover-link.ts'
import { EnableDialog, type Enabling } from './enable-dialog.tsx'
import { ProbeDialog } from './probe-dialog.tsx'
import type { Picking } from './use-picking.ts'

/** What can be done with the endpoints that are picked; nothing while none is. */
export function PickedBar({ picking }: { readonly picking: Picking }) {
  const [enabling, setEnabling] = useState<Enabling | null>(null)
  const [probing, setProbing] = useState<readonly BoardEndpointOut[] | null>(null)
  const { picked } = picking
  if (picked.length === 0) return null
  const disabled = picked.filter(({ disabledAt }) => disabledAt !== null)
  const held = picked.filter(isHeld)
  const endpointIds = disabled.map(({ endpointId }) => endpointId)
  const ids = picked.map(({ endpointId }) => endpointId)
  const recover = recoverLink({ endpoints: ids.join(',') }, sinceOf(picking))
  return (
    <div className="card row row-between picked" role="region" aria-label={t('health.picked')}>
      <span role="status">{t('health.picked.count', { n: formatCount(picked.length) })}</span>
      <div className="row">
        {held.length > 0 && (
          <Button onClick={() => setProbing(held)}>
            {t('probeMany.action', { n: formatCount(held.length) })}
          </Button>
        )}
        {disabled.length > 0 && (
          <Button onClick={() => setEnabling({ endpointIds, recover })}>
            {t('enable.action', { n: formatCount(disabled.length) })}
          </Button>
        )}
        <Link className="button" to={recover}>
          {t('recover.open')}
        </Link>
        <Button onClick={() => picking.pick(picked, false)}>{t('health.pickNone')}</Button>
      </div>
      {probing !== null && <ProbeDialog endpoints={probing} onClose={() => setProbing(null)} />}
      {enabling !== null && <EnableDialog {...enabling} onClose={() => setEnabling(null)} />}
    </div>
  )
}

/** What waits for it does so for a probe. */
function isHeld({ breakerOpenedAt, disabledAt }: BoardEndpointOut): boolean {
  return breakerOpenedAt !== null && disabledAt === null
}

function sinceOf({ picked }: Picking): string | null {
  return picked.flatMap(({ failingSince }) => failingSince ?? []).toSorted()[0] ?? null
}
