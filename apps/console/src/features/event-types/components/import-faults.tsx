import { ApiError } from '@posthorn/client'
import { Notice, VisibleText } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'

const SHOWN = 20

/** Where a document is wrong, from its own root on. */
export function ImportFaults({ error }: { readonly error: Error | null }) {
  if (error === null) return null
  const faults = error instanceof ApiError ? error.faults : []
  if (faults.length === 0) return <Notice tone="bad" isAlert title={describeError(error)} />
  return (
    <Notice tone="bad" isAlert title={t('import.faults')}>
      <ul className="changes small">
        {faults.slice(0, SHOWN).map(({ loc, msg }, index) => (
          <li key={index}>
            {loc.length > 2 && (
              <code className="mono">
                <VisibleText text={loc.slice(2).join(' › ')} />
              </code>
            )}{' '}
            <VisibleText text={msg} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}
