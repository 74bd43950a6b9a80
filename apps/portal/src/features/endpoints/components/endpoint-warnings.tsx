import type { EndpointWarningsOut } from '@posthorn/contracts'
import { Button, Notice } from '@posthorn/ui'
import { useState } from 'react'
import { t } from '../../../lib/text.ts'
import { WarnedEndpoints } from './warned-endpoints.tsx'

/**
 * Above the list, if it was known before the list was shown. What comes later would push the list down under its
 * reader: it lies over the page until it is asked for.
 */
export function EndpointWarnings({ known }: { readonly known: EndpointWarningsOut | undefined }) {
  const isAny = known !== undefined && known.data.length > 0
  const [isLate, setIsLate] = useState(!isAny)
  if (!isAny && !isLate) setIsLate(true)
  if (!isLate) return known !== undefined && <WarnedEndpoints {...known} />
  const show = () => {
    setIsLate(false)
    scrollTo(0, 0)
    // The button is gone: who goes on by Tab comes to the warning.
    document.getElementById('content')?.focus({ preventScroll: true })
  }
  return (
    <div className="late-warning" role="status">
      {isAny && (
        <Notice tone="warn" title={t('warned.title')}>
          <div>
            <Button size="small" onClick={show}>
              {t('warned.show')}
            </Button>
          </div>
        </Notice>
      )}
    </div>
  )
}
